"""Laws about reading what changed, page by page."""

from typing import Any

from hub.errors import ExpiredError, SourceError
from hub.sdk.connector import Fetches
from hub.sdk.testing.bench import SIZE, Bench, Mirror, content, fetched, pages
from hub.sdk.testing.law import Chapter, Grade, Tier, holds, law
from hub.sdk.testing.upstream import done
from hub.sdk.testing.wire import repeating


@law(Chapter.PULL, Tier.BRONZE)
async def everything_is_read(bench: Bench) -> None:
    """A reading from the beginning meets every record, and none twice on a page."""
    ids = await bench.fill()
    mirror = Mirror()
    async with bench.opened() as resource:
        await mirror.sync(resource)
    missing = set(ids) - mirror.records.keys()
    holds(not missing, f"{len(missing)} of {len(ids)} records are missing, such as {_one(missing)}")
    aside = mirror.rejected.keys() & set(ids)
    holds(not aside, f"good records are set aside: {_faults(mirror)}")
    for number, page in enumerate(mirror.pages):
        met = [each.id for each in page.records]
        holds(len(met) == len(set(met)), f"page {number} has an id more than once")


@law(Chapter.PULL, Tier.BRONZE)
async def a_reading_goes_on_after_any_page(bench: Bench) -> None:
    """Stopped after any page, a reading that goes on from its checkpoint leaves nothing out."""
    await bench.fill()
    whole = Mirror()
    async with bench.opened() as resource:
        await whole.sync(resource)
    for number in range(len(whole.pages)):
        begun = Mirror()
        for page in whole.pages[: number + 1]:
            begun.take(page)
        async with bench.opened() as resource:
            await begun.sync(resource)
        missing = whole.records.keys() - begun.records.keys()
        holds(not missing, f"after page {number}, {len(missing)} records are left out")
        holds(whole.records == begun.records, f"after page {number}, records differ")


@law(Chapter.PULL, Tier.BRONZE)
async def checkpoints_never_go_back(bench: Bench) -> None:
    """Read one page at a time, a stream ends after as many pages as in one go."""
    await bench.fill()
    whole, halting = Mirror(), Mirror()
    async with bench.opened() as resource:
        await whole.sync(resource)
        for _ in range(len(whole.pages)):
            async for page in pages(resource, halting.checkpoint):
                halting.take(page)
                break
    missing = whole.records.keys() - halting.records.keys()
    holds(not missing, f"after {len(whole.pages)} single pages, {len(missing)} are not yet read")


@law(Chapter.PULL, Tier.BRONZE)
async def a_second_reading_changes_nothing(bench: Bench) -> None:
    """From the last checkpoint on, only what stands at the boundary comes again, and as it was."""
    ids = await bench.fill()
    mirror = Mirror()
    async with bench.opened() as resource:
        await mirror.sync(resource)
        before, checkpoint = dict(mirror.records), mirror.checkpoint
        again, expired = Mirror(records=dict(before), checkpoint=checkpoint), False
        try:
            async for page in pages(resource, checkpoint):
                again.take(page)
        except ExpiredError:
            expired = True
    holds(not expired, "a checkpoint that was just given no longer holds")
    holds(before == again.records, f"{_difference(before, again.records)}, and nothing happened")
    came = {each.id for page in again.pages for each in page.records}
    few = len(came) <= len(ids) // 2 or not bench.upstream.spread or len(ids) < SIZE
    holds(few, f"{len(came)} of {len(ids)} records came again")


@law(Chapter.PULL, Tier.BRONZE)
async def a_new_record_is_seen(bench: Bench) -> None:
    """What is added comes with the next reading, and all else stays."""
    bench.expect("pages")
    await bench.fill()
    mirror = Mirror()
    async with bench.opened() as resource:
        await mirror.sync(resource)
        before = dict(mirror.records)
        new = await done(bench.hand.add(SIZE))
        await mirror.sync(resource)
    holds(new in mirror.records, f"{new} was added and is not there")
    rest = {id_: each for id_, each in mirror.records.items() if id_ != new}
    holds(before == rest, f"{_difference(before, rest)}, and only {new} was added")


