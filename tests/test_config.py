"""Settings come from environment, file and defaults; every fault is told at once, with its cure."""

from pathlib import Path

import pytest

from hub.config import described, load, shown, variable, without_password
from hub.errors import ConfigError


def written(folder: Path, text: str) -> Path:
    (folder / "hub.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_every_setting_has_its_default(tmp_path: Path) -> None:
    settings = load(environment={}, folder=tmp_path)

    assert set(described()) == set(settings.origins)
    assert {"default"} == set(settings.origins.values())
    assert 8000 == settings.port
    assert f"sqlite+aiosqlite:///{tmp_path}/hub.sqlite" == settings.database


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    written(tmp_path, "[hub]\nport = 9000\nshutdown_s = 3\n")

    settings = load(environment={"HUB_PORT": "9001"}, folder=tmp_path)

    assert 9001 == settings.port
    assert 3 == settings.shutdown_s
    assert "HUB_PORT" == settings.origins["port"]
    assert str(tmp_path / "hub.toml") == settings.origins["shutdown_s"]


def test_paths_are_relative_to_the_file_not_to_the_caller(tmp_path: Path) -> None:
    written(tmp_path, '[hub]\ndatabase = "sqlite+aiosqlite:///data/hub.sqlite"\n')

    settings = load(tmp_path / "hub.toml", environment={}, folder=Path("/"))

    assert f"sqlite+aiosqlite:///{tmp_path}/data/hub.sqlite" == settings.database


def test_the_demo_is_found_when_nothing_else_is_named(tmp_path: Path) -> None:
    demo = tmp_path / ".demo" / "seed-7-people-500"
    demo.mkdir(parents=True)
    written(demo, "[hub]\nport = 8123\n")
    (tmp_path / ".demo" / "current").symlink_to(demo.name)

    assert 8123 == load(environment={}, folder=tmp_path).port


def test_sources_keep_what_is_meant_for_their_connector(tmp_path: Path) -> None:
    written(tmp_path, '[sources.hr]\nconnector = "frappe-hr"\nbase_url = "https://hr.example"\n')

    (source,) = load(environment={}, folder=tmp_path).sources

    assert ("hr", "frappe-hr", "hr") == (source.key, source.connector, source.name)
    assert {"base_url": "https://hr.example"} == dict(source.options)


def test_all_faults_are_told_at_once_each_with_its_cure(tmp_path: Path) -> None:
    written(
        tmp_path,
        '[hub]\nport = 0\nprot = 1\ndatabase = "mysql://root:S3cret@db/x"\n'
        "[sources.HR]\nx = 1\n[oops]\n",
    )

    with pytest.raises(ConfigError) as caught:
        load(environment={"HUB_DEMO": "perhaps"}, folder=tmp_path)

    text = str(caught.value)
    assert text.startswith("7 settings are wrong:")
    for part in (
        "port = '0' must be a whole number from 1 to 65535",
        "prot is not a setting; did you mean port?",
        "must be sqlite+aiosqlite:///FILE or postgresql+psycopg://",
        "demo = 'perhaps' must be true or false",
        "[sources.HR] must be named with small letters",
        "names no connector; add connector =",
        "[oops] is not known; move it under [hub]",
    ):
        assert part in text
    assert "S3cret" not in text


@pytest.mark.parametrize(
    ("table", "cure"),
    [
        ('host = "0.0.0.0"\nallowed_hosts = ["h"]\ndemo = true', "set host = "),
        ('host = "0.0.0.0"', "set allowed_hosts = "),
    ],
    ids=["demo beyond loopback", "public without names"],
)
def test_settings_that_contradict_one_another_are_refused(
    tmp_path: Path, table: str, cure: str
) -> None:
    with pytest.raises(ConfigError, match=cure):
        load(environment={}, folder=written(tmp_path, f"[hub]\n{table}\n"))


@pytest.mark.parametrize("text", ["[hub", "hub = 1", "sources = 1"])
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"hub\.toml"):
        load(environment={}, folder=written(tmp_path, text))


def test_a_file_that_was_asked_for_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="with --config or HUB_CONFIG"):
        load(Path("gone.toml"), environment={}, folder=tmp_path)
    with pytest.raises(ConfigError, match=r"gone\.toml"):
        load(environment={"HUB_CONFIG": "gone.toml"}, folder=tmp_path)


def test_an_unknown_source_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    written(tmp_path, '[sources.hr]\nconnector = "frappe-hr"\n')

    with pytest.raises(ConfigError, match="there are: hr"):
        load(environment={}, folder=tmp_path).source("pay")


def test_every_setting_has_a_sentence_and_a_variable() -> None:
    for name, (_, meaning) in described().items():
        assert meaning.sentence.endswith(".")
        assert meaning.sentence[0].isupper()
        assert variable(name) == f"HUB_{name.upper()}"


def test_a_password_is_never_shown() -> None:
    address = "postgresql+psycopg://hub:S3cret@db.example:5432/hub"

    assert "postgresql+psycopg://hub:…@db.example:5432/hub" == without_password(address)
    assert "S3cret" not in shown("database", address)
    assert "none" == shown("allowed_hosts", ())
    assert "true" == shown("demo", value=True)
