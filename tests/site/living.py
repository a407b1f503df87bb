"""
A site as it is run: its own folder, its own process, a few people and groups in it. For tests that use a browser.

As a program (`python -m tests.site.living`) it fills the folder GOLDTHREAD_DATA
and writes what a test needs to get in (see Living).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.request import urlopen

PASSWORD = "marsh reed heron tide"
APP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
MANAGER, NEW, LEFT = "morgan.reed@example.org", "sam.low@example.org", "robin.fen@example.org"
REPOSITORY = Path(__file__).parents[2]


def code(secret: str, at: float) -> str:
    """What an authenticator app shows at a moment (RFC 6238), worked out here and not by what is tested."""
    key = base64.b32decode(secret)
    told = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    return f"{(struct.unpack_from('>I', told, told[-1] & 15)[0] & 0x7FFFFFFF) % 10**6:06}"


@dataclass(frozen=True)
class Living:
    """Where it answers, a code that lets the manager in once, and an invitation that nobody has followed."""

    address: str
    recovery: str
    invitation: str

    def code(self) -> str:
        """A code of the manager's app; one that is about to end is waited out."""
        while time.time() % 30 > 25:
            time.sleep(0.1)
        return code(APP, time.time())


def free_port() -> int:
    """A port that nothing listens on."""
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def living(folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[Living]:
    """Fill a folder, serve it as `goldthread serve` does, and stop it."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith(("GOLDTHREAD_", "DJANGO_", "DATABASE_"))}
    told = {**ours, "GOLDTHREAD_DATA": str(folder), **(settings or {})}
    made = subprocess.run(
        [sys.executable, "-m", "tests.site.living"],
        cwd=REPOSITORY,
        env=told,
        capture_output=True,
        text=True,
        check=True,
    )
    port = free_port()
    command = [sys.executable, "-m", "goldthread", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=REPOSITORY, env=told, stdout=subprocess.DEVNULL) as server:
        try:
            _answers(port, server)
            yield Living(f"http://localhost:{port}", *made.stdout.split())
        finally:
            server.terminate()


def _answers(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until it answers; a minute at most, on a busy machine."""
    for _ in range(600):
        try:
            with urlopen(f"http://127.0.0.1:{port}/ready") as page:
                assert page.status == 200
                return
        except OSError:
            assert server.poll() is None, "The server stopped before it answered."
            time.sleep(0.1)
    raise AssertionError("The server did not answer within a minute.")


def fill() -> str:
    """A small partnership; a recovery code of its manager, and the secret of an invitation."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP

    from goldthread.audit.recording import Clock
    from goldthread.partners import actions
    from goldthread.partners.models import Person

    clock, start = Clock(), date(2025, 4, 1)
    actions.found(by=clock, name="Saltmarsh Community Safety Partnership", area="Saltmarsh")
    council = actions.add_organisation(
        by=clock, name="Saltmarsh Council", short_name="Council", kind="council", joined_on=start
    )

    def person(name: str, email: str) -> Person:
        made = actions.add_person(by=clock, name=name, email=email, organisation=council)
        actions.accept(by=made, invitation=actions.invite(by=clock, person=made), password=PASSWORD)
        return Person.objects.get(pk=made.pk)

    manager, new, left = person("Morgan Reed", MANAGER), person("Sam Low", NEW), person("Robin Fen", LEFT)
    assert manager.account
    actions.give_role(by=clock, person=manager, role="partnership-manager", starts_on=start)
    TOTP.activate(manager.account, APP)
    recovery = RecoveryCodes.activate(manager.account).get_unused_codes()[0]
    manager = Person.objects.get(pk=manager.pk)
    board = actions.open_group(
        by=manager, name="Executive Board", kind="board", purpose="To lead.", strategy_group=True, opened_on=start
    )
    group = actions.open_group(
        by=manager,
        name="Violence Reduction Group",
        kind="strategic",
        purpose="Less violence.",
        accountable_to=board,
        opened_on=start,
    )
    for each in (board, group):
        actions.give_role(by=clock, person=new, role="chair", group=each, starts_on=start)
    actions.close_person(by=manager, person=left, why="Left the council.")
    guest = actions.add_person(by=clock, name="Kit Sedge", email="kit.sedge@example.org", organisation=council)
    return f"{recovery} {actions.invite(by=clock, person=guest).secret}"


if __name__ == "__main__":
    from goldthread.config import running

    running.set_up()
    running.bring_up_to_date()
    sys.stdout.write(fill())
