"""What the coordinator fills in to plan, change and fill a session."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models import User
from practices.states import RegionRoleName
from training.models import Course, Enrolment, Session
from training.sessions.services import Repeat
from training.states import INTERVISION_PLACES, SessionKind

PLANNED = (
    *("kind", "course", "title", "held_on", "starts_at", "ends_at", "place", "city"),
    *("online_url", "trainer", "facilitator", "minimum", "price", "enrol_until", "cancel_until"),
)
MOST_REPEATS = 52


class SessionForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when run
    """What is told of a session; the number of places has a form of its own."""

    use_required_attribute = False

    class Meta:
        model = Session
        fields = PLANNED
        labels = {
            "place": _("Room or building"),
            "city": _("Town"),
            "ends_at": _("Ends at"),
            "enrol_until": _("Last day to enrol"),
            "cancel_until": _("Last day to cancel"),
            "minimum": _("Smallest number of people"),
            "price": _("Price per person, in euros"),
        }
        help_texts = {
            "course": _("For intervision, information meetings and question hours: leave empty."),
            "online_url": _("Only who has a place sees the link."),
            "price": _("Leave empty for the price on the menu. What is planned keeps its price."),
        }
        widgets = {
            name: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            for name in ("held_on", "enrol_until", "cancel_until")
        } | {
            name: forms.TimeInput(format="%H:%M", attrs={"type": "time"})
            for name in ("starts_at", "ends_at")
        }
        error_messages = {
            "kind": {"required": _("Choose a kind")},
            "title": {"required": _("Fill in a title")},
            "held_on": {
                "required": _("Fill in a date"),
                "invalid": _("Fill in a date like 14-03-2028"),
            },
            "starts_at": {"invalid": _("Fill in a time like 19:30")},
            "ends_at": {"invalid": _("Fill in a time like 21:30")},
            "online_url": {"invalid": _("Fill in an address that begins with https://")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads: Any = self.fields["facilitator"]
        leads.queryset = (
            User.objects.filter(region_roles__role=RegionRoleName.FACILITATOR)
            .distinct()
            .select_related("person")
        )
        courses: Any = self.fields["course"]
        courses.queryset = Course.objects.filter(
            Q(active=True, in_practice=False) | Q(pk=self.instance.course_id)
        )
        courses.empty_label, leads.empty_label = _("No course of the menu"), _("Nobody yet")
        kinds: Any = self.fields["kind"]
        kinds.choices = [("", _("Choose a kind")), *SessionKind.choices]
        self.helper = FormHelper()
        self.helper.layout = Layout(*_side_by_side(list(self.fields)))
        self.helper.add_input(Submit("save", _("Save")))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, starts_at, ends_at = (
            cleaned.get(name) for name in ("held_on", "starts_at", "ends_at")
        )
        if ends_at and not starts_at and "starts_at" not in self.errors:
            self.add_error("starts_at", _("Fill in when it starts"))
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("Fill in a time after the start"))
        for name in ("enrol_until", "cancel_until"):
            if day and cleaned.get(name) and cleaned[name] > day:
                self.add_error(name, _("Fill in a day before the session"))
        planned = self.instance
        if needs_reason(cleaned.get("kind"), planned.capacity, planned.capacity_reason):
            self.add_error("kind", _("Say why there are more than 12 places for intervision."))
        course = cleaned.get("course")
        if course and cleaned.get("kind") and course.kind != cleaned["kind"]:
            self.add_error("course", _("This course is of another kind. Choose another one."))
        return cleaned

    def planned(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PLANNED}


class NewSessionForm(SessionForm):
    """A session or a series, with its places."""

    capacity = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=1,
        max_value=1000,
        help_text=_("Leave empty for as many as come; for intervision that is 12."),
    )
    capacity_reason = forms.CharField(
        label=_("Reason for more than 12 places"), max_length=200, required=False
    )
    times = forms.IntegerField(
        label=_("How many dates"),
        initial=1,
        min_value=1,
        max_value=MOST_REPEATS,
        help_text=_("More than one makes a series."),
    )
    weeks = forms.IntegerField(
        label=_("Weeks between the dates"), initial=4, min_value=1, max_value=MOST_REPEATS
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        reason = cleaned.get("capacity_reason", "")
        if needs_reason(cleaned.get("kind"), cleaned.get("capacity"), reason):
            self.add_error("capacity_reason", _("Say why there are more than 12 places"))
        day = cleaned.get("held_on")
        if day and day < timezone.localdate():
            self.add_error("held_on", _("Fill in a date that is still to come"))
        return cleaned

    def planned(self) -> dict[str, Any]:
        places = {name: self.cleaned_data[name] for name in ("capacity", "capacity_reason")}
        return super().planned() | places

    def repeat(self) -> Repeat:
        return Repeat(self.cleaned_data["times"], self.cleaned_data["weeks"])


_TOGETHER = (
    ("kind", "course"),
    ("starts_at", "ends_at"),
    ("place", "city"),
    ("trainer", "facilitator"),
    ("minimum", "price"),
    ("enrol_until", "cancel_until"),
    ("capacity", "capacity_reason"),
    ("times", "weeks"),
)


def _side_by_side(names: list[str]) -> list[Any]:
    """The fields in their order, those that belong together on one line."""
    lines: list[Any] = []
    for name in names:
        pair = next((pair for pair in _TOGETHER if name in pair), (name,))
        if len(pair) == 1:
            lines.append(name)
        elif name == pair[0]:
            lines.append(Row(*(Column(one, css_class="col-md-6") for one in pair)))
    return lines


class CapacityForm(forms.Form):
    use_required_attribute = False

    capacity = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=0,
        max_value=1000,
        error_messages={"invalid": _("Fill in a whole number at Places")},
    )
    reason = forms.CharField(
        label=_("Reason for more than 12 places"), max_length=200, required=False
    )


class ReasonForm(forms.Form):
    """Why a session is cancelled."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        error_messages={"required": _("Fill in the reason: who is enrolled reads it")},
    )


