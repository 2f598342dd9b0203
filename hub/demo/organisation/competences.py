"""The competences that the demo organisation works with: an excerpt of ESCO, and its own.

Addresses and names of ESCO are real (dataset version 1.2, reused with attribution). Two of them are
marked as withdrawn here, and what is broader than what is simplified, so that both can be shown.
"""

from hub.demo.organisation.model import Competence

AREAS = {
    "PRIMARY": "Primary processes",
    "CUSTOMER": "The customer",
    "EFFICIENCY": "Efficiency",
    "CULTURE": "Management and culture",
}

SKILL = "http://data.europa.eu/esco/skill/"

_ESCO = (
    ("4b66d435-e42a-4929-b729-a59919e61087", "PRIMARY", "clean train interiors"),
    ("a5f68f8c-7011-441e-90c4-48587f42fdcc", "PRIMARY", "lubricate rolling stock wheels"),
    ("05d03474-398c-4a06-9de2-242a25cdb800", "PRIMARY", "check carriages"),
    ("008a0e0d-7380-4b31-abe5-0195e700f8c0", "PRIMARY", "check train engines"),
    ("1a3660c2-011c-4e96-9b1d-529afc305428", "PRIMARY", "inspect quality of products"),
    ("0b8f2fb9-59b0-43f7-8ad1-6cb952386255", "PRIMARY", "conduct safe aircraft marshalling"),
    ("15a33d76-4640-438d-ae64-fdc0c1d3eebc", "CUSTOMER", "customer service"),
    ("75dfe1ee-5935-42ce-b820-697f827825c3", "CUSTOMER", "maintain customer service"),
    ("c5d018ca-f6fa-4cc0-b209-43df46e56d48", "CUSTOMER", "analyse customer service surveys"),
    ("b011c8b4-76e1-4bbc-8bb9-1d205e7b618a", "CUSTOMER", "market analysis"),
    ("ab6265f2-a9bf-49e8-a9a5-67cbab4de38b", "EFFICIENCY", "manage inventory"),
    ("953c0b65-537a-42fe-a90b-26cd36c64361", "EFFICIENCY", "manage logistics"),
    ("e843973c-23dd-416a-8a9c-9e89512542fb", "EFFICIENCY", "logistics"),
    ("75d8e5d9-bef3-418b-9011-01bff9f27207", "CULTURE", "lead others"),
    ("3c03ee71-4a23-448f-b79e-81fd75d27dca", "CULTURE", "apply change management"),
    ("0cc9c234-f817-4f4c-908a-4d28fe3b0f4a", "CULTURE", "coach employees"),
    ("a8f2a095-9d03-43f0-980d-2b9fcc59a994", "CULTURE", "shape corporate culture"),
    ("0ee94af1-b445-4973-9c3f-459fab250342", "CULTURE", "apply conflict management"),
    ("9bf266a6-188b-4d17-a22f-2f266d76832b", "CULTURE", "demonstrate willingness to learn"),
)

_HOUSE = (
    ("BRAKE", "test brakes", ("Brake test", "Brake repair")),
    ("COUPLE", "couple and uncouple rolling stock", ("Coupling", "Splitting trains")),
    ("SHUNT", "shunt safely", ("Yard shunting", "Siding moves")),
    ("HVOLT", "work near 1500 volts", ("Pantograph check", "Overhead line isolation")),
    ("WATER", "service water and toilets", ("Toilet servicing", "Water filling")),
    ("BATT", "maintain batteries", ("Battery check", "Charger service")),
    ("DEPART", "dispatch trains", ("Departure procedure", "Platform dispatch")),
    ("DEICE", "de-ice rolling stock", ("De-icing", "Winter preparation")),
    ("FUEL", "fuel diesel units", ("Fuelling", "Tank inspection")),
    ("DAMAGE", "report damage", ("Damage report", "Graffiti report")),
    ("INFO", "operate travel information", ("Announcements", "Display control")),
    ("WASTE", "handle dangerous waste", ("Waste handling", "Spill response")),
)

