"""
Children that act until they are killed: `python -m tests.site.dying SEED CHILDREN`.

Prints, as JSON, how many were struck in the middle of an action, and how many
actions they had finished between them.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
import traceback
from datetime import date
from itertools import count

from goldthread.config import running

ARTICLES = 5
BEGUN, DONE = b"b", b"d"


def first_ones() -> int:
    """Somebody who may act; returns their key."""
    from goldthread.audit.recording import Clock
    from goldthread.partners import actions

    clock, day = Clock(), date(2025, 4, 1)
    council = actions.add_organisation(by=clock, name="The Council", short_name="C", kind="council", joined_on=day)
    manager = actions.add_person(by=clock, name="Morgan Reed", email="morgan@example.org", organisation=council)
    actions.give_role(by=clock, person=manager, role="partnership-manager", starts_on=day)
    return int(manager.pk)


def act(manager_key: int, child: int, told: int) -> None:
    """Act for ever, saying when each action begins and is done."""
    from goldthread.partners import actions
    from goldthread.partners.models import Person

    manager = Person.objects.get(pk=manager_key)
    for i in count():
        os.write(told, BEGUN)
        if i % 2:
            name = f"Body {child} {i}"
            actions.add_organisation(
                by=manager, name=name, short_name=name, kind="voluntary", joined_on=date(2025, 4, 1)
            )
        else:
            articles = [(f"Article {n}", "What is agreed.") for n in range(ARTICLES)]
            actions.draft_constitution(by=manager, articles=articles, fallback=["A vote."], overdue_days=14)
        os.write(told, DONE)


def killed(manager: int, child: int, chance: random.Random) -> bytes:
    """Let one child act, and kill it at a random moment after it began; what it said until then."""
    ear, mouth = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ear)
        try:
            act(manager, child, mouth)
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(mouth)
    select.select([ear], [], [], 20)
    time.sleep(chance.uniform(0, 0.1))
    os.kill(pid, signal.SIGKILL)
    _, ended = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(ended), "it failed by itself before it was killed"
    said = b""
    while piece := os.read(ear, 4096):
        said += piece
    os.close(ear)
    return said


def main(seed: int, children: int) -> None:
    """Kill so many children, and tell of it."""
    running.set_up()
    running.bring_up_to_date()
    from django.db import connection

    manager, chance = first_ones(), random.Random(seed)
    connection.close()
    said = [killed(manager, child, chance) for child in range(children)]
    print(json.dumps({"struck": sum(s.endswith(BEGUN) for s in said), "done": sum(s.count(DONE) for s in said)}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
