"""What filters mean: each function turns the value of one field of a filter into a condition.

The conditions are on the row `r`; a `key` is the input by which a client names a record.
"""

from collections.abc import Mapping
from typing import Any

from hub.competence.eligibility import ORDER
from hub.engine.keys import hub_id, keyed
from hub.engine.origins import Bind, Where
from hub.errors import InputError
from hub.models.kinds import EligibilityVerdict, PrivacyClass
from hub.store import among
from hub.store.dialect import folded

LONGEST = 200


def named(table: str, column: str) -> Where:
    """Return: the row's relation in `column` is the record that the key names."""
    return lambda key, bind: f"{column} IN ({_the(table, key, bind)})"


def below(key: Mapping[str, Any], bind: Bind) -> str:
    """Return the ids of a unit and all units below it, as a statement."""
    return (
        "WITH RECURSIVE below(id) AS (SELECT k.id FROM organisation_unit k WHERE "
        f"{keyed(key, bind)} UNION SELECT c.id FROM organisation_unit c"
        " JOIN below b ON c.parent_id = b.id) SELECT id FROM below"
    )


def under(key: Any, bind: Bind) -> str:
    """Return: the unit is below the one named."""
    itself = _the("organisation_unit", key, bind)
    return f"(r.id IN ({below(key, bind)}) AND r.id NOT IN ({itself}))"


def _the(table: str, key: Mapping[str, Any], bind: Bind) -> str:
    """Return the id of the record that a key names, as a statement."""
    return f"SELECT k.id FROM {table} k WHERE {keyed(key, bind)}"


def about(column: str) -> Where:
    """Return: the competence in `column` is the one named, or a narrower one."""
    return lambda key, bind: f"{column} IN ({narrower(key, bind)})"


def narrower(key: Mapping[str, Any], bind: Bind) -> str:
    """Return the ids of a competence and all that are narrower, as a statement."""
    return (
        f"WITH RECURSIVE narrower(id) AS ({_the('competence', key, bind)}"
        " UNION SELECT l.owner_id FROM competence__broader l JOIN narrower n ON l.target_id = n.id)"
        " SELECT id FROM narrower"
    )


def part_of(column: str) -> Where:
    """Return: the process in `column` is the one named, or a step of it."""
    return lambda key, bind: f"{column} IN ({steps(key, bind)})"


def steps(key: Mapping[str, Any], bind: Bind) -> str:
    """Return the ids of a process and all its steps, as a statement."""
    return (
        f"WITH RECURSIVE steps(id) AS ({_the('work_process', key, bind)}"
        " UNION SELECT c.id FROM work_process c JOIN steps s ON c.parent_id = s.id)"
        " SELECT id FROM steps"
    )


def in_unit(column: str) -> Where:
    """Return: the unit in `column` is the one named, or below it."""
    return lambda key, bind: f"{column} IN ({below(key, bind)})"


TODAY = "e.valid_from <= :today AND (e.valid_until IS NULL OR e.valid_until > :today)"
EMPLOYED = f"SELECT e.person_id FROM employment e WHERE {TODAY}"
"""Everybody who is employed on the day asked for."""

HELD = f"SELECT e.job_profile_id FROM employment e WHERE {TODAY}"
"""Every job profile that somebody holds on that day."""


def employed_in(column: str) -> Where:
    """Return: the person in `column` is employed in the unit named, or below it."""
    return lambda key, bind: f"{column} IN ({EMPLOYED} AND e.unit_id IN ({below(key, bind)}))"


def one_of(column: str) -> Where:
    """Return: the value of `column` is among those given."""
    return lambda values, bind: among(column, bind.named(list(values)))


def equal(column: str) -> Where:
    """Return: the value of `column` is the one given."""
    return lambda value, bind: f"{column} = {bind(value)}"


def at_least(column: str) -> Where:
    """Return: the value of `column` is not below the one given."""
    return lambda value, bind: f"{column} >= {bind(value)}"


def identified(column: str) -> Where:
    """Return: `column` is the record with the global id given."""
    return lambda text, bind: f"{column} = {bind(hub_id(text))}"


def searched(*columns: str) -> Where:
    """Return: each of the words given is in one of `columns`, whatever its accents and case."""

    def where(text: Any, bind: Bind) -> str:
        if len(text) > LONGEST:
            raise InputError(f"Search for at most {LONGEST} characters.")
        words = [bind(f"%{escaped(folded(word))}%") for word in str(text).split()]
        found = [
            " OR ".join(f"folded({column}) LIKE {word} ESCAPE '!'" for column in columns)
            for word in words
        ]
        return " AND ".join(f"({each})" for each in found) or "1 = 1"

    return where


