"""Writing records of the pretend Tryton server: what it fills in, refuses, and lets happen next."""

from collections.abc import Mapping
from typing import Any

from hub.demo.systems.state import Change, Documents, Json
from hub.demo.systems.tryton.models import MODELS, Kind, Step
from hub.demo.systems.tryton.records import field_of, model_of
from hub.demo.systems.tryton.values import text

USER = 1
NUMERIC = ("integer", "float", "numeric")


class UserError(Exception):
    """What the server answers with 400, in words for its user."""

    def __init__(self, message: str, description: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.description = description


class Writing:
    """The writes of one request, in the context that it gives (company, employee)."""

    def __init__(self, documents: Documents, context: Mapping[str, Any]) -> None:
        self._documents = documents
        self._context = context

    def create(self, name: str, given: Json) -> Json:
        """Create a record, and those given within it (`["create", [values, …]]`)."""
        changes: list[Change] = []
        record = self._made(name, given, changes)
        self._documents.write(*changes)
        return record

    def update(self, name: str, record: Json, given: Json) -> Json:
        """Write fields of a record."""
        model = model_of(name)
        for field in given:
            field_of(name, field)
            if field in model.locked:
                raise UserError(
                    f'You are not allowed to modify the field "{field.title()}" of "{model.title}".'
                )
        after = {**record, **given}
        self._check(name, after)
        return self._written(name, after)

    def delete(self, name: str, record: Json) -> None:
        """Delete a record that no other needs."""
        if name == "quality.inspection" and record.get("state") != "pending":
            raise UserError(
                f'To delete inspection "{record.get("number")}" you must reset its state to '
                "pending."
            )
        for other, model in MODELS.items():
            for field in model.required:
                if model.fields[field].target == name and self._used(other, field, record["id"]):
                    raise UserError(
                        "The records could not be deleted because they are used by field "
                        f'"{field.title()}" of "{model.title}".'
                    )
        self._documents.write(Change(collection=name, id=str(record["id"]), body=None))

    def press(self, name: str, record: Json, button: str) -> Json:
        """Press a button of the workflow of a record."""
        model = model_of(name)
        step = model.steps[button]
        if record.get("state") not in step.before:
            raise UserError(
                f'You can not call "{button}" on "{record.get("number")}" of "{model.title}".'
            )
        if name == "quality.inspection" and button == "process":
            return self._inspected(record, step)
        after = self._stepped(record, step)
        if name == "quality.inspection" and button == "fail":
            self._alert(after)
        return self._written(name, after)

    def _inspected(self, record: Json, step: Step) -> Json:
        """Let an inspection pass or fail by its points; one that fails opens an alert."""
        failed = [
            point
            for point in self._points(record)
            if not _within(point, (record.get("points") or {}).get(point.get("name")))
        ]
        steps = model_of("quality.inspection").steps
        outcome = steps["fail"] if failed else steps["pass_"]
        after = self._stepped(self._stepped(record, step), outcome)
        after["processed_at"] = text(self._documents.now().replace(microsecond=0))
        if failed:
            self._alert(after)
        return self._written("quality.inspection", after)

    def _stepped(self, record: Json, step: Step) -> Json:
        after = {**record, "state": step.after, **dict.fromkeys(step.clears)}
        if step.marks is not None:
            after[step.marks] = self._context.get("employee")
        return after

    def _points(self, inspection: Json) -> list[Json]:
        return [
            document.body
            for document in self._documents.all("quality.control.point")
            if document.body.get("control") == inspection.get("control")
        ]

    def _alert(self, inspection: Json) -> None:
        origin = f"quality.inspection,{inspection['id']}"
        if not self._used("quality.alert", "origin", origin):
            self.create("quality.alert", {"company": inspection.get("company"), "origin": origin})

    def _made(self, name: str, given: Json, changes: list[Change]) -> Json:
        model = model_of(name)
        within: list[tuple[str, str, Json]] = []
        values: Json = {}
        for field, value in given.items():
            declared = field_of(name, field)
            if declared.kind == Kind.ONE2MANY:
                within += [
                    (str(declared.target), str(declared.back), each)
                    for action, rows in value or ()
                    for each in (rows if action == "create" else ())
                ]
            else:
                values[field] = value
        id_ = self._next_id(name, changes)
        company = {"company": self._context.get("company")} if "company" in model.fields else {}
        record: Json = {
            **dict.fromkeys(model.fields),
            **model.defaults,
            **company,
            **values,
            "id": id_,
            "create_date": text(self._documents.now()),
            "create_uid": USER,
            "write_date": None,
            "write_uid": None,
        }
        if "number" in model.fields and not record.get("number"):
            record["number"] = self._next_number(name)
        self._check(name, record)
        changes.append(Change(collection=name, id=str(id_), body=record))
        for target, back, each in within:
            self._made(target, {**each, back: id_}, changes)
        return record

    def _check(self, name: str, record: Json) -> None:
        model = model_of(name)
        for field in model.required:
            if record.get(field) in (None, ""):
                raise UserError(
                    f'A value is required for field "{field.title()}" in record '
                    f'"{record.get("number", record["id"])}" of "{model.title}".'
                )
        code = record.get("code")
        if name == "party.party" and code and self._used(name, "code", code, but=record["id"]):
            raise UserError("The code on party must be unique.")

    def _used(self, name: str, field: str, value: Any, *, but: int | None = None) -> bool:
        return any(
            document.body.get(field) == value and document.body["id"] != but
            for document in self._documents.all(name)
        )

    def _next_id(self, name: str, changes: list[Change]) -> int:
        taken = [document.body["id"] for document in self._documents.all(name)]
        taken += [int(change.id) for change in changes if change.collection == name]
        taken += [int(document.id) for document in self._documents.since(name, 0)]
        return max(taken, default=0) + 1

    def _next_number(self, name: str) -> str:
        numbers = [str(document.body.get("number")) for document in self._documents.all(name)]
        return str(max((int(each) for each in numbers if each.isdecimal()), default=0) + 1)

    def _written(self, name: str, record: Json) -> Json:
        after = {**record, "write_date": text(self._documents.now()), "write_uid": USER}
        self._documents.write(Change(collection=name, id=str(record["id"]), body=after))
        return after


def _within(point: Json, value: Any) -> bool:
    if point.get("type_") == "boolean":
        return bool(value)
    if point.get("type_") not in NUMERIC:
        return True
    if not isinstance(value, int | float):
        return False
    low, high = point.get("tolerance_lower"), point.get("tolerance_upper")
    return (low is None or low <= value) and (high is None or value <= high)