@law(Chapter.PULL, Tier.BRONZE)
async def an_update_is_seen(bench: Bench) -> None:
    """What is changed comes with the next reading, under the same id, and all else stays."""
    update, ids = bench.able("update"), await bench.fill()
    mirror = Mirror()
    async with bench.opened() as resource:
        await mirror.sync(resource)
        before, changed = dict(mirror.records), ids[len(ids) // 3]
        await done(update(changed))
        await mirror.sync(resource)
    old, new = before.pop(changed, None), mirror.records.pop(changed, None)
    holds(new is not None, f"{changed} was changed and is gone")
    holds(content(old) != content(new), f"{changed} was changed and reads as before")
    holds(before == mirror.records, f"{_difference(before, mirror.records)}: not the one changed")


@law(Chapter.PULL, Tier.BRONZE)
async def a_deletion_is_told(bench: Bench) -> None:
    """What is deleted is gone after the next reading: told by a page, a sweep or an expiry."""
    delete, ids = bench.able("delete"), await bench.fill()
    mirror = Mirror()
    async with bench.opened() as resource:
        await mirror.sync(resource)
        before, gone = dict(mirror.records), ids[len(ids) // 3]
        await done(delete(gone))
        await mirror.sync(resource)
        afresh = Mirror()
        await afresh.sync(resource)
    holds(gone not in afresh.records, f"{gone} was deleted, and a full reading still meets it")
    holds(gone not in mirror.records, f"{gone} was deleted, and nothing tells")
    del before[gone]
    holds(before == mirror.records, f"{_difference(before, mirror.records)}: not the one deleted")


@law(Chapter.PULL, Tier.BRONZE)
async def a_bad_record_is_set_aside(bench: Bench) -> None:
    """A record that cannot be read is set aside under its id with its fault; its page stands."""
    spoil, ids = bench.able("spoil"), await bench.fill()
    bad, others = ids[len(ids) // 3], {*ids} - {ids[len(ids) // 3]}
    await done(spoil(bad))
    mirror = Mirror()
    async with bench.opened() as resource:
        try:
            await mirror.sync(resource)
        except SourceError as error:
            holds(truth=False, otherwise=f"one bad record ends the reading: {error!r}")
        missing = others - mirror.records.keys()
        holds(not missing, f"{len(missing)} good records are missing, such as {_one(missing)}")
        holds(bad not in mirror.records, f"{bad} cannot be read and is told as a record")
        holds(bad in mirror.rejected, f"{bad} is not set aside; set aside are {_faults(mirror)}")
        holds(mirror.rejected[bad].message, f"{bad} is set aside without a fault")
        if isinstance(resource, Fetches):
            found, _ = await fetched(resource, ids)
            holds(found.keys() == others, f"fetch: {_difference(dict.fromkeys(others), found)}")


@law(Chapter.PULL, Tier.BRONZE)
async def what_changes_between_pages_is_not_missed(bench: Bench) -> None:
    """Whatever happens to records while they are read stands there after the next reading."""
    bench.expect("pages")
    ids = await bench.fill()
    mirror = Mirror()
    async with bench.opened() as resource:
        async for page in pages(resource, None):
            mirror.take(page)
            if len(mirror.records.keys() & set(ids)) > 1:
                break
        read, unread = _sorted(ids, mirror)
        for id_ in (read[0], unread[0]):
            if bench.shows("update"):
                await done(bench.able("update")(id_))
        for id_ in (read[1], unread[1]):
            if bench.shows("delete"):
                await done(bench.able("delete")(id_))
        await done(bench.hand.add(SIZE))
        await mirror.sync(resource)
        await mirror.sync(resource)
        afresh = Mirror()
        await afresh.sync(resource)
    holds(
        afresh.records == mirror.records,
        f"{_difference(afresh.records, mirror.records)} after two readings",
    )


def _sorted(ids: list[str], mirror: Mirror) -> tuple[list[str], list[str]]:
    """Return which ids were met and which not."""
    read = [id_ for id_ in ids if id_ in mirror.records]
    unread = [id_ for id_ in ids if id_ not in mirror.records]
    holds(len(read) > 1, "no page has two of the records")
    holds(len(unread) > 1, "the first page has all records")
    return read, unread


@law(Chapter.PULL, Tier.SILVER)
async def a_page_that_comes_again_stops_the_reading(bench: Bench) -> None:
    """A page that leads to itself, or is given for another, is an error: no loop and no end."""
    bench.expect("pages")
    ids = await bench.fill()
    mirror, failed = Mirror(), False
    async with bench.opened() as resource:
        try:
            async for page in pages(resource, None):
                mirror.take(page)
                if len(mirror.pages) == 1:
                    bench.wire.manner = repeating(bench.wire.exchanges)
        except SourceError:
            failed = True
    missing = set(ids) - mirror.records.keys()
    holds(failed or not missing, f"it ends as if all were read, and {len(missing)} are missing")


@law(Chapter.PULL, Tier.GOLD, Grade.SHOULD)
async def a_strange_checkpoint_is_the_beginning(bench: Bench) -> None:
    """A checkpoint of another version leads to the beginning, at once or as expired."""
    ids = await bench.fill()
    for strange in ("strange", '{"strange": 1}', "[]"):
        mirror = Mirror(checkpoint=strange)
        async with bench.opened() as resource:
            await mirror.sync(resource)
        missing = set(ids) - mirror.records.keys()
        holds(not missing, f"from {strange!r} on, {len(missing)} records are left out")


def _one(ids: set[str]) -> str:
    return min(ids, default="")


def _faults(mirror: Mirror) -> str:
    return "; ".join(f"{id_}: {each.message}" for id_, each in mirror.rejected.items()) or "none"


def _difference(before: dict[str, Any], after: dict[str, Any]) -> str:
    """Return in words in what two mirrors differ."""
    gone, new = before.keys() - after.keys(), after.keys() - before.keys()
    changed = {id_ for id_ in before.keys() & after.keys() if before[id_] != after[id_]}
    parts = {"missing": gone, "more": new, "changed": changed}
    return ", ".join(
        f"{len(ids)} {what} (such as {_one(ids)})" for what, ids in parts.items() if ids
    )


LAWS = (
    everything_is_read,
    a_reading_goes_on_after_any_page,
    checkpoints_never_go_back,
    a_second_reading_changes_nothing,
    a_new_record_is_seen,
    an_update_is_seen,
    a_deletion_is_told,
    a_bad_record_is_set_aside,
    what_changes_between_pages_is_not_missed,
    a_page_that_comes_again_stops_the_reading,
    a_strange_checkpoint_is_the_beginning,
)
