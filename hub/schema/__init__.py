"""The public graph: what of the concepts it shows, under which name, and where values come from.

One module per subject declares its types (`declare`), one builder makes the schema of them
(`build`). Sentences, types, owners and privacy classes are those of the models wherever a field
shows a field of a model.
"""
