"""Whether what went wrong came back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hub.competence.recurrence import Incident, recurrences

CLOSED = datetime(2026, 1, 10, 9, tzinfo=UTC)
LATE = CLOSED + timedelta(days=400)
FIRST = Incident(
    id="first",
    raised_at=CLOSED - timedelta(days=9),
    closed_at=CLOSED,
    process_id="boarding",
    competence_ids=frozenset({"marshalling", "english"}),
)
AGAIN = Incident(
    id="again",
    raised_at=CLOSED + timedelta(days=179),
    process_id="boarding",
    competence_ids=frozenset({"marshalling"}),
)


def asked(*others: Incident, moment: datetime = LATE, first: Incident = FIRST) -> bool | None:
    return recurrences([first], [first, *others], moment)["first"]


def test_the_same_process_and_confirmed_competence_within_180_days_has_come_back() -> None:
    assert asked(AGAIN) is True


def test_another_process_or_competence_is_something_else() -> None:
    assert asked(replace(AGAIN, process_id="cleaning")) is False
    assert asked(replace(AGAIN, competence_ids=frozenset({"cleaning"}))) is False
    assert asked(replace(AGAIN, competence_ids=frozenset())) is False


def test_what_comes_on_the_180th_day_or_before_closing_has_not_come_back() -> None:
    assert asked(replace(AGAIN, raised_at=CLOSED + timedelta(days=180))) is False
    assert asked(replace(AGAIN, raised_at=CLOSED)) is False


def test_it_is_too_early_to_say_until_180_days_have_gone_by() -> None:
    assert asked(moment=CLOSED + timedelta(days=179)) is None
    assert asked(moment=CLOSED + timedelta(days=180)) is False
    assert asked(AGAIN, moment=CLOSED + timedelta(days=178)) is None
    assert asked(AGAIN, moment=CLOSED + timedelta(days=179)) is True


def test_what_is_not_closed_cannot_come_back() -> None:
    assert asked(AGAIN, first=replace(FIRST, closed_at=None)) is None


def test_nothing_of_no_known_process_is_the_same() -> None:
    unknown = replace(FIRST, process_id=None)
    assert asked(replace(AGAIN, process_id=None), first=unknown) is False
