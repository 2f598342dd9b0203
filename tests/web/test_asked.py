"""A request is read as one question, or refused with a status and a cure."""

import json
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from starlette.datastructures import Headers

from hub.engine.prepare import Question
from hub.web.asked import DEEPEST, Refusal, given, posted

PLAIN = {"content-type": "application/json"}
ASKED = b'{"query": "{ hello }"}'
ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text('aé😀"\\\n', max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner),
    max_leaves=10,
)


def refusal(body: bytes, **headers: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        posted(Headers({**PLAIN, **headers}), body)
    return caught.value


def test_a_question_is_read_with_all_its_parts() -> None:
    body = {"query": "query A { hello }", "operationName": "A", "variables": {"a": [1, 2.5, None]}}

    question = posted(Headers(PLAIN), json.dumps(body).encode())

    assert (
        Question(text="query A { hello }", operation="A", variables={"a": [1, 2.5, None]})
        == question
    )


def test_what_is_null_was_not_said() -> None:
    body = b'{"query":"{a}","variables":null,"operationName":null,"extensions":null,"other":1}'

    assert Question(text="{a}", variables={}) == posted(Headers(PLAIN), body)


def test_a_byte_order_mark_does_no_harm() -> None:
    assert "{ hello }" == posted(Headers(PLAIN), b"\xef\xbb\xbf" + ASKED).text


@drawn(value=st.dictionaries(st.text("ab", max_size=2), ANY))
def test_variables_arrive_as_they_were_sent(value: dict[str, Any]) -> None:
    body = json.dumps({"query": "{a}", "variables": value}).encode()

    assert value == posted(Headers(PLAIN), body).variables


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "is not JSON"),
        (b"{", "is not JSON"),
        (b"null", "must be a JSON object"),
        (b"5", "must be a JSON object"),
        (b'"{ hello }"', "must be a JSON object"),
        (b"[]", "is a list"),
        (b"[" + ASKED + b"]", "in a request of its own"),
        (b"{}", "There is no question"),
        (b'{"query": ""}', "There is no question"),
        (b'{"query": 7}', "query must be text"),
        (b'{"query": "{a}", "operationName": 7}', "operationName must be text"),
        (b'{"query": "{a}", "variables": [1]}', "variables must be a JSON object"),
        (b'{"query": "{a}", "variables": "x"}', "variables must be a JSON object"),
        (b'{"query": "{a}", "variables": ""}', "variables must be a JSON object"),
        (b'{"query": "{a}", "extensions": 1}', "extensions must be a JSON object"),
        (b'{"query": "{a}", "variables": {"a": NaN}}', "NaN is no number"),
        (b'{"query": "{a}", "variables": {"a": -Infinity}}', "-Infinity is no number"),
        (b'{"query": "{a}", "variables": {"a": 1e400}}', "too large a number"),
        (b'{"query": "{a}", "variables": {"a": ' + b"9" * 5_000 + b"}}", "more than 40 digits"),
        (b'{"query": "{a}", "query": "{b}"}', "'query' is given twice"),
        (b'{"query": "{a}", "variables": {"a": {"x": 1, "x": 2}}}', "'x' is given twice"),
        (b"[" * 200_000, "nested more than 64"),
        (b'{"query": "{a}", "variables": {"a": ' + b"[" * 99 + b"]" * 99 + b"}}", "nested more"),
        (b'{"query": "\xff"}', "is not UTF-8"),
        ('{"query": "{a}"}'.encode("utf-16"), "is not UTF-8"),
        (b'{"query": "{a}", "variables": {"a": "\\ud800"}}', "half a character"),
        (b'{"query": "{a}", "variables": {"a": "\\u0000"}}', "character NUL"),
        (b'{"query": "{a(b: \\"\\\\u0000\\")}"}', "character NUL"),
        (b'{"query": "{a(b: \\"\\\\u{000}\\")}"}', "character NUL"),
        (b'{"query": "{a}", "documentId": "x"}', "either query or documentId"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_no_question_is_refused_with_its_cure(body: bytes, told: str) -> None:
    refused = refusal(body)

    assert told in str(refused)
    assert (400, "BAD_USER_INPUT") == (refused.status, refused.error.code)


@pytest.mark.parametrize(
    "variables",
    [r'{"a": "\ud83d\ude00"}', '{"a": "😀 שלום abc"}', r'{"a": "\\u0000"}', '{"a": "x\\ny"}'],
    ids=["escaped pair", "right to left", "escaped backslash", "new line"],
)
def test_text_that_can_be_kept_is_taken(variables: str) -> None:
    body = f'{{"query": "{{a}}", "variables": {variables}}}'.encode()

    assert json.loads(variables) == posted(Headers(PLAIN), body).variables


def test_as_deep_as_allowed_is_taken() -> None:
    deep = b"[" * (DEEPEST - 3) + b"]" * (DEEPEST - 3)

    body = b'{"query": "{a}", "variables": {"a": ' + deep + b"}}"
    assert {"a": json.loads(deep)} == posted(Headers(PLAIN), body).variables


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": ""},
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "multipart/form-data; boundary=x"},
        {"content-type": "application/graphql"},
        {"content-type": "application/json; charset=utf-16"},
        {"content-encoding": "gzip"},
    ],
    ids=lambda each: " ".join(each.values()) or "none",
)
def test_only_json_as_it_is_is_read(headers: dict[str, str]) -> None:
    assert 415 == refusal(ASKED, **headers).status


