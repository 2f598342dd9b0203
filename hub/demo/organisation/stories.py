"""Situations that are put into the records on purpose, each beside twice as many near misses.

A story has people and work of its own, so that none disturbs another; the rest of the organisation
is made so that no further one arises by chance.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hub.demo.organisation.accounts import rehired, unmatched_account
from hub.demo.organisation.checks import blame
from hub.demo.organisation.competences import operational
from hub.demo.organisation.draft import Draft
from hub.demo.organisation.facts import AppraisalFact, Cause
from hub.demo.organisation.moments import midnight, next_month
from hub.demo.organisation.people import change, head_of
from hub.demo.organisation.scene import (
    days,
    like,
    rename,
    staged,
    told,
    works,
)
from hub.demo.organisation.units import MIDDLE

LAW = "Railways Act, section 49"
MISSES = 2
FEWEST, MOST = 2, 5
Tell = Callable[[Draft, int, bool], None]


def single_master(draft: Draft, which: int, miss: bool) -> None:
    """Add work that one person masters, who leaves next month.

    Near misses: the one stays; or a second masters it too.
    """
    second = miss and which % 2 == 1
    scene = staged(draft, 2 if second else 1)
    person = scene.cast[0]
    first, last = next_month(draft.today)
    leaves = first + timedelta(days=draft.rng.randint(0, (last - first).days))
    if second or not miss:
        change(draft, person, left=leaves)
    works(draft, scene, scene.cast, coming=2)
    relieving = draft.people[person].employments[-1].left
    told(
        draft,
        "single_master",
        scene,
        near_miss=miss,
        relieving_date=relieving.isoformat() if relieving else "",
        masters=scene.cast,
    )


def expiring_certificate(draft: Draft, which: int, miss: bool) -> None:
    """Add somebody whose certificate ends before a shift that asks for it, and who could replace.

    Near misses: it ends after the shift; its lack is only shown; there is no shift.
    """
    case = ("after", "inform", "no shift")[which % 3] if miss else ""
    law: dict[str, Any] = {"enforcement": "BLOCK", "criticality": "HIGH", "legal_basis": LAW}
    how = {"enforcement": "INFORM"} if case == "inform" else law
    scene = staged(draft, 2, credential_required=True, **how)
    person, colleague = scene.cast
    works(draft, scene, scene.cast)
    day = draft.day(3, 20)
    ends = day + timedelta(days=9) if case == "after" else draft.day(1, (day - draft.today).days)
    name = draft.credential(person, scene.requirement, midnight(ends))
    number = draft.credentials[-1].id
    draft.credential(colleague, scene.requirement, midnight(draft.day(500, 900)))
    shift = None if case == "no shift" else draft.shift(scene.process, day, [person])
    for other in days(draft, colleague, 3, 27, 2):
        if other != day:
            draft.shift(scene.process, other, [colleague])
    told(
        draft,
        "expiring_certificate",
        scene,
        near_miss=miss,
        credential=name,
        credential_id=number,
        valid_until=midnight(ends).isoformat(),
        event=shift.uid if shift else "",
        shift_day=day.isoformat() if shift else "",
        replacements=(colleague,),
        enforcement=scene.requirement.enforcement,
    )


def nonconformity_cluster(draft: Draft, which: int, miss: bool) -> None:
    """Add work that went wrong again and again for lack of one competence.

    Near misses: nobody confirmed the causes; or they are causes of different kinds.
    """
    different = miss and which % 2 == 1
    scene = staged(draft, 1)
    works(draft, scene, scene.cast)
    adviser = head_of(draft, draft.units[scene.process.unit].supported_by or "CD")
    keys = [scene.requirement.competence] * MOST
    if different:
        keys = _unblamed(draft, scene.process.unit)
    made: list[Cause] = []
    for key in keys[: draft.rng.randint(3, MOST)]:
        inspection = draft.inspection(
            scene.process, draft.day(-80, -6), scene.cast[0], passed=False
        )
        alert = draft.alert(inspection, f"{scene.process.name}: not as agreed")
        confirming = None if miss and not different else adviser
        made.append(blame(draft, alert, key, by=confirming))
    if not miss or different:
        draft.blamed[scene.process.unit].update(each.competence for each in made)
    told(
        draft,
        "nonconformity_cluster",
        scene,
        near_miss=miss,
        alerts=tuple(each.alert for each in made),
        causes=tuple(draft.competences[each.competence].ref for each in made),
        status=made[0].status,
        performer=scene.cast[0],
    )


def _unblamed(draft: Draft, unit: str) -> list[str]:
    """Return competences that nothing was put down to in a unit yet."""
    known = [each.key for each in operational(tuple(draft.competences.values()))]
    spared = set(known) - draft.reserved[unit] - draft.blamed[unit]
    return draft.rng.sample(sorted(spared), min(MOST, len(spared)))


def contradicting_appraisal(draft: Draft, which: int, miss: bool) -> None:
    """Add an appraisal that rates somebody lower than what newer work shows.

    Near misses: the rating agrees with the work; or there is no work.
    """
    agrees, idle = miss and which % 2 == 0, miss and which % 2 == 1
    scene = staged(draft, 1, rank=(3, 4))
    if not idle:
        works(draft, scene, scene.cast, coming=1)
    asked = scene.requirement.rank
    rank = asked if agrees else asked - draft.rng.randint(1, 2)
    day = draft.day(-180, -75)
    appraisal = AppraisalFact(
        name=f"HR-APR-{draft.next('appraisal'):05}",
        person=scene.cast[0],
        reviewer=draft.people[scene.cast[0]].manager,
        at=draft.moment(day),
        ratings=((scene.requirement.competence, float(rank)),),
    )
    draft.appraisals.append(appraisal)
    told(
        draft,
        "contradicting_appraisal",
        scene,
        near_miss=miss,
        appraisal=appraisal.name,
        completed_on=day.isoformat(),
        rated_rank=str(rank),
        work_rank="" if idle else str(asked),
    )


def namesakes(draft: Draft, _: int, miss: bool) -> None:
    """Add two people of one name who master the same work of a station.

    Near misses: their names differ in one letter.
    """
    scene = staged(draft, 2)
    one = draft.people[scene.cast[0]]
    last = like(draft, one.last, one.first) if miss else one.last
    rename(draft, scene.cast[1], one.first, last)
    works(draft, scene, scene.cast, coming=1)
    mails = tuple(draft.people[number].email for number in scene.cast)
    told(draft, "namesakes", scene, near_miss=miss, emails=mails)


TELLERS: dict[str, Tell] = {
    "expiring_certificate": expiring_certificate,
    "namesakes": namesakes,
    "single_master": single_master,
    "rehired": rehired,
    "nonconformity_cluster": nonconformity_cluster,
    "contradicting_appraisal": contradicting_appraisal,
    "unmatched_account": unmatched_account,
}


def tell(draft: Draft) -> None:
    """Add every kind of story, two to five times each, as far as there are people for it.

    Its near misses are in the same station, as far as there are people left in it.
    """
    most = MOST if draft.size >= 2 * MIDDLE else FEWEST
    for kind, tale in TELLERS.items():
        draft.begin(kind)
        for which in range(draft.rng.randint(FEWEST, most)):
            draft.begin(f"{kind} {which}")
            draft.place = None
            tale(draft, which, False)
            draft.place = str(draft.stories[-1].facts.get("unit", ""))
            for miss in range(MISSES):
                draft.begin(f"{kind} {which} {miss}")
                tale(draft, MISSES * which + miss, True)
    draft.place = None
