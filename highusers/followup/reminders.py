"""What is due, in the weekly mail: counts and a link, nothing about a patient.

An action is told to its colleague; an evaluation, and an action of somebody who may not read
plans or of a partner, to who drew up the plan, else to who owns the practice.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from highusers.followup.due import SOON_DAYS
from highusers.models import PatientPlan, PlanAction
from highusers.states import OPEN, ActionState
from highusers.texts import DUE_TEXT
from practices.isolation import practice_scope
from practices.mailing.registry import Item, Kind
from practices.models import Employment, Practice, User
from practices.permissions import Permission
from practices.states import StaffRole
from practices.tenancy import access_to_practice


@dataclass(slots=True)
class Counts:
    evaluations: int = 0
    actions: int = 0


def due_of_all(today: date) -> Iterator[Item]:
    """For everybody for whom something is overdue or due soon, once a week for each practice."""
    for practice in Practice.objects.order_by("pk"):
        readers = _readers(practice, today)
        if readers:
            yield from _due_of(practice, readers, today)


def due_of_one(user: User, today: date) -> Iterator[Item]:
    """The same for one account, from the practices it works in."""
    for practice in Practice.objects.of_user(user, today).order_by("pk"):
        readers = _readers(practice, today)
        yield from (item for item in _due_of(practice, readers, today) if item.user == user.pk)


def _due_of(practice: Practice, readers: dict[int, User], today: date) -> Iterator[Item]:
    due = counts_by_person(practice, today, set(readers), _owners(practice, today) & set(readers))
    for person, counts in due.items():
        about = f"{today:%G-%V}-{practice.pk}"
        yield Item(readers[person].pk, about, _values(practice, counts), practice.pk)


def counts_by_person(
    practice: Practice, today: date, readers: set[int], owners: set[int]
) -> dict[int, Counts]:
    """What is overdue or due soon, by the people it is told to; no text is decrypted."""
    until = today + timedelta(days=SOON_DAYS)
    told: dict[int, Counts] = {}

    def tell(field: str, number: int, *people: int | None) -> None:
        known = [person for person in people if person in readers]
        for person in known[:1] or sorted(owners):
            counts = told.setdefault(person or 0, Counts())
            setattr(counts, field, getattr(counts, field) + number)

    with practice_scope(practice):
        plans = PatientPlan.objects.filter(
            practice=practice, state__in=OPEN, evaluate_on__lte=until
        )
        evaluations = Counter(plans.values_list("created_by__person", flat=True))
        actions = PlanAction.objects.filter(
            practice=practice, state=ActionState.OPEN, plan__state__in=OPEN, due_on__lte=until
        )
        owned = Counter(actions.values_list("colleague", "plan__created_by__person"))
    for author, number in evaluations.items():
        tell("evaluations", number, author)
    for (colleague, author), number in owned.items():
        tell("actions", number, colleague, author)
    return told


def _readers(practice: Practice, today: date) -> dict[int, User]:
    """Accounts of this practice that may read plans, by person."""
    here = Employment.objects.in_service(today).filter(practice=practice)
    users = User.objects.filter(is_active=True, person__in=here.values("person"))
    return {
        user.person_id: user
        for user in users.select_related("person")
        if user.person_id and Permission.SEE_PLANS in access_to_practice(user, practice)
    }


def _owners(practice: Practice, today: date) -> set[int]:
    here = Employment.objects.in_service(today).filter(practice=practice, role=StaffRole.GP_OWNER)
    return set(here.values_list("person", flat=True))


def _values(practice: Practice, counts: Counts) -> dict[str, str]:
    link = settings.SITE_URL + reverse("plans_due", args=[practice.slug])
    evaluations = ngettext("%(number)s evaluation", "%(number)s evaluations", counts.evaluations)
    actions = ngettext("%(number)s action", "%(number)s actions", counts.actions)
    said = {
        "evaluaties": evaluations % {"number": counts.evaluations},
        "acties": actions % {"number": counts.actions},
    }
    numbers = {"evaluaties": counts.evaluations, "acties": counts.actions}
    work = " en ".join(said[name] for name, number in numbers.items() if number)
    return said | {"praktijk": practice.name, "werk": work, "link": link}


def _reads_plans(user: User) -> bool:
    practices = Practice.objects.of_user(user, timezone.localdate())
    return any(Permission.SEE_PLANS in access_to_practice(user, one) for one in practices)


DUE = Kind(
    DUE_TEXT,
    _("What is due on plans of patients"),
    due_of_all,
    _reads_plans,
    _("You get this because these plans are yours, or an action on them is, or the practice is."),
    for_one=due_of_one,
    permission=Permission.SEE_PLANS,
)
