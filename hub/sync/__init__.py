"""Between the hub and the outside systems: their changes come in, approved writes go out.

The truth about that work stands in tables (checkpoints, runs, actions), written in the same
transaction as the data they speak of. Whatever is stopped at any moment goes on from there.
"""
