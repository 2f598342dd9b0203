"""A connector that is broken in one way is caught, by the law that says so."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from hub.sdk.testing import Verdict
from hub.sdk.testing.judge import cases, judged
from tests.sdk import mutants
from tests.sdk.acme import AcmeAppraise
from tests.sdk.acme_upstream import upstream

READING = {
    mutants.CheckpointAhead: "a_reading_goes_on_after_any_page",
    mutants.CheckpointStands: "checkpoints_never_go_back",
    mutants.DropsThePageOnResuming: "a_reading_goes_on_after_any_page",
    mutants.ReadsAllAgain: "a_second_reading_changes_nothing",
    mutants.CountsItsWay: "what_changes_between_pages_is_not_missed",
    mutants.TellsTwice: "everything_is_read",
    mutants.StopsAfterOnePage: "everything_is_read",
    mutants.RunsInCircles: "a_page_that_comes_again_stops_the_reading",
    mutants.TakesNonsenseForTheEnd: "nonsense_is_no_answer",
    mutants.SwallowsRefusals: "a_refusal_is_an_auth_error",
    mutants.SwallowsTimeouts: "a_hanging_upstream_times_out",
    mutants.SwallowsTornAnswers: "a_torn_answer_is_no_answer",
    mutants.ForgetsPatience: "patience_is_told",
    mutants.SwallowsDeletions: "a_deletion_is_told",
    mutants.AlwaysHalfDone: "an_update_is_seen",
    mutants.FailsOnABadRecord: "a_bad_record_is_set_aside",
    mutants.DropsBadRecords: "a_bad_record_is_set_aside",
    mutants.FetchesEverything: "what_is_fetched_is_what_was_asked_for",
    mutants.MatchesByPosition: "what_is_fetched_is_what_was_asked_for",
    mutants.SendsNullKeys: "null_keys_never_go_upstream",
    mutants.TakesTenAtMost: "a_whole_batch_is_taken",
    mutants.FindsTheDead: "what_changed_is_fetched_as_it_is",
    mutants.ForgetsTheCredential: "the_credential_reaches_the_wire",
    mutants.IgnoresTheKey: "the_same_key_has_one_effect",
    mutants.OverwritesOthers: "what_was_changed_meanwhile_is_not_overwritten",
    mutants.WritesMore: "only_what_may_be_written_is_written",
    mutants.WritesWhatItMayNot: "only_what_may_be_written_is_written",
    mutants.LosesTheMark: "the_mark_comes_back",
    mutants.AnswersUnread: "what_is_written_is_read",
    mutants.ShrugsAtConflicts: "a_conflict_is_told",
    mutants.GoesOnUnasked: "what_is_cancelled_leaves_nothing_open",
    mutants.SweepsTheFirstPage: "a_sweep_tells_what_exists",
    mutants.SweepsBadRecordsAway: "what_cannot_be_read_is_still_there",
    mutants.SweepsTheDead: "a_sweep_tells_what_exists",
    mutants.SweepsInHope: "a_list_that_comes_again_stops_the_sweep",
}
CONNECTING = {
    mutants.WrongScheme: "ping_proves_the_credential",
    mutants.PingsNobody: "ping_proves_the_credential",
    mutants.BelievesInItself: "ping_proves_the_credential",
    mutants.LogsTheSecret: "secrets_never_print",
    mutants.TellsTheSecret: "secrets_never_print",
    mutants.PressesHard: "limits_are_kept",
    mutants.NeverTriesAgain: "two_failures_are_got_over",
    mutants.AcceptsRedirects: "no_other_host_is_asked",
}
BROKEN = [
    *((mutants.acme(goals), law, goals.__name__) for goals, law in READING.items()),
    *((connector, law, connector.__name__) for connector, law in CONNECTING.items()),
]


def seen(connector: type[Any], law: str) -> list[str]:
    """Return what breaks a law."""
    findings = [
        judged(connector, upstream, case) for case in cases(connector) if case.law.name == law
    ]
    assert findings
    return [each.seen for each in findings if each.verdict is Verdict.BROKEN]


@pytest.mark.parametrize(
    ("connector", "law"),
    [(connector, law) for connector, law, _ in BROKEN],
    ids=[name for _, _, name in BROKEN],
)
def test_it_is_caught_by_the_law_that_it_breaks(connector: type[Any], law: str) -> None:
    assert seen(connector, law)


@pytest.mark.parametrize("law", sorted({law for _, law, _ in BROKEN}))
def test_a_sound_one_keeps_the_law(law: str) -> None:
    assert [] == seen(mutants.acme(mutants.Swept), law)


SPEAKING = """
from tests.sdk.acme import AcmeAppraise

class Speaking(AcmeAppraise):
    pass
"""


def written(folder: Path, text: str) -> type[Any]:
    """Return the connector that a file of its own holds."""
    file = folder / "speaking.py"
    file.write_text(text)
    spec = spec_from_file_location("speaking", file)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    sys.modules["speaking"] = module
    spec.loader.exec_module(module)
    found: type[Any] = module.Speaking
    return found


@pytest.mark.parametrize("forbidden", ["import httpx", "from hub.store import Store"])
def test_what_a_connector_may_not_import_is_told(tmp_path: Path, forbidden: str) -> None:
    connector = written(tmp_path, f"{forbidden}\n{SPEAKING}")
    (told,) = seen(connector, "imports_keep_to_the_sdk")
    assert "imports " + forbidden.split()[1] in told


def test_a_connector_that_names_no_source_is_told(tmp_path: Path) -> None:
    acme = Path(str(sys.modules[AcmeAppraise.__module__].__file__)).read_text()
    text = acme.replace("Source:", "").replace("class AcmeAppraise", "class Speaking")
    assert seen(written(tmp_path, text), "the_source_is_named")
    assert [] == seen(AcmeAppraise, "the_source_is_named")
