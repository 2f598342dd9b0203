"""What each system of the demo organisation has of it, in the shape of the system's vendor."""

from collections.abc import Callable, Mapping
from typing import Any

from hub.demo.organisation.model import Organisation
from hub.demo.organisation.served import (
    appraisal,
    frameworks,
    hr,
    learning,
    personnel,
    planning,
    quality,
)

OF: Mapping[str, Callable[[Organisation], Mapping[str, Any]]] = {
    "personnel": personnel.seed,
    "hr": hr.seed,
    "quality": quality.seed,
    "planning": planning.seed,
    "appraisal": appraisal.seed,
    "learning": learning.seed,
    "frameworks": frameworks.seed,
}


def seeds(organisation: Organisation) -> dict[str, Mapping[str, Any]]:
    """Return the seed of each system by its key."""
    return {key: seed(organisation) for key, seed in OF.items()}
