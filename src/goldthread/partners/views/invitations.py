"""Inviting somebody, and what they find when they follow the link."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldthread.access.pages import ANYBODY, FORM, page
from goldthread.access.permissions import Permission
from goldthread.partners import actions, queries
from goldthread.partners.actions.invitations import digest_of, why_not
from goldthread.partners.forms import PasswordForm
from goldthread.partners.models import Invitation, Person
from goldthread.partners.submitting import status, submitted


@page(needs=Permission.MANAGE_PEOPLE, takes=("POST",))
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite somebody by e-mail; the letter goes only once the invitation is kept."""
    person = get_object_or_404(Person, pk=pk)
    with transaction.atomic():
        made = actions.invite(by=request.person, person=person)  # type: ignore[attr-defined]
        link = request.build_absolute_uri(reverse("invitation", args=[made.secret]))
        words = {"link": link, "invitation": made, "by": request.person, "partnership": queries.partnership()}  # type: ignore[attr-defined]
        letter = render_to_string("partners/invitation.txt", words)
        subject = _("You are invited to %(partnership)s") % {"partnership": words["partnership"]}
        transaction.on_commit(lambda: send_mail(subject, letter, settings.DEFAULT_FROM_EMAIL, [person.email]))
    messages.success(request, _("An invitation is on its way to %(address)s.") % {"address": person.email})
    return redirect("person", pk=pk)


@page(needs=ANYBODY, takes=FORM)
def accepted(request: HttpRequest, secret: str) -> HttpResponse:
    """Choose a password, and so make the account that one was invited to."""
    invitation = Invitation.objects.filter(digest=digest_of(secret)).select_related("person").first()
    why_not(invitation, timezone.now())
    assert invitation is not None
    form = PasswordForm(request.POST or None, person=invitation.person)
    made = submitted(
        request,
        form,
        lambda: actions.accept(by=invitation.person, invitation=invitation, password=form.cleaned_data["password"]),
    )
    if made:
        messages.success(request, _("Your account is made. Sign in with your address and the password you chose."))
        return redirect("account_login")
    told = {"form": form, "title": _("Choose a password"), "caption": invitation.person.email}
    lead = _("It lets you in to the partnership’s site. Next you will set up a second factor, such as an app.")
    told |= {"lead": lead, "button": _("Make my account"), "back": reverse("account_login")}
    return render(request, "web/form.html", told, status=status(form))
