from hub.models.kinds import SystemKind
from hub.models.person import Person
from hub.store import Origin, Store

HR = Origin(key="hr", kind=SystemKind.HRIS)


async def test_a_kept_person_is_read_back(store: Store) -> None:
    async with store.transaction() as tx:
        jan = Person(id="E1", display_name="Jan", employee_number="17")
        kept = await tx.keep(HR, "employee", Person, [jan], fetched_at=tx.moment)
        await tx.fold(kept.touched)
    async with store.snapshot() as snapshot:
        assert [("Jan",)] == await snapshot.rows("SELECT display_name FROM person")
