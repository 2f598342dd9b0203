"""The nouns: frozen dataclasses that describe every concept once, in the standard library alone."""
