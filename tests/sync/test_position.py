"""Where the reading of a stream stands survives any interruption."""

from hypothesis import given
from hypothesis import strategies as st

from hub.sync.position import Position

POSITIONS = st.builds(
    Position,
    cursor=st.none() | st.text(),
    generation=st.integers(0, 9),
    passing=st.booleans(),
)


@given(POSITIONS)
def test_a_position_reads_back_as_it_was_written(position: Position) -> None:
    assert position == Position.read(position.text())


def test_nothing_kept_is_the_very_beginning() -> None:
    assert Position() == Position.read(None)


def test_a_stream_never_read_begins_its_first_pass_also_when_changes_were_asked_for() -> None:
    assert Position(generation=1, passing=True) == Position().begun(full=False)


@given(POSITIONS, st.booleans())
def test_an_open_pass_goes_on_whatever_is_asked_for(position: Position, full: bool) -> None:
    begun = position.begun(full=full)

    assert begun == begun.begun(full=full) or not begun.passing


def test_after_a_pass_changes_alone_are_read_from_where_it_ended() -> None:
    ended = Position().begun(full=False).moved("p1").moved("p2").ended()

    assert Position(cursor="p2", generation=1) == ended.begun(full=False)


def test_a_new_pass_forgets_the_cursor_and_takes_the_next_number() -> None:
    ended = Position(cursor="p2", generation=1)

    assert Position(generation=2, passing=True) == ended.begun(full=True)


def test_a_page_without_a_checkpoint_of_its_own_keeps_the_one_before() -> None:
    assert "p1" == Position(cursor="p1").moved(None).cursor
