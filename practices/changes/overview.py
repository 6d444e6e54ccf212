"""What was noted about a practice, in words, and what can be noted now."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.changes.undoing import can_undo
from practices.models import Practice, PracticeChange
from practices.states import ChangeKind


@dataclass(frozen=True, slots=True)
class Noted:
    """`can_undo` on the page of the practice that it happened to, not of the other."""

    change: PracticeChange
    words: str
    can_undo: bool


def changes_of(practice: Practice) -> list[Noted]:
    """The latest first; those taken back are left to the trail."""
    concerned = Q(practice=practice) | Q(other=practice)
    found = PracticeChange.objects.standing().filter(concerned)
    found = found.select_related("practice", "other", "former_consultant__person")
    return [
        Noted(change, _in_words(change), change.practice_id == practice.pk and can_undo(change))
        for change in found
    ]


def has_gone_on(practice: Practice) -> bool:
    return practice.changes.standing().filter(kind=ChangeKind.MERGER).exists()


def open_kinds(practice: Practice) -> list[ChangeKind]:
    """Who has stopped only gets another code or consultant."""
    if practice.stopped_on is None:
        return list(ChangeKind)
    return [ChangeKind.CODE, ChangeKind.CONSULTANT]


def _in_words(change: PracticeChange) -> str:
    said = {
        ChangeKind.CODE: _("%(day)s: new AGB code, %(code)s until then"),
        ChangeKind.CONSULTANT: _("%(day)s: another consultant, %(consultant)s until then"),
        ChangeKind.TAKEOVER: _("%(day)s: taken over, %(name)s until then"),
        ChangeKind.MERGER: _("%(day)s: %(practice)s goes on in %(other)s"),
        ChangeKind.SPLIT: _("%(day)s: part of %(practice)s becomes %(other)s"),
    }[ChangeKind(change.kind)]
    return said % {
        "day": date_format(change.day),
        "code": change.former_code or _("another one"),
        "consultant": change.former_consultant or _("nobody"),
        "name": change.former_name,
        "practice": change.practice,
        "other": change.other,
    }