def escaped(text: str) -> str:
    """Return a text as `LIKE … ESCAPE '!'` finds it."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def within(column: str) -> Where:
    """Return: the day or moment in `column` lies in the window given, its end not counted."""

    def where(window: Any, bind: Bind) -> str:
        parts = [f"{column} IS NOT NULL"]
        if window.get("from") is not None:
            parts.append(f"{column} >= {bind(window['from'])}")
        if window.get("until") is not None:
            parts.append(f"{column} < {bind(window['until'])}")
        return " AND ".join(parts)

    return where


def only(condition: str) -> Where:
    """Return: `condition` holds, where true is given."""
    return lambda value, _: condition if value else "1 = 1"


def unless(condition: str) -> Where:
    """Return: `condition` holds, unless true is given."""
    return lambda value, _: "1 = 1" if value else condition


def whether(condition: str) -> Where:
    """Return: `condition` holds where true is given, and does not where false is."""
    return lambda value, _: condition if value else f"NOT ({condition})"


BELOW = (
    "WITH RECURSIVE below(id) AS (SELECT k.id FROM organisation_unit k WHERE k.id = {parent}"
    " UNION SELECT c.id FROM organisation_unit c JOIN below b ON c.parent_id = b.id)"
    " SELECT id FROM below"
)
"""The unit that is the parent, and all units below it."""

VALID = "(r.valid_from <= :today AND (r.valid_until IS NULL OR r.valid_until > :today))"
"""The row holds on the day asked for."""

MASTERS = (
    "r.id IN (SELECT s.id FROM fulfilment f JOIN competence_state s ON s.person_id = f.person_id"
    " AND s.competence_id = f.competence_id WHERE f.requirement_id = {parent} AND f.met = 1)"
)
"""The states of those who meet the requirement that is the parent."""

PERSON_NAME = "(SELECT p.display_name FROM person p WHERE p.id = r.person_id)"
RANKED = (
    "CASE {column} WHEN 'LOW' THEN 1 WHEN 'MEDIUM' THEN 2 WHEN 'HIGH' THEN 3"
    " WHEN 'CRITICAL' THEN 4 END"
)
SEVERITY = RANKED.format(column="r.severity")

CONTESTED = (
    "(SELECT CASE WHEN x.settled_at > :now THEN 'OPEN' ELSE x.outcome END FROM contest x"
    " WHERE x.told_by_id = r.record_id AND x.person_id = r.person_id"
    " AND x.competence_id = r.competence_id AND x.raised_at <= :now"
    " ORDER BY x.raised_at DESC, x.id DESC LIMIT 1)"
)
"""How the last objection to a piece of evidence `r` stands."""

COUNTING_FOR = (
    "WITH RECURSIVE serving(id) AS (SELECT s.competence_id FROM competence_state s"
    " WHERE s.id = {{parent}} UNION SELECT x.serves FROM serving v JOIN ("
    "SELECT b.owner_id AS serves, b.target_id AS served FROM competence__broader b"
    " UNION ALL SELECT m.id, k.id {matching} UNION ALL SELECT k.id, m.id {matching}"
    ") x ON x.served = v.id) SELECT id FROM serving"
).format(
    matching=(
        "FROM competence m JOIN competence k"
        ' ON REPLACE(m.alignments, \'"target_uri":"\' || k.uri || \'","type":"EXACT_MATCH"\', \'\')'
        " <> m.alignments WHERE m.alignments LIKE '%\"EXACT_MATCH\"%'"
    )
)
"""The competences whose evidence counts for the state that is the parent.

