"""What no system of the demo organisation holds: the files that `hub import` takes in."""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from hub.demo.organisation.model import Organisation
from hub.demo.organisation.owned import agreements, competences, decisions, offices, terms

Rows = list[dict[str, Any]]

TABLES: Mapping[str, Callable[[Organisation], Rows]] = {
    "competence_area": competences.areas,
    "work_process": decisions.processes,
    "competence_requirement": decisions.requirements,
    "competence_cause": decisions.causes,
    "credential": decisions.credentials,
    "role_assignment": offices.roles,
    "development_agreement": agreements.agreements,
    "agreed_result": agreements.results,
    "agreed_facility": agreements.facilities,
    "ambition": agreements.ambitions,
    "contest": agreements.objections,
    "term_link": terms.links,
}
"""Files with a line for each record."""

LISTS: Mapping[str, Callable[[Organisation], Rows]] = {
    "proficiency_scale": competences.scales,
    "competence": competences.competences,
    "competence_centre": offices.centres,
    "intervention": competences.interventions,
}
"""Files whose records hold lists of values."""


def write(organisation: Organisation, folder: Path) -> None:
    """Write all files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in TABLES.items():
        _write_table(folder / f"{name}.csv", rows(organisation))
    for name, rows in LISTS.items():
        text = yaml.safe_dump(rows(organisation), sort_keys=False, allow_unicode=True)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def _write_table(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value
