"""One save of one row: what was pressed, what came of it, and what to say about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from highusers.choosing.forms import JudgementForm
from highusers.choosing.services import (
    NotPossibleError,
    OvertakenError,
    Patient,
    choose,
    judge,
    take_turn,
    undo_choice,
)
from highusers.models import Extract, HighUser, Judgement, PatientProfile
from practices.models import User
from practices.tenancy import PracticeRequest

CHOOSE, UNDO, THEIRS = "choose", "undo", "theirs"
STEPS = {CHOOSE: choose, UNDO: undo_choice}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which two colleagues gave different values; in words."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Nothing was saved: `who` changed the row `at` that time; `theirs` is what it holds now."""

    theirs: Judgement
    who: str
    at: str
    differences: tuple[Difference, ...]
    given: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """`message` goes into the live region; `is_other` means the row shows other values than the
    page does, so it must be shown anew."""

    message: str
    problems: tuple[str, ...] = ()
    clash: Clash | None = None
    is_other: bool = False

    @property
    def is_saved(self) -> bool:
        return not (self.problems or self.clash)


def save(request: PracticeRequest, high_user: HighUser, extract: Extract) -> Answer:
    """Save the row that was sent, then choose or undo when that button was pressed."""
    if request.POST.get("do") == THEIRS:
        return Answer(_("You now see what your colleague saved."), is_other=True)
    form = JudgementForm(request.POST)
    if not form.is_valid():
        problems = [str(problem) for found in form.errors.values() for problem in found]
        return Answer(_("Not saved"), tuple(problems))
    patient = Patient(request.practice, high_user, extract.period_end)
    given = form.given()
    if request.POST.get("do") == CHOOSE:
        take_turn(request.practice)
    try:
        saved = judge(patient, given=given, seen=form.seen(), actor=request.user)
        if step := STEPS.get(request.POST.get("do", "")):
            step(patient, actor=request.user)
    except OvertakenError as overtaken:
        clash = _clash(overtaken.theirs, given, request.user)
        message = _("Not saved: %(who)s was first.") % {"who": clash.who}
        return Answer(message, clash=clash)
    except NotPossibleError as refused:
        return Answer(" ".join(refused.problems), tuple(refused.problems))
    return Answer(saved_at(), is_other=saved.with_colleague)


def saved_at() -> str:
    return _("Saved %(time)s") % {"time": date_format(timezone.localtime(), "H.i")}


def _clash(theirs: Judgement, given: Mapping[str, object], me: User) -> Clash:
    labels = {
        "influenceable": _("Can be influenced"),
        "profile": _("Profile"),
        "discussed_on": _("Discussed on"),
        "reason": _("Reason for the choice"),
    }
    differences = tuple(
        Difference(labels[name], words_for(getattr(theirs, name), name), words_for(value, name))
        for name, value in given.items()
        if getattr(theirs, name) != value
    )
    by = theirs.changed_by
    who = _("A colleague") if by is None else str(by)
    if by == me:
        who = _("You yourself, in another window,")
    at = date_format(timezone.localtime(theirs.changed_at), "H.i")
    return Clash(theirs, who, at, differences, given)


def words_for(value: object, name: str) -> str:
    """A value as people read it; what is not filled in is said so."""
    if not value:
        return _("not filled in")
    if name == "influenceable":
        return str(Judgement(influenceable=str(value)).get_influenceable_display())
    if isinstance(value, PatientProfile):
        return profile_name(value)
    return str(value) if isinstance(value, str) else date_format(value)  # type: ignore[arg-type]


def profile_name(profile: PatientProfile) -> str:
    """Short, for a list: its number as long as the region has not named it."""
    return profile.name or _("Profile %(number)s") % {"number": profile.number}
