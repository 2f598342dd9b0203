"""Decisions: the only way in for what the hub itself owns; one function each."""
