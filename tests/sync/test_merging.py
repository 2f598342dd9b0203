"""An approved change is put onto a record as it is now, or not at all."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.models.coupling import FieldChange
from hub.models.kinds import AssignmentKind
from hub.models.planning import WorkAssignment
from hub.models.ref import Ref
from hub.store import canonical, concept
from hub.sync.merging import StaleError, differences, merged
from tests.sync.organisation import at

OF = concept(WorkAssignment)
names = st.lists(st.sampled_from("abcdef"), unique=True, max_size=4)


def shift(*people: str, **more: Any) -> WorkAssignment:
    refs = tuple(Ref.email(each) for each in people)
    said = {"title": "Early", "kind": AssignmentKind.SHIFT, "starts_at": at(3), **more}
    return WorkAssignment(id="s", assignees=refs, **said)


def change(field: str, before: Any, after: Any) -> FieldChange:
    return FieldChange(field=field, label="Value", before=before, after=after)


def people(record: Any) -> list[str]:
    return [each.value for each in record.assignees]


def test_who_takes_over_stands_where_the_other_stood_and_is_named_alike() -> None:
    made = merged(OF, shift("a", "b", "c"), [change("assignees", list("abc"), list("axc"))])
    assert shift("a", "x", "c") == made


def test_what_else_was_changed_in_a_list_or_a_text_stays() -> None:
    fresh = shift("a", "y", "z", comment="One\nAnother")
    who = change("assignees", ["a", "b", "y"], ["c", "b", "y"])
    with pytest.raises(StaleError):
        merged(OF, shift("y"), [who])
    note = change("comment", "One", "One\nNew")
    made = merged(OF, fresh, [change("assignees", ["a", "y"], ["x", "y"]), note])
    assert ["y", "z", "x"] == people(made)
    assert "One\nAnother\nNew" == getattr(made, "comment", None)


def test_what_is_taken_off_must_be_there() -> None:
    with pytest.raises(StaleError, match="Value: b is no longer there"):
        merged(OF, shift("a"), [change("assignees", ["a", "b"], ["a", "x"])])


def test_a_plain_value_is_replaced_only_where_it_is_what_it_was() -> None:
    one = change("kind", "SHIFT", "ON_CALL")
    assert shift(kind=AssignmentKind.ON_CALL) == merged(OF, shift(), [one])
    with pytest.raises(StaleError, match="is no longer 'SHIFT'"):
        merged(OF, shift(kind=AssignmentKind.PROJECT_TASK), [one])


def test_a_note_that_loses_its_last_line_is_none() -> None:
    assert shift() == merged(OF, shift(comment="One"), [change("comment", "One", None)])


def test_differences_are_named() -> None:
    kept = canonical(OF.form(shift("a")))
    assert [] == differences(OF, kept, replace(shift("a"), source_version="another"))
    assert ["title", "assignees"] == differences(OF, kept, shift("b", title="Late"))


@given(now=names, gone=names, come=names)
def test_a_change_takes_off_and_adds_exactly_what_it_says(
    now: list[str], gone: list[str], come: list[str]
) -> None:
    gone = [each for each in gone if each in now]
    come = [each for each in come if each not in now]
    before = [*gone, "elsewhere"]
    made = merged(OF, shift("first", *now), [change("assignees", before, ["elsewhere", *come])])
    assert {"first", *now} - set(gone) | set(come) == set(people(made))
