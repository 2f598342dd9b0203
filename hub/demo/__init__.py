"""The demo organisation, and the pretend systems that serve it.

Imports nothing else of the hub: the hub reaches the demo only over the wire, as it would reach any
organisation's systems.
"""
