"""The units of the demo organisation: a directorate, four business units, stations and regions."""

from dataclasses import dataclass
from random import Random

from hub.demo.organisation.model import Unit

PLACES = (
    ("UT", "Utrecht"),
    ("ASD", "Amsterdam"),
    ("RTD", "Rotterdam"),
    ("GVC", "Den Haag"),
    ("EHV", "Eindhoven"),
    ("GN", "Groningen"),
    ("LW", "Leeuwarden"),
    ("ZL", "Zwolle"),
    ("AH", "Arnhem"),
    ("NM", "Nijmegen"),
    ("MT", "Maastricht"),
    ("BD", "Breda"),
    ("TB", "Tilburg"),
    ("HT", "Den Bosch"),
    ("AMF", "Amersfoort"),
    ("APD", "Apeldoorn"),
    ("ES", "Enschede"),
    ("HLM", "Haarlem"),
    ("LEDN", "Leiden"),
    ("RSD", "Roosendaal"),
    ("VL", "Venlo"),
    ("HGL", "Hengelo"),
)
FAR = (("LIS", "Lisboa"), ("OPO", "Porto"), ("FAO", "Faro"), ("BRG", "Braga"), ("CBR", "Coimbra"))
FAR_ZONE = "Europe/Lisbon"
COMPANIES = ("Noordspoor", "Zuiderlijn", "Vlietrail", "Kustspoor", "Rijnlijn", "Veluwerail")
UNITS_OF_WORK = ("Intercity", "Regional", "Freight", "International", "Night trains", "Light rail")
DEPARTMENTS = (
    "Maintenance",
    "Cleaning",
    "Logistics",
    "Purchasing",
    "Service",
    "Fleet",
    "Timetable",
)
REGIONS = (("N", "North"), ("E", "East"), ("S", "South"), ("W", "West"))
LARGE, MIDDLE = 1000, 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The units of an organisation, and what it is called."""

    company: str
    units: tuple[Unit, ...]


def layout(rng: Random, people: int) -> Layout:
    """Return the units of an organisation of so many people, each after the one it belongs to."""
    company = rng.choice(COMPANIES)
    short = company[0]
    top = ("CD", "Central directorate", "LEGAL_ENTITY", None)
    rows = [top, *_staff(), *_business(rng, people)]
    units = [_unit(short, *row) for row in rows]
    return Layout(company=company, units=(*units, *_stations(rng, short)))


def _staff() -> list[tuple[str, str, str, str | None]]:
    regions = [(f"REG-{code}", f"Region {name}", "REGION", "CD") for code, name in REGIONS]
    return [
        ("GOV", "Competence governance", "GOVERNANCE", "CD"),
        ("SHS", "Shared services", "SHARED_SERVICES", "CD"),
        *regions,
    ]


def _business(rng: Random, people: int) -> list[tuple[str, str, str, str | None]]:
    rows: list[tuple[str, str, str, str | None]] = []
    for number, work in enumerate(rng.sample(UNITS_OF_WORK, 3), 1):
        above = f"BU-{number}"
        rows += [
            (above, work, "BUSINESS_UNIT", "CD"),
            (f"PS-{number}", f"Process support {work}", "PROCESS_SUPPORT", above),
        ]
        wanted = 3 if people >= LARGE else 2 if people >= MIDDLE else 1
        for place, name in enumerate(rng.sample(DEPARTMENTS, wanted), 1):
            code = f"{above}-D{place}"
            rows.append((code, f"{name} {work}", "DEPARTMENT", above))
            if people >= MIDDLE:
                rows += [
                    (f"{code}T{team}", f"{name} {work} team {team}", "TEAM", code)
                    for team in range(1, 3 if people >= LARGE else 2)
                ]
    return [*rows, ("BU-4", "Outstations", "BUSINESS_UNIT", "CD")]


def _stations(rng: Random, short: str) -> list[Unit]:
    near = [(*place, "Europe/Amsterdam") for place in rng.sample(PLACES, 6)]
    far = [(*place, FAR_ZONE) for place in rng.sample(FAR, 2)]
    return [
        Unit(
            code=f"ST-{code}",
            name=f"Station {name}",
            kind="STATION",
            document=f"Station {name} - {short}",
            parent="BU-4",
            supported_by=f"PS-{1 + place % 3}",
            zone=zone,
        )
        for place, (code, name, zone) in enumerate(near + far)
    ]


def _unit(short: str, code: str, name: str, kind: str, parent: str | None) -> Unit:
    return Unit(code=code, name=name, kind=kind, document=f"{name} - {short}", parent=parent)
