"""How a file points at another record: `by:value`, with the type before it where that is open."""

from hub.models.ref import TYPE, Ref
from hub.store import concept
from hub.store.lookups import EMAIL, SPOKEN

NAMED = frozenset({"id", "number"})  # what a system may be named for: id@hr, number@quality
WRITTEN = {key: word for word, key in SPOKEN.items()}


def ways(type_: str) -> tuple[str, ...]:
    """Return the words by which a type can be pointed at."""
    return ("id", *(WRITTEN.get(each, each) for each in concept(type_).points))


def pointed(text: str, target: str) -> Ref:
    """Return the relation that a text says.

    Args:
        text: E.g. `code:ST-03`, `id@hr:HR-EMP-00017`, `WorkProcess:code:BRAKE`.
        target: The types that it may point at, separated by `|`.

    Raises:
        ValueError: it says none; the text says what to write.
    """
    types = target.split("|")
    head, colon, rest = text.partition(":")
    if colon and TYPE.fullmatch(head):
        type_ = head
        head, _, rest = rest.partition(":")
    elif len(types) > 1:
        raise ValueError(f"put the type before it: {' or '.join(f'{each}:' for each in types)}")
    else:
        type_ = types[0]
    if type_ not in types:
        raise ValueError(f"points at a {type_}; it must be a {' or a '.join(types)}")
    by, at, system = head.partition("@")
    if by not in ways(type_):
        example = ", ".join(f"{each}:…" for each in ways(type_))
        raise ValueError(f"{clip(text)} does not say how it points; write one of {example}")
    if at and by not in NAMED:
        raise ValueError(f"{by} is known to all systems; leave out @{system}")
    value = rest.strip()
    return Ref(type_, by, value.lower() if SPOKEN.get(by) == EMAIL else value, system or None)


def clip(text: str) -> str:
    """Return a text as faults show it."""
    return repr(text if len(text) <= 60 else f"{text[:60]}…")
