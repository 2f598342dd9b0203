"""Reading records of the pretend Tryton server: fields along dots, domains, orders.

Source: the behaviour of Tryton 8.2, seen on a running server. What that server answers with a
traceback (an unknown model, field or operator, a dot behind a reference) is a `ServerError` here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from hub.demo.systems.state import Documents, Json
from hub.demo.systems.tryton.models import MODELS, Field, Kind, Model
from hub.demo.systems.tryton.values import encoded
from hub.demo.systems.wire import rank

Test = Callable[[Json], bool]


class ServerError(Exception):
    """What the server answers with 500 and the text of its exception."""


class Records:
    """The records of all models, for the length of one request."""

    def __init__(self, documents: Documents, today: str) -> None:
        self._documents = documents
        self._today = today
        self._backs: dict[tuple[str, str], dict[Any, list[int]]] = {}

    def get(self, model: str, id_: Any) -> Json | None:
        """Return one record, active or not."""
        document = self._documents.get(model, str(id_))
        return None if document is None else document.body

    def search(
        self, model: str, domain: Any, order: Any = None, *, active_test: bool = True
    ) -> list[Json]:
        """Return the records within a domain, in an order."""
        test = self._within(model, domain)
        if active_test and model_of(model).deactivates and not _mentions(domain, "active"):
            active = self._within(model, ["active", "=", True])
            found = [each for each in self._all(model) if active(each) and test(each)]
        else:
            found = [each for each in self._all(model) if test(each)]
        found.sort(key=lambda each: each["id"])
        for path, way in reversed(order or [[model_of(model).order, "ASC"]]):
            descending = str(way).upper().startswith("DESC")
            found.sort(key=lambda each: self._rank(model, each, path), reverse=descending)
        return found

    def read(self, model: str, record: Json, fields: Iterable[str]) -> Json:
        """Return the fields of a record as they go out; what stands behind a dot is nested."""
        read: Json = {}
        nested: dict[str, list[str]] = {}
        for path in (*fields, "id", "__name__"):
            name, _, rest = path.partition(".")
            if rest:
                nested.setdefault(name, []).append(rest)
            elif name == "__name__":
                read[name] = model
            else:
                kind = field_of(model, name).kind
                read[name] = encoded(kind, self.value(model, record, name))
        for name, paths in nested.items():
            read[name] = self._read_behind(model, record, name, paths)
        return read

    def value(self, model: str, record: Json, name: str) -> Any:
        """Return one field of a record as it is kept, computed where Tryton computes it."""
        field = field_of(model, name)
        if name == "rec_name":
            return next(self._along(model, record, model_of(model).rec_name), None)
        if name == "active" and model == "company.employee":
            return _employed(record, self._today)
        if field.kind == Kind.ONE2MANY:
            return self._back(field).get(_pointer(model, field, record["id"]), [])
        return record.get(name)

    def _read_behind(self, model: str, record: Json, name: str, paths: Sequence[str]) -> Any:
        field = field_of(model, name)
        if field.target is None:
            raise ServerError(f"'{field.kind.title()}' object has no attribute 'get_target'")
        value = self.value(model, record, name)
        targets = [self.get(field.target, each) for each in _listed(value)]
        read = [self.read(field.target, each, paths) for each in targets if each is not None]
        if field.kind == Kind.ONE2MANY:
            return read
        return read[0] if read else None

    def _all(self, model: str) -> Iterator[Json]:
        return (document.body for document in self._documents.all(model))

    def _back(self, field: Field) -> Mapping[Any, list[int]]:
        assert field.target is not None  # noqa: S101  a field to many has both
        assert field.back is not None  # noqa: S101
        index = self._backs.get((field.target, field.back))
        if index is None:
            index = self._backs[field.target, field.back] = {}
            for record in self._all(field.target):
                index.setdefault(record.get(field.back), []).append(record["id"])
        return index

    def _along(self, model: str, record: Json, path: str) -> Iterator[Any]:
        name, _, rest = path.partition(".")
        value = self.value(model, record, name)
        field = field_of(model, name)
        if not rest:
            yield from _listed(value) if field.kind == Kind.ONE2MANY else (value,)
            return
        target = field.target
        if field.kind == Kind.REFERENCE and isinstance(value, str):
            target, _, value = value.partition(",")
        if target is None:
            raise ServerError(f"'{field.kind.title()}' object has no attribute 'get_target'")
        for each in _listed(value):
            behind = self.get(target, each)
            if behind is not None:
                yield from self._along(target, behind, rest)

    def _rank(self, model: str, record: Json, path: str) -> tuple[int, float, str]:
        return rank(next(self._along(model, record, path), None))

    def _within(self, model: str, domain: Any) -> Test:
        if not domain:
            return lambda _: True
        if not isinstance(domain, list):
            raise ServerError(f"invalid domain {domain!r}")
        if _is_clause(domain):
            return self._clause(model, domain)
        either = domain[0] == "OR"
        parts = domain[1:] if domain[0] in ("AND", "OR") else domain
        tests = [self._within(model, part) for part in parts]
        if either:
            return lambda record: any(test(record) for test in tests)
        return lambda record: all(test(record) for test in tests)

    def _clause(self, model: str, clause: Sequence[Any]) -> Test:
        path, operator, wanted, *targets = clause
        if operator not in OPERATORS:
            raise ServerError(f"'{operator}'")
        name, dot, _ = path.partition(".")
        if field_of(model, name).kind == Kind.REFERENCE and dot and not targets:
            raise ServerError("not enough values to unpack (expected 4, got 3)")
        holds = OPERATORS[operator]

        def test(record: Json) -> bool:
            if targets and not str(record.get(name)).startswith(f"{targets[0]},"):
                return False
            return any(holds(value, wanted) for value in self._along(model, record, path))

        return test


def model_of(name: str) -> Model:
    """Return a model.

    Raises:
        ServerError: there is none of that name.
    """
    if name not in MODELS:
        raise ServerError(f"'{name}'")
    return MODELS[name]


def field_of(model: str, name: str) -> Field:
    """Return a field of a model.

    Raises:
        ServerError: it has none of that name.
    """
    fields = model_of(model).fields
    if name not in fields:
        raise ServerError(f"'{name}'")
    return fields[name]


def _is_clause(domain: Sequence[Any]) -> bool:
    return (
        len(domain) >= len(("field", "operator", "value"))
        and isinstance(domain[0], str)
        and isinstance(domain[1], str)
        and domain[0] not in ("AND", "OR")
    )


def _mentions(domain: Any, name: str) -> bool:
    if not isinstance(domain, list) or not domain:
        return False
    return domain[0] == name or any(_mentions(part, name) for part in domain)


def _employed(record: Json, today: str) -> bool:
    began = str(record.get("start_date") or "")
    ended = str(record.get("end_date") or "9999-12-31")
    return began <= today <= ended


def _listed(value: Any) -> Sequence[Any]:
    if isinstance(value, list):
        return value
    return () if value is None else (value,)


def _pointer(model: str, field: Field, id_: int) -> Any:
    """Return what the other side of a field to many holds: an id, or a reference."""
    assert field.target is not None  # noqa: S101  a field to many has both
    assert field.back is not None  # noqa: S101
    back = field_of(field.target, field.back)
    return f"{model},{id_}" if back.kind == Kind.REFERENCE else id_


def _like(value: Any, pattern: Any) -> bool:
    text, wanted = str(value or "").casefold(), str(pattern).casefold()
    plain = wanted.strip("%")
    match wanted.startswith("%"), wanted.endswith("%"):
        case True, True:
            return plain in text
        case True, False:
            return text.endswith(plain)
        case False, True:
            return text.startswith(plain)
        case _:
            return text == plain


def _ordered(holds: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def test(value: Any, wanted: Any) -> bool:
        if value is None or wanted is None or isinstance(value, str) != isinstance(wanted, str):
            return False
        return holds(value, wanted)

    return test


OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": lambda value, wanted: bool(value == wanted),
    "!=": lambda value, wanted: bool(value != wanted),
    "<": _ordered(lambda value, wanted: bool(value < wanted)),
    "<=": _ordered(lambda value, wanted: bool(value <= wanted)),
    ">": _ordered(lambda value, wanted: bool(value > wanted)),
    ">=": _ordered(lambda value, wanted: bool(value >= wanted)),
    "in": lambda value, wanted: value in _listed(wanted),
    "not in": lambda value, wanted: value not in _listed(wanted),
    "like": _like,
    "ilike": _like,
    "not like": lambda value, wanted: not _like(value, wanted),
    "not ilike": lambda value, wanted: not _like(value, wanted),
}
