"""Frappe HR: its personnel and its appraisals, two connectors over one REST interface."""
