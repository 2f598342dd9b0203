"""In which of its two media types a client wants its answer (RFC 9110, 12.5.1)."""

RESPONSE = "application/graphql-response+json"
JSON = "application/json"
PLAIN = {RESPONSE: RESPONSE, JSON: JSON, "application/*": JSON, "*/*": JSON}


def chosen(accept: str | None) -> str | None:
    """Return the media type to answer in; None when the client takes neither.

    Whoever leaves it open gets plain JSON, which every client reads.
    """
    if not accept or not accept.strip():
        return JSON
    wanted: dict[str, float] = {}
    for each in accept.split(","):
        name, *parameters = (part.strip().lower() for part in each.split(";"))
        if name in PLAIN:
            wanted.setdefault(name, _quality(parameters))
    ranked = sorted(wanted, key=lambda name: (-wanted[name], "*" in name))
    return next((PLAIN[name] for name in ranked if wanted[name] > 0), None)


def _quality(parameters: list[str]) -> float:
    for each in parameters:
        name, _, value = each.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
