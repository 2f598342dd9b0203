"""What a pretend system was told stands, whatever happens to its process."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hub.demo.systems.state import Change, Documents

WRITER = """
import sys
from hub.demo.systems.state import Change, Documents
documents = Documents(sys.argv[1])
if not documents.seeded:
    documents.seed([Change(collection="c", id=str(n), body={"n": n}) for n in range(3)])
for n in range(10 ** 9):
    documents.write(
        Change(collection="c", id="left", body={"n": n}),
        Change(collection="c", id="right", body={"n": n}),
    )
    print(n, flush=True)
"""


def change(id_: str, body: dict[str, int] | None) -> Change:
    return Change(collection="c", id=id_, body=body)


def test_what_was_written_is_there_after_opening_again(tmp_path: Path) -> None:
    first = Documents(tmp_path / "state.sqlite")
    first.seed([change("a", {"n": 1}), change("b", {"n": 2})])
    first.write(change("b", None), change("c", {"n": 3}))
    life = first.life
    first.close()
    again = Documents(tmp_path / "state.sqlite")
    assert again.seeded
    assert life == again.life
    assert [("a", 1), ("c", 3)] == [(each.id, each.body["n"]) for each in again.all("c")]
    assert [("b", True), ("c", False)] == [(e.id, e.deleted) for e in again.since("c", 2)]
    again.close()


def test_a_seed_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    documents = Documents(tmp_path / "state.sqlite")
    with pytest.raises(TypeError):
        documents.seed([change("a", {"n": 1}), Change(collection="c", id="b", body={"n": {1}})])
    documents.close()
    again = Documents(tmp_path / "state.sqlite")
    assert not again.seeded
    assert [] == list(again.all("c"))
    again.close()


def test_a_document_that_comes_back_is_no_longer_deleted(documents: Documents) -> None:
    documents.write(change("a", {"n": 1}))
    documents.write(change("a", None))
    documents.write(change("a", {"n": 2}))
    assert [("a", 3, False)] == [(e.id, e.sequence, e.deleted) for e in documents.since("c", 0)]


def test_a_killed_writer_loses_nothing_that_it_answered_for(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    said = -1
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            for _ in range(50):
                said = int(process.stdout.readline())
            os.kill(process.pid, signal.SIGKILL)
            said = max([said, *(int(line) for line in process.stdout if line.endswith("\n"))])
        documents = Documents(path)
        left, right = documents.get("c", "left"), documents.get("c", "right")
        assert left is not None
        assert right is not None
        assert left.body == right.body
        assert said <= left.body["n"]
        assert 5 == documents.count("c")
        documents.close()
