"""Fill a site with a little of everything that a backup takes: `python -m tests.site.made`."""

from __future__ import annotations

import random
from datetime import date

from goldthread.config import running


def main() -> None:
    """Names with letters of every kind, an account with its second factor, terms, articles and an upload."""
    running.set_up()
    running.bring_up_to_date()
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.conf import settings

    from goldthread.audit.recording import Clock
    from goldthread.partners import actions
    from goldthread.partners.models import Person

    clock, day = Clock(), date(2025, 4, 1)
    actions.found(by=clock, name="Saltmarsh Community Safety Partnership", area="Saltmarsh", vision="Sâff ✓\n“quoted”")
    council = actions.add_organisation(by=clock, name="Cyngor Sâl", short_name="C", kind="council", joined_on=day)
    manager = actions.add_person(by=clock, name="Siân Ŵyn", email="sian@example.org", organisation=council)
    actions.give_role(by=clock, person=manager, role="partnership-manager", starts_on=day)
    invitation = actions.invite(by=clock, person=manager)
    account = actions.accept(by=manager, invitation=invitation, password="marsh reed heron tide").account
    assert account is not None
    TOTP.activate(account, generate_totp_secret())
    manager = Person.objects.get(pk=manager.pk)
    for number in range(3):
        articles = [(f"Article {n}", f"Text {number}.{n}") for n in range(4)]
        actions.draft_constitution(by=manager, articles=articles, fallback=["A vote."], overdue_days=14)
    board = actions.open_group(by=manager, name="Board", kind="board", purpose="To lead.", opened_on=day)
    actions.open_group(
        by=manager, name="Below", kind="strategic", purpose="To do.", accountable_to=board, opened_on=day
    )
    paper = settings.DATA / "uploads" / "papers" / "pâper.bin"
    paper.parent.mkdir(parents=True)
    paper.write_bytes(random.Random(1).randbytes(200_000))


if __name__ == "__main__":
    main()
