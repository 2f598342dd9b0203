"""A pretend Acme Appraise, and the hand that changes it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hub.models.appraisal import PerformanceGoal
from hub.sdk import Secret
from hub.sdk.testing import Hand, Upstream
from tests.sdk.acme import AcmeSettings

TOKEN = "acme-token-1234"


class Acme:
    """The goals, and every change of them; the last of each counts."""

    def __init__(self) -> None:
        self.goals: dict[str, dict[str, Any]] = {}
        self.numbers: dict[str, int] = {}
        self.done: dict[str, dict[str, Any]] = {}

    def change(self, id_: str, **values: Any) -> dict[str, Any]:
        number = max(self.numbers.values(), default=0) + 1
        moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)
        known = self.goals.get(id_, {"id": id_, "staff_no": f"E-{id_}", "origin": None})
        stamp = {"updated_at": moment.isoformat(), "version": number}
        self.goals[id_], self.numbers[id_] = known | values | stamp, number
        return self.goals[id_]

    def add(self, number: int) -> str:
        id_ = str(number + 1)
        self.change(id_, title=f"Goal {id_}", progress=number / 100)
        return id_

    def delete(self, id_: str) -> None:
        self.change(id_)
        del self.goals[id_]

    async def whoami(self, _: Request) -> Response:
        return JSONResponse({"name": "hub"})

    async def list(self, request: Request) -> Response:
        asked = request.query_params
        if "ids" in asked:
            ids = asked["ids"].split("\n")
            return JSONResponse({"goals": [g for id_, g in self.goals.items() if id_ in ids]})
        after, size = int(asked["after"]), int(asked["size"])
        rest = sorted((n, id_) for id_, n in self.numbers.items() if n > after)
        page = [{"number": n, "id": id_, "goal": self.goals.get(id_)} for n, id_ in rest[:size]]
        return JSONResponse({"changes": page, "more": len(rest) > size})

    async def patch(self, request: Request) -> Response:
        id_, body = request.path_params["id"], await request.json()
        key = request.headers.get("idempotency-key", f"none {len(self.done)} {self.numbers[id_]}")
        if key not in self.done:
            if body.pop("version") != str(self.goals[id_]["version"]):
                return JSONResponse({"error": "changed meanwhile"}, 409)
            self.done[key] = self.change(id_, **body)
        return JSONResponse(self.done[key])

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        routes = [
            Route("/whoami", self.whoami),
            Route("/goals", self.list),
            Route("/goals/{id}", self.patch, methods=["PATCH"]),
        ]
        allowed = Request(scope).headers.get("authorization") == f"Bearer {TOKEN}"
        app = Starlette(routes=routes) if allowed else Response(status_code=401)
        await app(scope, receive, send)


def upstream() -> Upstream:
    """Return one in which nothing happened yet."""
    acme = Acme()
    return Upstream(
        application=acme,
        settings=AcmeSettings(base_url="http://acme.test", token=Secret(TOKEN), page_size=10),
        hands={
            PerformanceGoal: Hand(
                add=acme.add,
                update=lambda id_: acme.change(id_, progress=0.99),
                delete=acme.delete,
                spoil=lambda id_: acme.change(id_, title=None),
            )
        },
    )
