"""Laws about writing changes of single records."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hub.errors import ConflictError
from hub.sdk.connector import Pulls
from hub.sdk.records import Change
from hub.sdk.testing.bench import Bench, Mirror, content, fetched
from hub.sdk.testing.law import Chapter, NotShownError, Tier, UnfitError, holds, law
from hub.sdk.testing.trying import raised
from hub.sdk.testing.upstream import done
from hub.sdk.testing.wire import READING, Exchange, refusing


async def _two(bench: Bench, resource: Any) -> tuple[Any, Any]:
    """Return two records that differ in all that may be written."""
    ids = await bench.fill()
    found, _ = await fetched(resource, ids[:2])
    holds(found.keys() == set(ids[:2]), f"fetch finds {len(found)} of two records")
    one, other = (found[id_] for id_ in ids[:2])
    alike = [name for name in resource.writable if getattr(one, name) == getattr(other, name)]
    if alike:
        raise UnfitError(f"the first two records it adds are alike in {', '.join(alike)}")
    return one, other


def _change(one: Any, other: Any, fields: Iterable[str], key: str = "key-1") -> Change[Any]:
    """Return the change that gives `one` these fields of `other`; all else is of `other` too."""
    kept = {"id": one.id, "source_version": one.source_version, "changed_at": one.changed_at}
    return Change(after=replace(other, **kept, origin=None), fields=frozenset(fields), key=key)


@law(Chapter.WRITE, Tier.GOLD)
async def what_is_written_is_read(bench: Bench) -> None:
    """After a write the record is as it was to be: as answered, as fetched and as pulled."""
    async with bench.opened() as resource:
        one, other = await _two(bench, resource)
        mirror = Mirror()
        if isinstance(resource, Pulls):
            await mirror.sync(resource)
        fields = list(resource.writable)
        answered = await resource.write(_change(one, other, fields))
        wanted = replace(one, **{name: getattr(other, name) for name in fields})
        holds(content(wanted) == content(answered), f"the answer is {answered}")
        found, _ = await fetched(resource, [one.id])
        holds(found.get(one.id) == answered, f"fetched is {found.get(one.id)}, not the answer")
        if isinstance(resource, Pulls):
            await mirror.sync(resource)
            pulled = mirror.records.get(one.id)
            holds(pulled == answered, f"pulled is {pulled}, not the answer")


@law(Chapter.WRITE, Tier.GOLD)
async def the_mark_comes_back(bench: Bench) -> None:
    """A record that the hub wrote carries the origin mark `hub:{key}`, now and when read again."""
    async with bench.opened() as resource:
        one, other = await _two(bench, resource)
        change = _change(one, other, resource.writable)
        answered = await resource.write(change)
        found, _ = await fetched(resource, [one.id])
        marks = {"answered": answered.origin, "fetched": found[one.id].origin}
        if isinstance(resource, Pulls):
            mirror = Mirror()
            await mirror.sync(resource)
            marks["pulled"] = mirror.records[one.id].origin
    for where, mark in marks.items():
        holds(mark == change.origin, f"{where}: the mark is {mark!r}, not {change.origin!r}")


@law(Chapter.WRITE, Tier.GOLD)
async def the_same_key_has_one_effect(bench: Bench) -> None:
    """The same key twice has one effect: the system then tells the record just as before."""
    async with bench.opened() as resource:
        one, other = await _two(bench, resource)
        change = _change(one, other, resource.writable)
        seen, answers = [], []
        for _ in range(2):
            answers.append(await resource.write(change))
            before = len(bench.wire.exchanges)
            await fetched(resource, [one.id])
            seen.append(bench.wire.said(before))
        sent = [each for each in bench.wire.exchanges if each.method not in READING]
    holds(sent, "nothing was sent")
    holds(seen[0] == seen[1], f"two effects; {len(sent)} writing requests reached the system")
    holds(answers[0] == answers[1], "the second answer is another than the first")


@law(Chapter.WRITE, Tier.GOLD)
async def only_what_may_be_written_is_written(bench: Bench) -> None:
    """Only fields that are `writable` and named by the change are written."""
    async with bench.opened() as resource:
        one, other = await _two(bench, resource)
        for number, name in enumerate(resource.writable):
            (before,) = (await fetched(resource, [one.id]))[0].values()
            await resource.write(_change(before, other, [name], key=f"key-{number}"))
            (after,) = (await fetched(resource, [one.id]))[0].values()
            wanted = replace(before, **{name: getattr(other, name)})
            holds(
                content(wanted) == content(after),
                f"{name} was to change, and the record is {after}",
            )


@law(Chapter.WRITE, Tier.GOLD)
async def a_conflict_is_told(bench: Bench) -> None:
    """Status 409 or 412 becomes a ConflictError."""
    async with bench.opened() as resource:
        one, other = await _two(bench, resource)
        for status in (409, 412):
            bench.wire.manner = refusing(status, only=_writes)
            error = await raised(resource.write(_change(one, other, resource.writable)))
            holds(isinstance(error, ConflictError), f"status {status}: {error!r}")


def _writes(exchange: Exchange) -> bool:
    return exchange.method not in READING


@law(Chapter.WRITE, Tier.GOLD)
async def what_was_changed_meanwhile_is_not_overwritten(bench: Bench) -> None:
    """A change of a version that is no longer there is a ConflictError, and nothing is written."""
    update = bench.able("update")
    async with bench.opened() as resource:
        one, other = await _two(bench, resource)
        if one.source_version is None:
            raise NotShownError("its records have no version")
        await done(update(one.id))
        theirs, _ = await fetched(resource, [one.id])
        error = await raised(resource.write(_change(one, other, resource.writable)))
        holds(isinstance(error, ConflictError), f"{error!r}")
        now, _ = await fetched(resource, [one.id])
    holds(theirs == now, "it was refused and yet written")


LAWS = (
    what_is_written_is_read,
    the_mark_comes_back,
    the_same_key_has_one_effect,
    only_what_may_be_written_is_written,
    a_conflict_is_told,
    what_was_changed_meanwhile_is_not_overwritten,
)
