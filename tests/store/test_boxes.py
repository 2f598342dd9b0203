"""What waits to be written out is delivered once; what was delivered in is worked off once."""

from datetime import timedelta

from hub.store import Store, inbox, outbox
from hub.store.inbox import Delivery
from hub.store.outbox import Letter
from tests.conftest import Clock

LETTER = Letter(id="a:1", system="planning", action_id="a", body={"uid": "S1"})
DELIVERY = Delivery(id="hr:1", system="hr", headers={"x-id": "1"}, body='{"id": 1}')


async def test_a_letter_posted_twice_is_due_once(store: Store) -> None:
    async with store.transaction() as tx:
        await outbox.post(tx, LETTER)
        await outbox.post(tx, LETTER)
        assert [LETTER] == await outbox.due(tx)


async def test_a_delivered_letter_is_due_no_more(store: Store) -> None:
    async with store.transaction() as tx:
        await outbox.post(tx, LETTER)
        await outbox.delivered(tx, LETTER.id)
        await outbox.post(tx, LETTER)
        assert [] == await outbox.due(tx)


async def test_a_failed_letter_waits_for_its_time(store: Store, clock: Clock) -> None:
    async with store.transaction() as tx:
        await outbox.post(tx, LETTER)
        later = tx.moment + timedelta(minutes=5)
        await outbox.failed(tx, LETTER.id, "503", later)
        assert [] == await outbox.due(tx)
    clock.wait(minutes=6)
    async with store.transaction() as tx:
        assert [1] == [each.attempts for each in await outbox.due(tx)]
        await outbox.failed(tx, LETTER.id, "503", None)
        assert [] == await outbox.due(tx)


async def test_a_delivery_is_known_the_second_time(store: Store) -> None:
    async with store.transaction() as tx:
        assert await inbox.receive(tx, DELIVERY)
        assert not await inbox.receive(tx, DELIVERY)
        assert [DELIVERY] == await inbox.waiting(tx)
        await inbox.done(tx, DELIVERY.id)
        assert [] == await inbox.waiting(tx)
        assert not await inbox.receive(tx, DELIVERY)
