"""What makes each story, stated over the whole organisation and not over what was planted.

Each function returns everything of which its condition is true; the laws compare that with what
was planted. Levels follow from evidence as the hub is told to weigh it: finished work, a passed
inspection, a signed rating and a standing certificate show a level.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from hub.demo.organisation.competences import kin
from hub.demo.organisation.model import Organisation, Requirement, Shift

Shown = dict[tuple[str, str], set[int]]


def asked(organisation: Organisation) -> dict[str, list[Requirement]]:
    """Return what each process asks."""
    found: dict[str, list[Requirement]] = defaultdict(list)
    for each in organisation.requirements:
        kind, _, code = each.subject.partition(":code:")
        if kind == "WorkProcess":
            found[code].append(each)
    return found


def begins(organisation: Organisation, shift: Shift) -> datetime:
    """Return when a shift begins."""
    zone = next(each.zone for each in organisation.units if each.code == shift.unit)
    return datetime.combine(shift.day, time(shift.hour), ZoneInfo(zone)).astimezone(UTC)


def finished(organisation: Organisation) -> Iterator[Shift]:
    """Return the shifts that show what their work asks."""
    for shift in organisation.shifts:
        if shift.day < organisation.today and not shift.learning:
            yield shift


def worked(organisation: Organisation) -> Iterator[tuple[str, str, int]]:
    """Return who did what work, and at which level."""
    requirements = asked(organisation)
    for shift in finished(organisation):
        for each in requirements[shift.process]:
            for number in shift.people:
                yield number, each.competence, each.rank


def checked(organisation: Organisation) -> Iterator[tuple[str, str, int]]:
    """Return whose work passed an inspection."""
    requirements = asked(organisation)
    for check in organisation.inspections:
        if check.state == "passed" and check.performer:
            for each in requirements[check.process]:
                yield check.performer, each.competence, each.rank


def certified(organisation: Organisation) -> Iterator[tuple[str, str, int]]:
    """Return who has a certificate in what."""
    for paper in organisation.credentials:
        if paper.status == "VALID":
            yield paper.holder, paper.competence, paper.rank


def rated(organisation: Organisation) -> Iterator[tuple[str, str, int]]:
    """Return whom signed appraisals rate in what, and at which level."""
    for talk in organisation.appraisals:
        if talk.signed:
            for competence, score in talk.ratings:
                yield talk.person, competence, round(score)


def shown(organisation: Organisation) -> Shown:
    """Return every level that evidence shows of somebody in a competence."""
    found: Shown = defaultdict(set)
    for number, competence, rank in chain(
        worked(organisation), checked(organisation), rated(organisation), certified(organisation)
    ):
        found[number, competence].add(rank)
    return found


def masters(organisation: Organisation) -> dict[str, set[str]]:
    """Return who meets each requirement of a process, of those whom it asks today."""
    akin = kin(organisation.competences)
    best: dict[tuple[str, str], int] = {}
    for (number, competence), ranks in shown(organisation).items():
        for each in akin[competence]:
            best[number, each] = max(*ranks, best.get((number, each), 0))
    here, valid = _here(organisation), _valid(organisation)
    units = {each.code: each.unit for each in organisation.processes}
    return {
        each.id: {
            number
            for number in here[units[code]]
            if best.get((number, each.competence), 0) >= each.rank
            and (not each.credential_required or (number, each.competence) in valid)
        }
        for code, requirements in asked(organisation).items()
        for each in requirements
    }


def _here(organisation: Organisation) -> dict[str, set[str]]:
    """Return who works in each unit or below it today."""
    found: dict[str, set[str]] = {each.code: set() for each in organisation.units}
    for person in organisation.people:
        if person.employed(organisation.today):
            found[person.unit].add(person.number)
    for unit in reversed(organisation.units):
        if unit.parent:
            found[unit.parent] |= found[unit.code]
    return found


def _valid(organisation: Organisation) -> set[tuple[str, str]]:
    """Return who has a certificate that holds today, and in what."""
    now = datetime.combine(organisation.today, time(12), UTC)
    return {
        (each.holder, each.competence)
        for each in organisation.credentials
        if each.status == "VALID" and each.since <= now < (each.until or now + timedelta(days=1))
    }


def single_master(organisation: Organisation) -> set[str]:
    """Work of which one person alone meets what it asks, whose last day is in the next month."""
    first = (organisation.today.replace(day=1) + timedelta(days=32)).replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    last = {each.number: each.employments[-1].left for each in organisation.people}
    known = masters(organisation)
    return {
        code
        for code, requirements in asked(organisation).items()
        for each in requirements
        if len(known[each.id]) == 1 and any(_in(last[n], first, after) for n in known[each.id])
    }


def _in(day: date | None, first: date, after: date) -> bool:
    return day is not None and first <= day < after


def expiring_certificate(organisation: Organisation) -> set[str]:
    """Coming shifts for which somebody by law needs a certificate that ends before."""
    requirements = asked(organisation)
    ends = {
        (each.holder, each.competence): each.until
        for each in organisation.credentials
        if each.status == "VALID"
    }
    return {
        shift.uid
        for shift in organisation.shifts
        if shift.day > organisation.today
        for each in requirements[shift.process]
        if each.credential_required and each.enforcement == "BLOCK" and each.legal_basis
        for number in shift.people
        if (until := ends.get((number, each.competence))) is None
        or until <= begins(organisation, shift)
    }


def nonconformity_cluster(organisation: Organisation) -> set[tuple[str, str]]:
    """Units where the lack of one competence is confirmed as a cause three times or more."""
    processes = {each.code: each.unit for each in organisation.processes}
    checks = {each.id: processes[each.process] for each in organisation.inspections}
    units = {each.number: checks[each.inspection] for each in organisation.alerts}
    names = {each.key: each.name for each in organisation.competences}
    counted = Counter(
        (units[each.alert], names[each.competence])
        for each in organisation.causes
        if each.status == "CONFIRMED"
    )
    return {pair for pair, count in counted.items() if count >= 3}


def contradicting_appraisal(organisation: Organisation) -> set[str]:
    """Signed appraisals with a rating below what later work of the person shows."""
    requirements = asked(organisation)
    work: dict[tuple[str, str], list[tuple[date, int]]] = defaultdict(list)
    for shift in finished(organisation):
        for each in requirements[shift.process]:
            for number in shift.people:
                work[number, each.competence].append((shift.day, each.rank))
    return {
        talk.name
        for talk in organisation.appraisals
        if talk.signed
        for competence, score in talk.ratings
        for day, rank in work[talk.person, competence]
        if day > talk.at.date() and rank > score
    }


def rehired(organisation: Organisation) -> set[str]:
    """People whose next employment began after the one before had ended."""
    return {
        person.number
        for person in organisation.people
        for before, after in zip(person.employments, person.employments[1:], strict=False)
        if before.left is not None and before.left < after.joined
    }


def namesakes(organisation: Organisation) -> set[frozenset[str]]:
    """People of one name who work here."""
    found: dict[str, set[str]] = defaultdict(set)
    for person in organisation.people:
        if person.employed(organisation.today):
            found[person.name].add(person.number)
    return {frozenset(numbers) for numbers in found.values() if len(numbers) > 1}


def unmatched_account(organisation: Organisation) -> set[str]:
    """Accounts without a number whose address is nobody's."""
    known = {each.email for person in organisation.people for each in person.employments}
    accounts = [each for person in organisation.people for each in person.accounts]
    return {
        each.id
        for each in (*accounts, *organisation.strangers)
        if not each.numbered and each.email not in known
    }
