"""What a practice asks for, and how the region plans it."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from practices.models import Employment, Person, Practice, User
from practices.states import RegionRoleName
from training.coaching.services import Wish
from training.menu.listing import roles_in_words
from training.models import CoachingRequest, Course, Session

PLANNED = ("title", "held_on", "starts_at", "ends_at", "place", "city", "trainer", "facilitator")
DAYS_AHEAD = 90


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Fill in the day."),
            "invalid": _("Fill in a day like 14-03-2028."),
        },
    )


class AskForm(forms.Form):
    use_required_attribute = False

    course = forms.ModelChoiceField(
        Course.objects.none(),
        label=_("What do you ask for?"),
        empty_label=None,
        error_messages={"required": _("Choose what you ask for.")},
    )
    people = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=_("For whom?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose for whom it is.")},
    )
    wish = forms.CharField(
        label=_("What should it be about?"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Write nothing by which a patient can be recognised."),
        error_messages={"required": _("Write in a sentence what it should be about.")},
    )
    from_on = _day(_("From which day does it suit you?"))
    until_on = _day(_("Up to and including which day?"))

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles: defaultdict[int, set[str]] = defaultdict(set)
        for spell in Employment.objects.in_service(timezone.localdate()).of_team(practice):
            self.roles[spell.person_id].add(spell.role)
        courses: Any = self.fields["course"]
        courses.queryset = Course.objects.filter(active=True, in_practice=True)
        team: Any = self.fields["people"]
        team.queryset = Person.objects.filter(pk__in=self.roles).order_by("name", "pk")
        today = timezone.localdate()
        self.initial.setdefault("from_on", today)
        self.initial.setdefault("until_on", today + timedelta(days=DAYS_AHEAD))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("from_on"), data.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("This day lies before the first one."))
        elif last and last < timezone.localdate():
            self.add_error("until_on", _("Fill in a day that is still to come."))
        self._refuse_other_roles(data)
        return data

    def _refuse_other_roles(self, data: dict[str, Any]) -> None:
        """Who may not come later on, may not be asked for either."""
        course = data.get("course")
        if course is None:
            return
        others = [p.name for p in data.get("people", ()) if not self.roles[p.pk] & course.meant_for]
        if others:
            words = {"names": ", ".join(others), "roles": roles_in_words(course)}
            text = gettext("Not for %(names)s: this is meant for %(roles)s.")
            self.add_error("people", text % words)

    def asked(self) -> Wish:
        data = self.cleaned_data
        return Wish(list(data["people"]), data["wish"], data["from_on"], data["until_on"])


class PlanForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when run
    """The session in the practice; course, kind and practice are those of the request."""

    use_required_attribute = False

    class Meta:
        model = Session
        fields = PLANNED
        labels = {"place": _("Room or building"), "city": _("Town")}
        widgets = {"held_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})} | {
            name: forms.TimeInput(format="%H:%M", attrs={"type": "time"})
            for name in ("starts_at", "ends_at")
        }
        error_messages = {
            "title": {"required": _("Fill in a title")},
            "held_on": {
                "required": _("Fill in a date"),
                "invalid": _("Fill in a date like 14-03-2028"),
            },
            "starts_at": {"invalid": _("Fill in a time like 19:30")},
            "ends_at": {"invalid": _("Fill in a time like 21:30")},
        }

    def __init__(self, *args: Any, request: CoachingRequest, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "title": request.course.title,
            "place": request.practice.name,
            "city": request.practice.city,
        }
        super().__init__(*args, **kwargs)
        leads: Any = self.fields["facilitator"]
        leads.queryset = (
            User.objects.filter(region_roles__role=RegionRoleName.FACILITATOR)
            .distinct()
            .select_related("person")
        )
        leads.empty_label = _("Nobody yet")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day, starts_at, ends_at = (data.get(name) for name in ("held_on", "starts_at", "ends_at"))
        if day and day < timezone.localdate():
            self.add_error("held_on", _("Fill in a date that is still to come"))
        if ends_at and not starts_at and "starts_at" not in self.errors:
            self.add_error("starts_at", _("Fill in when it starts"))
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("Fill in a time after the start"))
        return data

    def planned(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PLANNED}


class DeclineForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        error_messages={"required": _("Write the reason: the practice reads it.")},
    )
