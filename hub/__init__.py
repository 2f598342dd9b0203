"""The competence hub: one typed graph over an organisation's competence data and systems."""
