"""Answers questions: walks a checked operation level by level, one statement for each level.

The schema says of every field where its values come from (`hub.engine.origins`); nothing here
knows any subject, any type or any question by name.
"""
