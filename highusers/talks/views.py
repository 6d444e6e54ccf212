"""Notes of team talks, and the figures behind the question about a lasting habit."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from highusers.lookup import colleagues
from highusers.models import TeamTalk
from highusers.talks.forms import NotesForm
from highusers.talks.habit import habit_of
from highusers.talks.presence import ids_in, names_of, present_words
from highusers.talks.services import OvertakenError, drop_notes, keep_notes
from practices.audit import record
from practices.permissions import Permission
from practices.states import AuditAction
from practices.tenancy import PracticeRequest, practice_page


@practice_page(Permission.SEE_PLANS)
def team_talks(request: PracticeRequest) -> HttpResponse:
    noted = TeamTalk.objects.filter(practice=request.practice)
    talks = list(noted.select_related("created_by__person"))
    names = names_of(talks)
    record(
        actor=request.user,
        action=AuditAction.LIST,
        obj=(TeamTalk._meta.label_lower, ""),
        practice=request.practice,
        talks=len(talks),
    )
    context = {
        "talks": [(talk, present_words(talk, names)) for talk in talks],
        "may_write": Permission.WRITE_PLANS in request.access,
    }
    return TemplateResponse(request, "highusers/talks/talks.html", context)


@practice_page(Permission.WRITE_PLANS)
def team_talk_new(request: PracticeRequest) -> HttpResponse:
    return _notes_page(request, None)


@practice_page(Permission.WRITE_PLANS)
def team_talk(request: PracticeRequest, pk: int) -> HttpResponse:
    talk = get_object_or_404(TeamTalk, practice=request.practice, pk=pk)
    if request.method != "POST":
        record(actor=request.user, action=AuditAction.READ, obj=talk, practice=request.practice)
    return _notes_page(request, talk)


@require_POST
@practice_page(Permission.WRITE_PLANS)
def team_talk_drop(request: PracticeRequest, pk: int) -> HttpResponse:
    talk = get_object_or_404(TeamTalk, practice=request.practice, pk=pk)
    drop_notes(practice=request.practice, talk=talk, actor=request.user)
    messages.success(request, _("The notes are deleted."))
    return redirect("team_talks", request.practice.slug)


@practice_page(Permission.SEE_HIGH_USERS)
def lasting_habit(request: PracticeRequest) -> HttpResponse:
    """Counts only, so that a manager who answers the questionnaire has them too."""
    years = habit_of(request.practice, timezone.localdate())
    context = {"years": years, "may_see_plans": Permission.SEE_PLANS in request.access}
    return TemplateResponse(request, "highusers/talks/habit.html", context)


def _notes_page(request: PracticeRequest, talk: TeamTalk | None) -> HttpResponse:
    there = ids_in(talk) if talk else []
    team = colleagues(request.practice, timezone.localdate(), *there)
    form = NotesForm(request.POST or None, team=team, talk=talk)
    if request.method == "POST" and form.is_valid():
        try:
            keep_notes(
                practice=request.practice,
                notes=form.notes(),
                actor=request.user,
                talk=talk,
                seen=form.cleaned_data["seen"],
            )
        except OvertakenError:
            form.add_error(None, _("A colleague changed these notes just now. Look at them first."))
        else:
            messages.success(request, _("The notes are saved."))
            return redirect("team_talks", request.practice.slug)
    context = {"form": form, "talk": talk}
    return TemplateResponse(request, "highusers/talks/talk.html", context)
