"""Values that no column holds: each function answers for all objects of a level at once.

Every function takes the scope, the rows and the arguments of the field, and returns one value for
each row, in order. What it returns of people passes their own filter, since records are returned as
`Key`s, which the engine reads with the viewer's eyes.
"""