def test_charset_utf_8_may_be_said() -> None:
    plain = posted(Headers(PLAIN), ASKED)
    assert plain == posted(Headers({"content-type": "Application/JSON; charset=UTF-8"}), ASKED)


def test_no_document_is_known_by_an_id() -> None:
    assert "PERSISTED_NOT_FOUND" == refusal(b'{"documentId": "sha256:00"}').error.code
    persisted = b'{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "00"}}}'
    assert "PERSISTED_NOT_FOUND" == refusal(persisted).error.code


def test_a_document_must_be_the_one_that_its_hash_stands_for() -> None:
    def sent(digest: str) -> bytes:
        persisted = {"persistedQuery": {"version": 1, "sha256Hash": digest}}
        return json.dumps({"query": "{ hello }", "extensions": persisted}).encode()

    assert "sha256Hash" in str(refusal(sent("00")))
    right = sha256(b"{ hello }").hexdigest()
    assert "{ hello }" == posted(Headers(PLAIN), sent(right)).text


def test_a_question_by_get_is_read_from_the_address() -> None:
    headers = Headers({"graphql-require-preflight": "1"})

    question = given(headers, b"query=%7Ba%7D&variables=%7B%22a%22%3A1%7D&operationName=&x=1&x=2")

    assert Question(text="{a}", variables={"a": 1}, reading=True) == question


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (b"", "There is no question"),
        (b"query=%ff", "URL-encoded UTF-8"),
        (b"query=\xff", "URL-encoded UTF-8"),
        (b"query=%7Ba%7D&query=%7Bb%7D", "'query' is given twice"),
        (b"query=%7Ba%7D&variables=x", "variables is not JSON"),
        (b"query=%7Ba%7D&variables=%5B1%5D", "variables must be"),
        (b"&".join([b"a=1"] * 50), "URL-encoded"),
    ],
)
def test_what_is_no_question_by_get_is_refused_too(query: bytes, told: str) -> None:
    headers = Headers({"apollo-require-preflight": "1"})
    with pytest.raises(Refusal, match=told):
        given(headers, query)


def test_a_page_of_another_site_cannot_ask_by_get() -> None:
    with pytest.raises(Refusal, match="GraphQL-Require-Preflight"):
        given(Headers({"accept": "application/json"}), b"query=%7Ba%7D")