_WORKS = {
    "clean train interiors": ("Interior cleaning", "Deep cleaning"),
    "lubricate rolling stock wheels": ("Wheel lubrication", "Axle greasing"),
    "check carriages": ("Carriage check", "Door test"),
    "check train engines": ("Engine check", "Cab check"),
    "inspect quality of products": ("Turnaround inspection", "Final inspection"),
    "maintain customer service": ("Lounge service",),
    "customer service": ("Service desk", "Travel assistance"),
    "analyse customer service surveys": ("Survey round", "Passenger panel"),
    "market analysis": ("Market report", "Competitor review"),
    "manage inventory": ("Stock count", "Parts issue"),
    "manage logistics": ("Material transport", "Tool logistics"),
    "logistics": ("Depot flow", "Load planning"),
    "lead others": ("Team briefing",),
    "apply change management": ("Change round",),
    "coach employees": ("Coaching round",),
    "shape corporate culture": ("Values dialogue",),
    "apply conflict management": ("Complaint mediation",),
}
_RETIRED = {"maintain customer service", "conduct safe aircraft marshalling"}
_KNOWLEDGE = {"logistics", "customer service", "market analysis"}
_BROADER = {
    "manage inventory": "manage logistics",
    "analyse customer service surveys": "customer service",
    "coach employees": "lead others",
    "apply conflict management": "lead others",
}
_DECAY = {
    "DEPART": ("EXPIRY", "P2Y", True),
    "HVOLT": ("EXPIRY", "P1Y", True),
    "BRAKE": ("HALF_LIFE", "P1Y", True),
    "COUPLE": ("HALF_LIFE", "P18M", True),
    "clean train interiors": ("HALF_LIFE", "P2Y", True),
}


def competences() -> tuple[Competence, ...]:
    """Return all of them, ESCO's first."""
    return (*map(_published, _ESCO), *map(_own, _HOUSE))


def operational(known: tuple[Competence, ...]) -> list[Competence]:
    """Return those that work at a station can ask."""
    elsewhere = {"market analysis", "analyse customer service surveys"}
    return [
        each
        for each in known
        if each.works and each.area != "CULTURE" and not each.retired and each.name not in elsewhere
    ]


def kin(known: tuple[Competence, ...]) -> dict[str, frozenset[str]]:
    """Return each competence with all that is broader or narrower, itself too."""
    keys = {each.uri: each.key for each in known if each.uri}
    found = {each.key: frozenset({each.key}) for each in known}
    for each in known:
        for uri in each.broader:
            both = found[each.key] | found[keys[uri]]
            found.update(dict.fromkeys(both, both))
    return found


def office(known: tuple[Competence, ...]) -> list[Competence]:
    """Return those that work away from the stations can ask."""
    return [each for each in known if each.works and each.area != "PRIMARY" and not each.retired]


def _published(row: tuple[str, str, str]) -> Competence:
    id_, area, name = row
    uris = {name: SKILL + id_ for id_, _, name in _ESCO}
    learning = name == "demonstrate willingness to learn"
    kind = "KNOWLEDGE" if name in _KNOWLEDGE else "SKILL"
    return Competence(
        key=id_[:8],
        name=name,
        area=area,
        kind="LEARNING_ABILITY" if learning else kind,
        uri=SKILL + id_,
        works=_WORKS.get(name, ()),
        broader=(uris[_BROADER[name]],) if name in _BROADER else (),
        decay=_DECAY.get(name),
        retired=name in _RETIRED,
    )


def _own(row: tuple[str, str, tuple[str, ...]]) -> Competence:
    code, name, works = row
    return Competence(
        key=code,
        name=name,
        area="CUSTOMER" if code == "INFO" else "PRIMARY",
        kind="SKILL",
        code=f"HC-{code}",
        works=works,
        decay=_DECAY.get(code),
    )
