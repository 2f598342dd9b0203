"""Coverage: how many people are asked, and how many of them meet it; figures, none of them named.

Counted over all people, whatever the viewer may see of them; `hub.policy.disclosure` then says how
the figures are shown. Costs three statements per level, which read the fulfilments of what the
coverage is of.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub.competence import rules
from hub.engine.loading import Row
from hub.engine.origins import Batch, Bind
from hub.engine.scope import Scope
from hub.models.evidence import Fulfilment
from hub.models.kinds import Disclosure
from hub.policy.disclosure import disclosure, shown
from hub.schema.computed import levels
from hub.schema.declare import table
from hub.schema.narrowing import employed_in
from hub.store import Asks, among, text_of
from hub.sync.deriving.standing import EMPLOYMENT

ASKED = table(Fulfilment)
LASTING = """
SELECT 1 FROM credential c JOIN credential__competences l ON l.owner_id = c.id
WHERE c.holder_id = f.person_id AND l.target_id = f.competence_id AND c.valid_from <= :soon
AND (c.valid_until IS NULL OR c.valid_until > :soon)
AND (c.status IN ('VALID', 'EXPIRING') OR (c.status = 'EXPIRED' AND c.valid_until IS NOT NULL))
"""
"""A credential that still holds in 90 days."""

ENDING = """
SELECT 1 FROM competence_state s WHERE s.person_id = f.person_id
AND s.competence_id = f.competence_id AND s.valid_until <= :soon
"""
"""A level that is lost within 90 days."""

PEOPLE = """
SELECT subject, inside, COUNT(*), SUM(whole), SUM(1 - part), SUM(ending), SUM(open_gaps),
    SUM(hidden)
FROM (
    SELECT {subject} AS subject, f.person_id, {inside} AS inside,
        MIN(f.met) AS whole, MAX(f.met) AS part, {hidden} AS hidden,
        MIN(f.met) * MAX(CASE WHEN f.met = 1 AND (EXISTS ({ending})
            OR (q.credential_required = 1 AND NOT EXISTS ({lasting}))) THEN 1 ELSE 0 END) AS ending,
        SUM(CASE WHEN f.met = 0 AND f.covered_by_id IS NULL THEN 1 ELSE 0 END) AS open_gaps
    FROM fulfilment f
    JOIN competence_requirement q ON q.id = f.requirement_id
    JOIN competence a ON a.id = f.competence_id
    WHERE {chosen} GROUP BY {subject}, f.person_id
) AS people GROUP BY subject, inside
"""
ON_ONE = """
SELECT DISTINCT subject FROM (
    SELECT {subject} AS subject, f.requirement_id FROM fulfilment f
    JOIN competence a ON a.id = f.competence_id
    WHERE {chosen} AND f.met = 1 AND {inside} = 1
    GROUP BY {subject}, f.requirement_id HAVING COUNT(*) = 1
) AS alone
"""
DERIVED = """
SELECT {subject}, f.missing_systems, MAX(f.computed_at) FROM fulfilment f
JOIN competence a ON a.id = f.competence_id
WHERE {chosen} GROUP BY {subject}, f.missing_systems
"""


@dataclass(slots=True)
class Counted:
    """What was counted for one subject, in people but for the gaps.

    Attributes:
        required: Those whom it asks.
        qualified: Those who meet all that it asks of them.
        missing: Those who meet nothing of it.
        expiring: Those of the qualified who will not be in 90 days.
        open_gaps: Gaps that no agreement works on.
        hidden: Those whom the viewer may not see.
        complement: Those whom it asks elsewhere.
        alone: Whether something of it hangs on one person.
    """

    required: int = 0
    qualified: int = 0
    missing: int = 0
    expiring: int = 0
    open_gaps: int = 0
    hidden: int = 0
    complement: int = 0
    alone: bool = False

    def told(self) -> dict[str, Any]:
        """Return the figures as they are shown."""
        how = disclosure(self.required, self.hidden, self.complement)
        return {
            "disclosure": how.value,
            "required": shown(self.required, how),
            "qualified": shown(self.qualified, how),
            "missing": shown(self.missing, how),
            "expiring": shown(self.expiring, how),
            "open_gaps": shown(self.open_gaps, how),
            "single_point_of_failure": self.alone if how is Disclosure.EXACT else None,
        }


def _of(subject: str, about: str | None = None) -> Batch:
    """Return what gives the coverage of what `subject` names in a fulfilment and its competence.

    Args:
        subject: The column.
        about: What it names, where all derived rows that count are about it (`Scope.about`).
    """

    async def coverage(
        scope: Scope, rows: Sequence[Row], arguments: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        ids = [row["id"] for row in rows]
        bind = Bind(scope.moment)
        unit = arguments.get("unit")
        inside = "1"
        if unit is not None:
            inside = f"CASE WHEN {employed_in('f.person_id')(unit, bind)} THEN 1 ELSE 0 END"
        asked = {
            "subject": subject,
            "inside": inside,
            "chosen": among(subject, "ids"),
        }
        values = {**bind.values, **scope.times, "ids": ids}
        asks = scope.about(about, ids)
        found = await _counted(scope, asks, asked, values)
        derived = await _derivations(scope, asks, asked, values)
        return [{**found.get(id_, Counted()).told(), "derivation": derived(id_)} for id_ in ids]

    return coverage


async def _counted(
    scope: Scope, asks: Asks, asked: Mapping[str, str], values: Mapping[str, Any]
) -> dict[str, Counted]:
    """Return the figures of each subject that asks anybody."""
    policy = scope.policy(ASKED)
    seen = f"MIN(CASE WHEN {policy.on('f')} THEN 0 ELSE 1 END)"
    soon = {"soon": text_of(scope.moment + rules.EXPIRING_WITHIN)}
    found: dict[str, Counted] = {}
    for subject, inside, people, *figures in await asks.rows(
        PEOPLE.format(**asked, hidden=seen, lasting=LASTING, ending=ENDING),
        {**values, **soon, **policy.parameters},
    ):
        counted = found.setdefault(subject, Counted())
        if inside:
            counted.required = people
            counted.qualified, counted.missing, counted.expiring = map(int, figures[:3])
            counted.open_gaps, counted.hidden = map(int, figures[3:])
        else:
            counted.complement = people
    for (subject,) in await asks.rows(ON_ONE.format(**asked), values):
        found[subject].alone = True
    return found


async def _derivations(
    scope: Scope, asks: Asks, asked: Mapping[str, str], values: Mapping[str, Any]
) -> Any:
    """Return what says how the coverage of a subject came about."""
    silent = {key for kind in EMPLOYMENT for key in await scope.missing(kind)}
    missing: dict[str, set[str]] = {}
    computed: dict[str, str] = {}
    for subject, systems, at in await asks.rows(DERIVED.format(**asked), values):
        missing.setdefault(subject, set()).update(json.loads(systems))
        computed[subject] = max(at, computed.get(subject, at))

    def derivation(subject: str) -> dict[str, Any]:
        keys = sorted(silent | missing.get(subject, set()))
        return levels.derived(
            {
                "rule_version": rules.RULE_VERSION,
                "computed_at": computed.get(subject, scope.times["now"]),
                "complete": not keys,
                "missing_systems": keys,
            }
        )

    return derivation


of_requirement = _of("f.requirement_id", about="CompetenceRequirement")
of_competence = _of("f.competence_id")
of_area = _of("a.area_id")
