"""A client is answered in the media type that it asks for."""

import pytest

from hub.web.accept import JSON, RESPONSE, chosen


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/json", JSON),
        ("application/graphql-response+json", RESPONSE),
        ("application/graphql-response+json; charset=utf-8, application/json", RESPONSE),
        ("application/json, application/graphql-response+json", JSON),
        ("application/json;q=0.5, application/graphql-response+json;q=0.9", RESPONSE),
        ("*/*, application/graphql-response+json", RESPONSE),
        ("text/html, application/xhtml+xml, */*;q=0.8", JSON),
        ("APPLICATION/JSON", JSON),
        ("text/html", None),
        ("text/event-stream", None),
        ("application/json;q=0", None),
        ("application/json;q=x", None),
    ],
)
def test_the_best_of_what_a_client_takes_is_chosen(accept: str | None, media: str | None) -> None:
    assert media == chosen(accept)
