"""Conversations with a patient, on screen and on paper."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from highusers.conversations.forms import ConversationForm
from highusers.conversations.services import SameDayError, save_conversation
from highusers.conversations.sheet import conversation_sheet
from highusers.lookup import high_user_or_404
from highusers.models import Conversation, HighUser
from highusers.plans.files import pdf_response
from highusers.plans.services import OvertakenError
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, practice_page


@practice_page(Permission.WRITE_PLANS)
def new(request: PracticeRequest, code: str) -> HttpResponse:
    return _form(request, high_user_or_404(request.practice, code), None)


@practice_page(Permission.WRITE_PLANS)
def change(request: PracticeRequest, code: str, pk: int) -> HttpResponse:
    high_user = high_user_or_404(request.practice, code)
    found = Conversation.objects.filter(high_user=high_user, pk=pk).first()
    if found is None:
        raise Http404
    if request.method != "POST":
        record(
            actor=request.user, action=AuditAction.READ, obj=high_user, practice=request.practice
        )
    return _form(request, high_user, found)


@practice_page(Permission.SEE_PLANS)
@require_GET
def sheet(request: PracticeRequest, code: str) -> HttpResponse:
    """The sheet to fill in by pen, with the webs of earlier talks."""
    high_user = high_user_or_404(request.practice, code)
    talks = list(Conversation.objects.filter(high_user=high_user))
    record(actor=request.user, action=AuditAction.PRINT, obj=high_user, practice=request.practice)
    document = conversation_sheet(request.practice, high_user, talks)
    return pdf_response(document, f"{code}-{_('conversation')}.pdf")


def _form(
    request: PracticeRequest, high_user: HighUser, conversation: Conversation | None
) -> HttpResponse:
    form = ConversationForm(
        request.POST or None,
        practice=request.practice,
        person=request.user.person,
        conversation=conversation,
    )
    if request.method == "POST" and form.is_valid():
        try:
            save_conversation(
                practice=request.practice,
                high_user=high_user,
                talk=form.talk(),
                actor=request.user,
                conversation=conversation,
                seen=form.cleaned_data["seen"],
            )
        except OvertakenError:
            form.add_error(None, _("A colleague changed these notes just now. Look at them first."))
        except SameDayError:
            form.add_error("held_on", _("A conversation of this day is there already. Change it."))
        else:
            messages.success(request, _("The conversation is saved."))
            return redirect("patient_plan", request.practice.slug, high_user.code.lower())
    context = {"form": form, "high_user": high_user, "conversation": conversation}
    return TemplateResponse(request, "highusers/conversations/conversation.html", context)
