"""Real outside systems on loopback, for tests: software that nobody here wrote.

Each is installed from the package index into a virtual environment of its own under `.real/`,
once, and started on a free port with its state in a folder of the test's. Whoever starts one stops
it: each is a context manager. Where the package index cannot be had, the tests of one that is not
yet installed are skipped by name.
"""

import base64
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

import httpx
import pytest

HOME = Path(__file__).parents[2] / ".real"
PACKAGES = {
    "scim": ("scim2-server==0.8.3",),
    "radicale": ("radicale==3.9.0",),
    "tryton": (
        "trytond==8.2.1",
        "trytond_company==8.2.*",
        "trytond_party==8.2.*",
        "trytond_quality==8.2.*",
    ),
    "ralph": ("ralph-malph[full]==5.1.0",),
}
UNREACHABLE = ("connection broken", "ConnectionError", "ConnectTimeout", "ProxyError")
PATIENCE_S = 60
SECRET = "pw-12345678"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server: where it is, and what it wants to hear from whom it trusts."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)


def basic(user: str, password: str) -> dict[str, str]:
    """Return the header of HTTP basic authentication."""
    token = base64.b64encode(f"{user}:{password}".encode()).decode()
    return {"Authorization": f"Basic {token}"}


def installed(name: str) -> Path:
    """Return the folder of the programs of a server, which is installed if it is missing."""
    home = HOME / name
    marker, wanted = home / "installed", "\n".join(PACKAGES[name])
    HOME.mkdir(exist_ok=True)
    with (HOME / f"{name}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not marker.is_file() or marker.read_text() != wanted:
            shutil.rmtree(home, ignore_errors=True)
            pip = [str(home / "bin/pip"), "install", "--quiet", "--disable-pip-version-check"]
            for command in ([sys.executable, "-m", "venv", str(home)], [*pip, *PACKAGES[name]]):
                _run_or_skip(command, name)
            marker.write_text(wanted)
    return home / "bin"


def _run_or_skip(command: Sequence[str], name: str) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if not done.returncode:
        return
    said = (done.stderr or done.stdout).strip() or f"status {done.returncode}"
    if any(word in said for word in UNREACHABLE):
        pytest.skip(f"{name} is not tested: the package index cannot be had")
    raise RuntimeError(f"{name} cannot be installed: {said}")


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(
    command: Sequence[str],
    port: int,
    folder: Path,
    environment: Mapping[str, str] | None = None,
) -> Iterator[None]:
    """Keep a server running that listens on `port`; its output goes to `server.log`."""
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _await(process, port, folder)
            yield
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    said = (folder / "server.log").read_text(errors="replace")[-2000:]
    raise RuntimeError(f"{process.args!r} does not listen on port {port}:\n{said}")


@contextmanager
def scim(folder: Path) -> Iterator[Server]:
    """Run scim2-server, empty."""
    port, programs = free_port(), installed("scim")
    command = [str(programs / "scim2-server"), "--port", str(port), "--bearer-token", SECRET]
    with running(command, port, folder):
        yield Server(
            url=f"http://127.0.0.1:{port}/v2", headers={"Authorization": f"Bearer {SECRET}"}
        )


@contextmanager
def radicale(folder: Path) -> Iterator[Server]:
    """Run Radicale without a calendar; its user is `planner`."""
    port, programs = free_port(), installed("radicale")
    (folder / "users").write_text(f"planner:{SECRET}\n")
    (folder / "config").write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n"
        f"[auth]\ntype = htpasswd\nhtpasswd_filename = {folder}/users\n"
        "htpasswd_encryption = plain\n"
        f"[storage]\nfilesystem_folder = {folder}/collections\n",
    )
    with running([str(programs / "radicale"), "-C", str(folder / "config")], port, folder):
        yield Server(url=f"http://127.0.0.1:{port}", headers=basic("planner", SECRET))


