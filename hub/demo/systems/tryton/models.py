"""The models that the pretend Tryton server knows: their fields, defaults and workflows.

Source: the modules party, company and quality of Tryton 8.2, less what no reader of quality records
asks for (addresses, sequences, stock).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Kind(StrEnum):
    """How a field is written on the wire."""

    PLAIN = "plain"
    DATE = "date"
    DATETIME = "datetime"
    MANY2ONE = "many2one"
    ONE2MANY = "one2many"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field; `target` is the model it points at, `back` the field of it that points here."""

    kind: Kind = Kind.PLAIN
    target: str | None = None
    back: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One button of a workflow: from which states to which, and whom it writes down."""

    before: frozenset[str]
    after: str
    marks: str | None = None
    clears: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model.

    Attributes:
        title: what messages call it.
        rec_name: the field, dotted where it is another record's, that names a record.
        deactivates: whether a list leaves out what is no longer active unless asked otherwise.
        locked: fields that only the server writes.
        order: what a list is ordered by unless asked otherwise.
    """

    title: str
    rec_name: str
    fields: Mapping[str, Field]
    required: tuple[str, ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()
    deactivates: bool = False
    order: str = "id"
    steps: Mapping[str, Step] = field(default_factory=dict)


PLAIN = Field()
DATE = Field(kind=Kind.DATE)
DATETIME = Field(kind=Kind.DATETIME)


def _one(target: str) -> Field:
    return Field(kind=Kind.MANY2ONE, target=target)


def _many(target: str, back: str) -> Field:
    return Field(kind=Kind.ONE2MANY, target=target, back=back)


def _fields(**fields: Field) -> Mapping[str, Field]:
    own = {"id": PLAIN, "rec_name": PLAIN, "create_date": DATETIME, "write_date": DATETIME}
    own |= {"create_uid": PLAIN, "write_uid": PLAIN}
    return MappingProxyType(own | fields)


EMPLOYEE = _one("company.employee")
INSPECTED = ("processed_by", "passed_by", "failed_by")

MODELS: Mapping[str, Model] = MappingProxyType(
    {
        "party.party": Model(
            title="Party",
            rec_name="name",
            fields=_fields(name=PLAIN, code=PLAIN, active=PLAIN),
            defaults={"active": True},
            deactivates=True,
            order="name",
        ),
        "company.company": Model(
            title="Company",
            rec_name="party.name",
            fields=_fields(
                party=_one("party.party"), employees=_many("company.employee", "company")
            ),
            required=("party",),
        ),
        "company.employee": Model(
            title="Company Employee",
            rec_name="party.name",
            fields=_fields(
                party=_one("party.party"),
                company=_one("company.company"),
                active=PLAIN,
                start_date=DATE,
                end_date=DATE,
                supervisor=EMPLOYEE,
                subordinates=_many("company.employee", "supervisor"),
            ),
            required=("party", "company"),
            deactivates=True,
            order="rec_name",
        ),
        "quality.control": Model(
            title="Quality Control",
            rec_name="name",
            fields=_fields(
                name=PLAIN,
                operations=PLAIN,
                frequency=PLAIN,
                company=_one("company.company"),
                active=PLAIN,
                points=_many("quality.control.point", "control"),
            ),
            required=("name",),
            defaults={"active": True, "frequency": 1.0, "operations": []},
            deactivates=True,
        ),
        "quality.control.point": Model(
            title="Quality Control Point",
            rec_name="string",
            fields=_fields(
                control=_one("quality.control"),
                name=PLAIN,
                string=PLAIN,
                type_=PLAIN,
                tolerance_lower=PLAIN,
                tolerance_upper=PLAIN,
            ),
            required=("control", "name"),
        ),
        "quality.inspection": Model(
            title="Quality Inspection",
            rec_name="number",
            fields=_fields(
                number=PLAIN,
                reference=PLAIN,
                company=_one("company.company"),
                origin=Field(kind=Kind.REFERENCE),
                control=_one("quality.control"),
                points=PLAIN,
                alerts=_many("quality.alert", "origin"),
                processed_by=EMPLOYEE,
                processed_at=DATETIME,
                passed_by=EMPLOYEE,
                failed_by=EMPLOYEE,
                state=PLAIN,
            ),
            required=("company", "control"),
            defaults={"state": "pending"},
            locked=frozenset({"number", "state"}),
            steps={
                "pending": Step(
                    before=frozenset({"passed", "failed"}),
                    after="pending",
                    clears=(*INSPECTED, "processed_at"),
                ),
                "process": Step(
                    before=frozenset({"pending"}), after="pending", marks="processed_by"
                ),
                "pass_": Step(
                    before=frozenset({"failed"}),
                    after="passed",
                    marks="passed_by",
                    clears=("failed_by",),
                ),
                "fail": Step(
                    before=frozenset({"passed"}),
                    after="failed",
                    marks="failed_by",
                    clears=("passed_by",),
                ),
            },
        ),
        "quality.alert": Model(
            title="Quality Alert",
            rec_name="number",
            fields=_fields(
                number=PLAIN,
                company=_one("company.company"),
                title=PLAIN,
                origin=Field(kind=Kind.REFERENCE),
                description=PLAIN,
                processed_by=EMPLOYEE,
                deferred_by=EMPLOYEE,
                resolved_by=EMPLOYEE,
                state=PLAIN,
            ),
            required=("company", "origin"),
            defaults={"state": "open"},
            locked=frozenset({"number", "state"}),
            steps={
                "open": Step(
                    before=frozenset({"resolved"}),
                    after="open",
                    clears=("processed_by", "deferred_by", "resolved_by"),
                ),
                "process": Step(
                    before=frozenset({"open", "deferred"}),
                    after="processing",
                    marks="processed_by",
                ),
                "defer": Step(
                    before=frozenset({"processing"}),
                    after="deferred",
                    marks="deferred_by",
                    clears=("processed_by",),
                ),
                "resolve": Step(
                    before=frozenset({"processing"}), after="resolved", marks="resolved_by"
                ),
            },
        ),
    }
)
