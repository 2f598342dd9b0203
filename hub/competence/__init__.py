"""What people can do, derived from records by rules that anyone can read.

Pure functions: no input, no output, no clock. Same records, same moment, same answer.
"""