@contextmanager
def ralph(folder: Path) -> Iterator[tuple[Server, Path]]:
    """Run Ralph on a file of statements; also give the file, as it takes one batch by HTTP only."""
    port, programs = free_port(), installed("ralph")
    statements = folder / "data" / "statements.jsonl"
    statements.parent.mkdir()
    settings = {
        "RALPH_APP_DIR": str(folder),
        "RALPH_RUNSERVER_BACKEND": "fs",
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(statements.parent),
        "RALPH_BACKENDS__LRS__FS__DEFAULT_LRS_FILE": statements.name,
    }
    who = ["-u", "hub", "-p", SECRET, "-s", "all", "-M", "mailto:hub@example.org", "-N", "hub"]
    subprocess.run(
        [str(programs / "ralph"), "auth", *who, "-w"],
        check=True,
        capture_output=True,
        env={**os.environ, **settings},
    )
    command = [
        str(programs / "uvicorn"),
        "ralph.api:app",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    with running(command, port, folder, settings):
        yield (
            Server(url=f"http://127.0.0.1:{port}/xAPI", headers=basic("hub", SECRET)),
            statements,
        )


@contextmanager
def tryton(folder: Path) -> Iterator[tuple[Server, "TrytonUser"]]:
    """Run Tryton with its quality module and one company; also give a user of it."""
    port, programs = free_port(), installed("tryton")
    (folder / "db").mkdir()
    (folder / "db" / "hub.sqlite").touch()
    (folder / "password").write_text(SECRET)
    config = folder / "tryton.conf"
    config.write_text(
        f"[database]\nuri = sqlite://\npath = {folder}/db\n[web]\nlisten = 127.0.0.1:{port}\n"
    )
    named = ["-c", str(config), "-d", "hub"]  # without its name the server finds no user
    wanted = ["-u", "ir", "res", "quality", "company", "--activate-dependencies"]
    subprocess.run(
        [str(programs / "trytond-admin"), *named, *wanted, "--email", "admin@example.org"],
        check=True,
        capture_output=True,
        env={**os.environ, "TRYTONPASSFILE": str(folder / "password")},
    )
    with running([str(programs / "trytond"), *named], port, folder):
        user = TrytonUser(f"http://127.0.0.1:{port}/hub")
        yield Server(url=user.url, headers=user.headers), user


class TrytonUser:
    """The administrator of a fresh Tryton, who has set up a company and works for it."""

    def __init__(self, url: str) -> None:
        self.url = url
        user, session = self._rpc({}, "common.db.login", "admin", {"password": SECRET})[:2]
        token = base64.b64encode(f"admin:{user}:{session}".encode()).decode()
        self._session = {"Authorization": f"Session {token}"}
        self.key = self._application_key()
        self.headers = {"Authorization": f"bearer {self.key}"}
        self._found_company()

    def _rpc(self, headers: Mapping[str, str], method: str, *params: Any) -> Any:
        body = {"id": 1, "method": method, "params": params}
        said = httpx.post(f"{self.url}/rpc/", json=body, headers=dict(headers)).json()
        if said.get("error"):  # told with status 200
            raise RuntimeError(f"{method}: {said['error']}")
        return said["result"]

    def _application_key(self) -> str:
        asked = {"user": "admin", "application": "rest"}
        said = httpx.post(f"{self.url}/user/application/", json=asked, follow_redirects=True)
        key: str = said.json()
        applications = "model.res.user.application"
        sought = [["key", "=", key]]
        ids = self._rpc(self._session, f"{applications}.search", sought, 0, None, None, {})
        self._rpc(self._session, f"{applications}.validate_", ids, {})
        return key

    def _found_company(self) -> None:
        cent = {"__class__": "Decimal", "decimal": "0.01"}
        euro = {"name": "Euro", "code": "EUR", "symbol": "€", "rounding": cent}
        currency = self.make("currency.currency", euro)
        party = self.make("party.party", {"name": "Example"})
        company = self.make("company.company", {"party": party, "currency": currency})
        employee = self.employee("Ada Lovelace", "E-001")
        self._rpc(
            self._session,
            "model.res.user.write",
            [1],
            {
                "companies": [["add", [company]]],
                "company": company,
                "employees": [["add", [employee]]],
                "employee": employee,
            },
            {},
        )

    def employee(self, name: str, number: str) -> int:
        """Hire someone; return the id."""
        party = self.make("party.party", {"name": name, "code": number})
        return self.make("company.employee", {"party": party, "company": 1})

    def act(self, method: str, path: str, body: Any = None) -> Any:
        """Do something as the employee that the user is; return what Tryton answers."""
        context = {"company": 1, "companies": [1], "employee": 1, "employees": [1]}
        said = httpx.request(
            method,
            f"{self.url}/rest/model/{path}",
            json=body,
            headers={
                **self.headers,
                "X-Tryton-Context": base64.urlsafe_b64encode(_json(context)).decode(),
            },
        )
        if said.is_error:
            raise RuntimeError(f"{method} {path}: {said.status_code} {said.text}")
        return said.json() if said.content else None

    def make(self, model: str, values: Mapping[str, Any]) -> int:
        """Make a record; return its id."""
        id_: int = self.act("POST", model, values)["id"]
        return id_


def _json(value: Any) -> bytes:
    return httpx.Request("POST", "http://localhost", json=value).content
