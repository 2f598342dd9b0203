"""Who asks is known by a credential that holds, or told how to get one."""

from datetime import date

import pytest

from hub.models.kinds import Role
from hub.models.organisation import RoleAssignment
from hub.models.ref import Ref
from hub.store import HUB, Store
from tests.web.asking import ADA, code
from tests.web.conftest import Served, served_over, with_people


async def test_who_signs_in_is_known(on_both: Served) -> None:
    assert (await on_both.ask("{ mine }", headers=ADA)).json()["data"]["mine"]


async def test_who_does_not_sign_in_is_told_how(on_both: Served) -> None:
    answer = await on_both.ask("{ mine hello }")

    assert {"mine": None, "hello": "world"} == answer.json()["data"]
    assert "UNAUTHENTICATED" == code(answer)


@pytest.mark.parametrize(
    "sent",
    [
        "Bearer demo:9999",
        "Bearer demo:",
        "Bearer demo:' OR 1=1 --",
        "Bearer demo:" + "9" * 5_000,
        "Bearer x",
        "Basic ZGVtbzoxMDE3",
        "demo:1017",
        "",
    ],
)
async def test_a_credential_that_does_not_hold_is_a_401(on_both: Served, sent: str) -> None:
    answer = await on_both.ask("{ hello }", headers={"Authorization": sent})

    assert (401, "UNAUTHENTICATED") == (answer.status_code, code(answer))
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["Content-Type"].startswith("application/json")


async def test_without_the_demo_nobody_signs_in_by_number(file_store: Store) -> None:
    await with_people(file_store)
    async with served_over(file_store, demo=False) as served:
        assert 401 == (await served.ask("{ hello }", headers=ADA)).status_code


async def test_a_demo_that_others_could_reach_signs_nobody_in(file_store: Store) -> None:
    await with_people(file_store)
    async with served_over(file_store, host="0.0.0.0") as served:  # noqa: S104, the case itself
        assert 401 == (await served.ask("{ hello }", headers=ADA)).status_code


async def test_the_explorer_opens_signed_in_as_who_sees_most(store: Store) -> None:
    await with_people(store)
    role = RoleAssignment(
        id="R-1",
        role=Role.DIRECTOR,
        person=Ref.employee_number("1017"),
        valid_from=date(2020, 1, 1),
    )
    async with served_over(store) as served:
        assert "demo:EMPLOYEE_NUMBER" in (await served.http.get("/graphiql")).text
        async with store.transaction() as tx:
            kept = await tx.keep(
                HUB, "role_assignment", RoleAssignment, [role], fetched_at=tx.moment
            )
            await tx.fold(kept.touched)
        assert "demo:1017" in (await served.http.get("/graphiql")).text


async def test_the_explorer_signs_nobody_in_without_the_demo(file_store: Store) -> None:
    await with_people(file_store)
    async with served_over(file_store, demo=False) as served:
        assert "Bearer" not in (await served.http.get("/graphiql")).text
