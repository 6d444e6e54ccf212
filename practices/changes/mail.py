"""Mail about what happened to a practice, for everybody whom it concerns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from practices.mailing.readers import account_holders
from practices.mailing.registry import Item, Kind
from practices.models import Employment, MailItem, Practice, PracticeChange, RegionRole, User
from practices.states import ChangeKind, RegionRoleName
from practices.texts.registry import Announced

KEY = "mail-practice-change"
NEW_DAYS = 14


@dataclass(frozen=True, slots=True)
class _Concerned:
    """Accounts: who runs a practice, by practice, and who went along in a change, by change."""

    holders: dict[int, list[int]]
    moved: dict[int, set[int]]


def noted(today: date) -> Iterator[Item]:
    """What was noted lately, not for who noted it; who was told of what was then taken back hears
    that as well."""
    changes = list(_lately(today))
    standing = [one for one in changes if one.undone_at is None]
    concerned = _concerned(standing, today)
    for change in standing:
        for reader, words in _told(change, concerned).items():
            if reader != change.made_by_id:
                yield Item(reader, _about(change), _values(change, words))
    for change in changes:
        if change.undone_at is not None:
            words = f"Dit is teruggedraaid, alles is weer als ervoor: {change.get_kind_display()}."
            mails = MailItem.objects.filter(kind=KEY, about=_about(change))
            for reader in mails.order_by("mail__user").values_list("mail__user", flat=True):
                yield Item(reader, f"{_about(change)}-back", _values(change, words))


def _about(change: PracticeChange) -> str:
    return f"change-{change.pk}"


def _still_stands(user: int, about: str) -> bool:
    """And it still concerns this account. Who was told of it hears that it was taken back."""
    key = about.removeprefix("change-")
    if not key.isdigit():
        return True
    change = _with_people().filter(pk=key, undone_at=None).first()
    return change is not None and user in _told(change, _concerned([change], timezone.localdate()))


def _lately(today: date) -> Iterable[PracticeChange]:
    since = today - timedelta(days=NEW_DAYS)
    return _with_people().filter(made_at__date__gt=since).order_by("pk")


def _with_people() -> QuerySet[PracticeChange]:
    return PracticeChange.objects.select_related(
        "practice__consultant", "other__consultant", "former_consultant"
    )


def _concerned(changes: list[PracticeChange], today: date) -> _Concerned:
    """Two queries."""
    practices = {p for one in changes for p in (one.practice, one.other) if p is not None}
    keys = {key: one.pk for one in changes for key in _spells(one)}
    moved: dict[int, set[int]] = {}
    going_on = Q(ended_on=None) | Q(ended_on__gte=today)
    spells = Employment.objects.filter(going_on, pk__in=keys, person__user__is_active=True)
    for key, account in spells.values_list("pk", "person__user"):
        moved.setdefault(keys[key], set()).add(account)
    return _Concerned(account_holders(practices, today), moved)


def _spells(change: PracticeChange) -> list[int]:
    """Of the people who work elsewhere, or as owner, because of it."""
    return [*change.before.get("begun", ()), *change.before.get("moved", ())]


def _told(change: PracticeChange, concerned: _Concerned) -> dict[int, str]:
    """Accounts with what they read, in Dutch as the mail is."""
    practice, other = change.practice, change.other
    words = _words(change)
    readers = {*concerned.moved.get(change.pk, ()), *_consultants(practice, other)}
    for one in (practice, other):
        readers |= set(concerned.holders.get(one.pk, ())) if one else set()
    told = dict.fromkeys(sorted(readers), words)
    former = change.former_consultant
    if former is not None and former.is_active:
        told[former.pk] = f"{words} U bent dus geen consulent meer van deze praktijk."
    return told


def _consultants(*practices: Practice | None) -> set[int]:
    found = {one.consultant for one in practices if one is not None}
    return {one.pk for one in found if one is not None and one.is_active}


def _words(change: PracticeChange) -> str:
    day = date_format(change.day, "j F Y")
    other = change.other.name if change.other else ""
    if change.kind == ChangeKind.CONSULTANT:
        return f"De consulent is nu {_now_consultant(change) or 'nog niet bekend'}."
    if change.kind == ChangeKind.CODE:
        return f"De praktijk heeft een andere AGB-code vanaf {day}."
    if change.kind == ChangeKind.TAKEOVER:
        return (
            f"De praktijk heeft een andere praktijkhouder vanaf {day}. De nieuwe praktijkhouder "
            "gaat eerst akkoord met de verwerkersovereenkomst. Daarna kan de praktijk weer een "
            "uitdraai inlezen."
        )
    if change.kind == ChangeKind.MERGER:
        return f"De praktijk gaat vanaf {day} verder in {other}. Het team werkt dan voor {other}."
    return f"Een deel van de praktijk gaat vanaf {day} verder als {other}."


def _now_consultant(change: PracticeChange) -> User | None:
    """Whom this change made consultant: the former one of the next change, or the one of now."""
    later = PracticeChange.objects.filter(
        practice=change.practice, kind=ChangeKind.CONSULTANT, pk__gt=change.pk
    )
    following = later.select_related("former_consultant").order_by("pk").first()
    return following.former_consultant if following else change.practice.consultant


def _values(change: PracticeChange, words: str) -> dict[str, str]:
    link = settings.SITE_URL + reverse("home")
    return {"praktijk": change.practice.name, "wat": words, "link": link}


def _takes_part(user: User) -> bool:
    consultants = RegionRole.objects.filter(user=user, role=RegionRoleName.CONSULTANT)
    return user.is_active and (user.person_id is not None or consultants.exists())


KINDS = (
    Kind(
        Announced(
            KEY,
            _("Mail: something changed in a practice"),
            "{praktijk}: er verandert iets",
            "{wat}\n\nLog in om te zien hoe uw praktijken er nu voor staan:\n{link}",
            mail=True,
            placeholders={
                "naam": "Sam Bos",
                "praktijk": "De Linde",
                "wat": "De consulent is nu Sanne de Wit.",
                "link": "https://mtvp.example/",
            },
        ),
        _("Another consultant or owner, or practices that go on together"),
        noted,
        _takes_part,
        why=_("You get this because you work in this practice, or visit it."),
        dated=True,
        still=_still_stands,
    ),
)
