"""What is suggested to somebody."""

from hub.competence.suggesting import Offer, Suggested, Want, suggest
from hub.models.shared import Reason


def want(competence: str, code: str = "GAP") -> Want:
    return Want(competence_id=competence, reason=Reason(code=code, text=code.lower()))


def offer(id_: str) -> Offer:
    return Offer(type="Intervention", id=id_, reason=Reason(code="WAY", text=id_))


def told(found: list[Suggested]) -> list[tuple[str, str]]:
    return [(each.competence_id, each.offer.id) for each in found]


def test_each_want_gets_its_best_offer_before_any_gets_its_second() -> None:
    offers = {"a": [offer("a1"), offer("a2")], "b": [offer("b1")]}
    found = suggest([want("a"), want("b")], offers, 3)
    assert told(found) == [("a", "a1"), ("b", "b1"), ("a", "a2")]


def test_nothing_is_suggested_twice_and_never_more_than_asked_for() -> None:
    offers = {"a": [offer("x"), offer("y")], "b": [offer("x"), offer("z")]}
    wants = [want("a"), want("b")]
    assert told(suggest(wants, offers, 9)) == [("a", "x"), ("a", "y"), ("b", "z")]
    assert told(suggest(wants, offers, 1)) == [("a", "x")]


def test_a_suggestion_tells_every_reason_for_the_want_once_and_then_the_offer() -> None:
    wants = [want("a"), want("a", "AMBITION"), want("a")]
    (found,) = suggest(wants, {"a": [offer("x")]}, 5)
    assert [each.code for each in found.reasons] == ["GAP", "AMBITION", "WAY"]


def test_a_want_that_nothing_serves_gives_nothing() -> None:
    assert suggest([want("a")], {}, 5) == []
