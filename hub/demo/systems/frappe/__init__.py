"""A pretend Frappe site, used twice: Frappe HR for personnel, and Frappe HR for appraisal."""
