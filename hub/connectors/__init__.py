"""Connectors: one module or package for each outside system, found by entry point."""
