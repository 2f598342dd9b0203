"""What a write sends of a record."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from hub import sdk
from hub.models.kinds import LearningStatus
from hub.models.learning import LearningRecord

PERSON = sdk.Ref.employee_number("1")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("3.00"), 3),
        (Decimal("2.5"), 2.5),
        (datetime(2026, 3, 1, 9, tzinfo=UTC), "2026-03-01T09:00:00+00:00"),
        (date(2026, 3, 1), "2026-03-01"),
        (LearningStatus.PASSED, "PASSED"),
        (PERSON, "1"),
        ((PERSON, None), ["1", None]),
    ],
)
def test_a_value_is_sent_as_json_can_say_it(value: Any, expected: Any) -> None:
    record = LearningRecord(id="r", person=PERSON, status=LearningStatus.PASSED, score=value)
    change = sdk.Change(after=record, fields=frozenset({"score"}), key="k")
    sent = change.body({"score": "result", "status": "verb"})
    assert [("result", expected)] == list(sent.items())
    assert type(expected) is type(sent["result"])
