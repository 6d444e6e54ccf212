"""The coordinator's pages of mail: what went out, what did not, and sending it again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from practices.mailing.coming import next_monday
from practices.mailing.facts import this_week
from practices.mailing.services import send_again
from practices.permissions import Permission
from practices.tenancy import SignedInRequest, region_page
from training.mail import services
from training.mail.overview import mails_of, table_of, undelivered
from training.models import Session, SessionMail

OF_SESSION = "bijeenkomst"


@require_safe
@region_page(Permission.RUN_SESSIONS)
def region_mail(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    context = {"mail": undelivered(now), "week": this_week(now), "monday": next_monday(now)}
    return TemplateResponse(request, "training/mail/region.html", context)


@require_safe
@region_page(Permission.RUN_SESSIONS)
def session_mail(request: SignedInRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(Session, pk=pk)
    context = {"session": session, "mails": mails_of(session)}
    return TemplateResponse(request, "training/mail/session.html", context)


@require_POST
@region_page(Permission.RUN_SESSIONS)
def session_mail_again(request: SignedInRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(SessionMail.objects.select_related("enrolment__session"), pk=pk)
    _say(request, goes=services.send_again(mail=mail, actor=request.user))
    if request.POST.get("terug") == OF_SESSION:
        return redirect("session_mail", mail.enrolment.session_id)
    return redirect("region_mail")


@require_POST
@region_page(Permission.RUN_SESSIONS)
def other_mail_again(request: SignedInRequest, table: str, pk: int) -> HttpResponse:
    """Of the weekly mail and reminders, about joining, or of an app above."""
    found = table_of(table)
    if found is None:
        raise Http404
    mail = get_object_or_404(found.model, pk=pk)
    _say(request, goes=send_again(mail=mail, actor=request.user))
    return redirect("region_mail")


def _say(request: SignedInRequest, *, goes: bool) -> None:
    if goes:
        messages.success(request, _("The mail is sent again. Look here in a minute."))
    else:
        messages.info(request, _("This mail is on its way already, or no longer needed."))