They are its own, those that it matches exactly, and all that are narrower than one of these; as
`hub.sync.deriving.organisation.Competences` says it the other way round."""

CONTRADICTED = (
    "r.employee_id IN (SELECT s.person_id FROM competence_state s JOIN competence_evidence e"
    " ON e.person_id = s.person_id AND e.competence_id = s.competence_id"
    " WHERE s.contradictory = 1 AND e.record_id = r.id)"
)


def among_ids(column: str) -> Where:
    """Return: `column` is one of the records with the global ids given."""
    return lambda texts, bind: among(column, bind.named([hub_id(text) for text in texts]))


def of_key(table: str, column: str) -> Where:
    """Return: `column` holds the key of the record that is named."""
    return lambda key, bind: f"{column} IN (SELECT k.key FROM {table} k WHERE {keyed(key, bind)})"


def of_system(column: str) -> Where:
    """Return: the source in `column` is the one that the key names."""
    return of_key("source_system", column)


def holding_profile(key: Any, bind: Bind) -> str:
    """Return: the person holds the job profile named."""
    return (
        f"r.id IN ({EMPLOYED} AND e.job_profile_id IN"
        f" (SELECT k.id FROM job_profile k WHERE {keyed(key, bind)}))"
    )


def having_role(role: Any, bind: Bind) -> str:
    """Return: the person holds the role on the day asked for."""
    held = VALID.replace("r.", "h.")
    return (
        f"r.id IN (SELECT h.person_id FROM role_assignment h WHERE h.role = {bind(role)} AND"
        f" {held})"
    )


def _asked_below(key: Any, bind: Bind) -> str:
    """Return the requirements that hold for people of a unit or below it, as a statement.

    They are those of its processes, and of the job profiles that its people hold.
    """
    units = below(key, bind)
    return (
        "SELECT q.id FROM competence_requirement q WHERE q.subject_id IN"
        f" (SELECT w.id FROM work_process w WHERE w.unit_id IN ({units}))"
        f" OR q.subject_id IN ({HELD} AND e.unit_id IN ({units}))"
    )


def asked_in(key: Any, bind: Bind) -> str:
    """Return: the requirement holds for people of the unit named, or below it."""
    return f"r.id IN ({_asked_below(key, bind)})"


def required_in(key: Any, bind: Bind) -> str:
    """Return: the competence is asked for in the unit named, or below it."""
    return (
        "r.id IN (SELECT a.competence_id FROM competence_requirement a WHERE a.id IN"
        f" ({_asked_below(key, bind)}))"
    )


SCOPE = (
    "COALESCE(r.scope, CASE WHEN (SELECT COUNT(DISTINCT w.unit_id) FROM competence_requirement q"
    " JOIN work_process w ON w.id = q.subject_id WHERE q.competence_id = r.id) > 1"
    " THEN 'CROSS_UNIT' ELSE 'UNIT_SPECIFIC' END)"
)
"""Where a competence is needed, as `computed.competences.scope` says it."""


def of_area(key: Any, bind: Bind) -> str:
    """Return: the competence is of the area named."""
    return (
        "r.competence_id IN (SELECT c.id FROM competence c JOIN competence_area k"
        f" ON k.id = c.area_id WHERE {keyed(key, bind)})"
    )


def of_process(key: Any, bind: Bind) -> str:
    """Return: the competence is asked by the process named."""
    return (
        "r.competence_id IN (SELECT q.competence_id FROM competence_requirement q"
        f" JOIN work_process k ON k.id = q.subject_id WHERE {keyed(key, bind)})"
    )


def for_process(key: Any, bind: Bind) -> str:
    """Return: the requirement is asked by the process named, or by a step of it."""
    asked = f"SELECT q.id FROM competence_requirement q WHERE q.subject_id IN ({steps(key, bind)})"
    return f"r.requirement_id IN ({asked})"


def for_profile(key: Any, bind: Bind) -> str:
    """Return: the requirement is asked by the job profile named."""
    profile = _the("job_profile", key, bind)
    asked = f"SELECT q.id FROM competence_requirement q WHERE q.subject_id IN ({profile})"
    return f"r.requirement_id IN ({asked})"


def idle(span: Any, bind: Bind) -> str:
    """Return: the competence was not used in work for a time."""
    return f"(r.last_used_at IS NULL OR r.last_used_at < {bind.before_now(span)})"


def no_less_severe(severity: Any, bind: Bind) -> str:
    """Return: the gap matters as much as given, or more."""
    return f"{SEVERITY} >= {RANKED.format(column=bind(severity))}"


def attesting(key: Any, bind: Bind) -> str:
    """Return: the credential attests the competence named, or a narrower one."""
    return (
        "r.id IN (SELECT l.owner_id FROM credential__competences l WHERE l.target_id IN"
        f" ({narrower(key, bind)}))"
    )


def with_status(statuses: Any, bind: Bind) -> str:
    """Return: the credential stands so on the day asked for."""
    soon = bind.after_now("P90D")
    status = (
        "CASE WHEN r.status NOT IN ('VALID', 'EXPIRING') THEN r.status"
        " WHEN r.valid_until IS NULL THEN 'VALID' WHEN r.valid_until <= :now THEN 'EXPIRED'"
        f" WHEN r.valid_until <= {soon} THEN 'EXPIRING' ELSE 'VALID' END"
    )
    return among(status, bind.named(list(statuses)))


def asking(key: Any, bind: Bind) -> str:
    """Return: the process asks the competence named."""
    return (
        "r.id IN (SELECT q.subject_id FROM competence_requirement q JOIN competence k"
        f" ON k.id = q.competence_id WHERE {keyed(key, bind)})"
    )


def hanging_on_one(value: Any, bind: Bind) -> str:
    """Return: one requirement of the process is met by one person alone, as the viewer may know.

    Only whoever may see everybody whom it asks knows that.
    """
    seen = bind.sees("Fulfilment", PrivacyClass.TEAM, "f")
    one = (
        "r.id IN (SELECT q.subject_id FROM competence_requirement q JOIN fulfilment f"
        " ON f.requirement_id = q.id GROUP BY q.subject_id, q.id"
        f" HAVING SUM(f.met) = 1 AND MIN(CASE WHEN {seen} THEN 1 ELSE 0 END) = 1)"
    )
    return one if value else f"NOT ({one})"


def aiming_at(key: Any, bind: Bind) -> str:
    """Return: the intervention leads to the competence named."""
    return (
        f"EXISTS (SELECT 1 FROM competence k WHERE {keyed(key, bind)}"
        " AND r.targets LIKE '%' || k.id || '%')"
    )


def of_intervention(column: str) -> Where:
    """Return: a column of the intervention is among the values given."""
    return lambda values, bind: (
        "r.intervention_id IN (SELECT i.id FROM intervention i WHERE"
        f" {among(f'i.{column}', bind.named(list(values)))})"
    )


def developing(key: Any, bind: Bind) -> str:
    """Return: the agreement is about the competence named, or a narrower one."""
    return (
        "r.id IN (SELECT x.agreement_id FROM agreed_result x WHERE x.competence_id IN"
        f" ({narrower(key, bind)}))"
    )


def promised_in(key: Any, bind: Bind) -> str:
    """Return: the facility is promised to somebody of the unit named, or of one below it."""
    units = below(key, bind)
    return (
        "r.agreement_id IN (SELECT a.id FROM development_agreement a WHERE a.team_id IN"
        f" ({units}) OR a.employee_id IN ({EMPLOYED} AND e.unit_id IN ({units})))"
    )


def caused_by(key: Any, bind: Bind) -> str:
    """Return: a cause of the nonconformity is the lack of the competence named."""
    return (
        "r.id IN (SELECT c.nonconformity_id FROM competence_cause c JOIN competence k"
        f" ON k.id = c.competence_id WHERE c.status <> 'REJECTED' AND {keyed(key, bind)})"
    )


def with_cause(statuses: Any, bind: Bind) -> str:
    """Return: a cause of the nonconformity is as sure as given."""
    return (
        "r.id IN (SELECT c.nonconformity_id FROM competence_cause c WHERE"
        f" {among('c.status', bind.named(list(statuses)))})"
    )


def assigned(key: Any, bind: Bind) -> str:
    """Return: the person named is assigned."""
    return (
        "r.id IN (SELECT l.owner_id FROM work_assignment__assignees l JOIN person k"
        f" ON k.id = l.target_id WHERE {keyed(key, bind)})"
    )


def needing(key: Any, bind: Bind) -> str:
    """Return: the process of the assignment asks the competence named."""
    return (
        "r.process_id IN (SELECT q.subject_id FROM competence_requirement q JOIN competence k"
        f" ON k.id = q.competence_id WHERE {keyed(key, bind)})"
    )


def during(window: Any, bind: Bind) -> str:
    """Return: the assignment lies, at least partly, in the window given."""
    parts = ["1 = 1"]
    if window.get("until") is not None:
        parts.append(f"r.starts_at < {bind(window['until'])}")
    if window.get("from") is not None:
        parts.append(f"COALESCE(r.ends_at, r.starts_at) > {bind(window['from'])}")
    return " AND ".join(parts)


WORST_FIRST = " ".join(f"WHEN '{each.value}' THEN {place}" for place, each in enumerate(ORDER))
VERDICT = (
    "COALESCE((SELECT j.verdict FROM assignment_eligibility j WHERE j.assignment_id = r.id"
    f" ORDER BY CASE j.verdict {WORST_FIRST} END LIMIT 1), '{EligibilityVerdict.UNKNOWN.value}')"
)
"""The worst verdict on any assignee; unknown where nobody was judged."""


def judged(verdicts: Any, bind: Bind) -> str:
    """Return: the work is covered so."""
    return among(VERDICT, bind.named(list(verdicts)))


def of_rule(column: str) -> Where:
    """Return: a column of the action's rule is the kind of system given."""
    return lambda kind, bind: (
        f'r.rule IN (SELECT k.key FROM coupling_rule k WHERE k."{column}" = {bind(kind)})'
    )


def of_type(patterns: Any, bind: Bind) -> str:
    """Return: the event is of one of the types given; `*` at the end of one matches any."""
    parts = [
        f"r.type LIKE {bind(escaped(each[:-1]) + '%')} ESCAPE '!'"
        if each.endswith("*")
        else f"r.type = {bind(each)}"
        for each in patterns
    ]
    return " OR ".join(parts) or "1 = 0"


def in_conflict(key: Any, bind: Bind) -> str:
    """Return: the source named is one of those that disagree."""
    return (
        f"EXISTS (SELECT 1 FROM source_system k WHERE {keyed(key, bind)}"
        " AND r.\"values\" LIKE '%[\"' || k.key || '\",%')"
    )
