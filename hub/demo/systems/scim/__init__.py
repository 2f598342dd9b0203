"""A pretend identity provider that speaks SCIM 2.0 as RFC 7643 and RFC 7644 describe it."""