class QueueForm(forms.Form):
    """Another place in the queue, or a place in the session out of turn."""

    use_required_attribute = False

    place = forms.IntegerField(label=_("Place"), min_value=1, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class MoveForm(forms.Form):
    """Who of the queue go to which other session of the same kind."""

    use_required_attribute = False

    enrolments = forms.ModelMultipleChoiceField(
        queryset=Enrolment.objects.none(),
        error_messages={"required": _("Choose who you want to move")},
    )
    to = forms.ModelChoiceField(
        label=_("To"),
        queryset=Session.objects.none(),
        error_messages={"required": _("Choose a date")},
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["enrolments"]
        people.queryset = session.enrolments.queue().select_related("person", "session")
        others: Any = self.fields["to"]
        others.queryset = (
            Session.objects.coming(timezone.localdate())
            .filter(kind=session.kind, only_for=session.only_for)
            .exclude(pk=session.pk)
        )


WELL_BEFORE = timedelta(weeks=4)
TO_ENROL = timedelta(weeks=3)


def proposed(query: Mapping[str, str], today: date) -> dict[str, Any]:
    """What a new session begins with when it is planned for the norm of a kind (`soort`) before a
    day (`voor`): twelve places, on a working day some weeks before it as long as there is time."""
    kind = query.get("soort", "")
    if kind not in SessionKind.values:
        return {}
    found: dict[str, Any] = {
        "kind": kind,
        "title": str(SessionKind(kind).label),
        "capacity": INTERVISION_PLACES,
    }
    before = _day(query.get("voor", ""))
    if before is not None and before > today:
        day = min(max(before - WELL_BEFORE, today + TO_ENROL), before - timedelta(days=1))
        found["held_on"] = max(day - timedelta(days=max(0, day.weekday() - 4)), today)
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def needs_reason(kind: str | None, capacity: int | None, reason: str) -> bool:
    many = kind == SessionKind.INTERVISION and (capacity or 0) > INTERVISION_PLACES
    return many and not reason.strip()
