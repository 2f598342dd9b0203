"""How values within a record are read from their stored form."""

from decimal import Decimal

from hub.store.values import codec


def exact(stored: int) -> Decimal:
    """Return the decimal that a stored whole number stands for."""
    decimal: Decimal = codec(Decimal).decode(stored)
    return decimal
