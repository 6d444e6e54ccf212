"""Speed dates: the own wishes, and the rounds as who leads the session makes them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from monitoring.kitchen.rounds import worth
from monitoring.kitchen.speed_date_paper import rounds_paper
from monitoring.kitchen.speed_dates import (
    HELD_AT,
    Seated,
    Somebody,
    everybody,
    guests,
    make_dates,
    overtaken,
    say_wishes,
    seated,
)
from monitoring.kitchen.subjects import subjects
from monitoring.models import SpeedDateGuest, SpeedDates
from practices.models import Person, User
from practices.permissions import Permission
from practices.tenancy import SignedInRequest, region_page
from practices.typed import whole_number
from training.attendance.access import session_or_404
from training.files import pdf_file
from training.models import Session
from training.states import EnrolmentState

MOST_ROUNDS = 12


class WishesForm(forms.Form):
    tells = forms.MultipleChoiceField(
        label=gettext_lazy("I can tell about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    wishes = forms.MultipleChoiceField(
        label=gettext_lazy("I want to hear about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Any, *, names: dict[str, str], said: SpeedDateGuest | None = None
    ) -> None:
        begin = {"tells": said.tells, "wishes": said.wishes} if said else {}
        super().__init__(data, initial=begin)
        for name in ("tells", "wishes"):
            self.fields[name].choices = list(names.items())  # type: ignore[attr-defined]


class RoundsForm(forms.Form):
    use_required_attribute = False

    rounds = forms.IntegerField(
        label=gettext_lazy("Rounds"), min_value=1, max_value=MOST_ROUNDS, initial=5
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes per round"), min_value=2, max_value=60, initial=8
    )
    keep = forms.IntegerField(
        label=gettext_lazy("Rounds that were held already"),
        min_value=0,
        max_value=MOST_ROUNDS,
        initial=0,
        help_text=gettext_lazy("They stay as they are; who met there does not meet again."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: HttpRequest, pk: int) -> HttpResponse:
    """For who has a place: what they can tell and want to hear."""
    person, session, user = _participant(request, pk)
    said = SpeedDateGuest.objects.filter(session=session, person=person).first()
    form = WishesForm(request.POST or None, names=subjects(), said=said)
    if request.method == "POST" and form.is_valid():
        say_wishes(session=session, person=person, actor=user, **form.cleaned_data)
        messages.success(request, _("Saved. The tables are made with this."))
        return redirect("speed_date_wishes", pk)
    context = {"form": form, "session": session}
    return TemplateResponse(request, "monitoring/kitchen/wishes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@region_page(Permission.SEE_OWN_SESSIONS)
def dates(request: SignedInRequest, pk: int) -> HttpResponse:
    session = _network_session(request, pk)
    known = SpeedDates.objects.filter(session=session).select_related("made_by").first()
    begin = {"rounds": known.rounds, "minutes": known.minutes, "keep": 0} if known else None
    form = RoundsForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        sent = map(whole_number, request.POST.getlist("absent"))
        absent = [key for key in sent if key is not None]
        on_list = {one.person.pk for one in everybody(session)}
        make_dates(
            session=session, absent=on_list & set(absent), actor=request.user, **form.cleaned_data
        )
        messages.success(request, _("The tables are made."))
        return redirect("speed_dates", pk)
    people = everybody(session)
    names = subjects()
    rounds = seated(known, people) if known else []
    context = {
        "session": session,
        "form": form,
        "dates": known,
        "people": [(one, _named(one.tells, names), _named(one.wishes, names)) for one in people],
        "rounds": rounds,
        "too_few": bool(known) and len(rounds) < known.rounds if known else False,
        "overtaken": overtaken(rounds, people),
        "met": sum(map(_wishes_met, rounds)),
    }
    return TemplateResponse(request, "monitoring/kitchen/speed_dates.html", context)


@require_safe
@region_page(Permission.SEE_OWN_SESSIONS)
def paper(request: SignedInRequest, pk: int) -> HttpResponse:
    session = _network_session(request, pk)
    made = get_object_or_404(SpeedDates, session=session)
    today = timezone.localdate()
    rounds = seated(made, everybody(session))
    document = rounds_paper(session, rounds, made.minutes, made_on=today)
    return pdf_file(document, f"kennismaken-{pk}", session.held_on)


def _network_session(request: SignedInRequest, pk: int) -> Session:
    session = session_or_404(request, pk)
    if session.kind not in HELD_AT:
        raise Http404
    return session


def _participant(request: HttpRequest, pk: int) -> tuple[Person, Session, User]:
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    if user.person is None:
        raise Http404
    own = Session.objects.filter(
        kind__in=HELD_AT,
        enrolments__person=user.person,
        enrolments__state=EnrolmentState.CONFIRMED,
    )
    return user.person, get_object_or_404(own.distinct(), pk=pk), user


def _named(keys: frozenset[str], names: dict[str, str]) -> list[str]:
    """In the order in which subjects are always listed."""
    return [name for key, name in names.items() if key in keys]


def _wishes_met(one: Seated) -> int:
    return sum(_heard(table) for table in one.tables)


def _heard(table: tuple[Somebody, ...]) -> int:
    made = guests(table)
    return sum(
        max(worth(left, right), 0) for place, left in enumerate(made) for right in made[place + 1 :]
    )
