"""What a connector is told is read whole, or every fault is named."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hub.errors import ConfigError
from hub.sdk.settings import Settings, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged(Settings):
    page_size: int = 100


def told(**options: Any) -> Paged:
    said = {"base_url": "http://x.test", **options}
    return read(Paged, "acme", said, folder=Path(), environment={})


@pytest.mark.parametrize(("said", "expected"), [(1, 1), ("7", 7)])
def test_a_whole_number_above_zero_is_taken(said: Any, expected: int) -> None:
    assert expected == told(page_size=said).page_size


@pytest.mark.parametrize("said", [0, -1, "many", 1.5, True, ""])
def test_another_is_refused_with_its_name(said: Any) -> None:
    with pytest.raises(ConfigError, match=r"\[sources.acme\] page_size must be a whole number"):
        told(page_size=said)
