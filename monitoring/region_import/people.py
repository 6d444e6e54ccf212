"""Who the files name: people, whose lines may be many, and the accounts that go with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from monitoring.region_import.naturals import ids_of
from monitoring.region_import.parsing import Row, Sheet
from practices.models import Person, RegionRole, User
from practices.states import RegionRoleName

ABOUT_A_PERSON = ("name", "email", "registration")

ROLES = (
    ("practices", "consultant_email", RegionRoleName.CONSULTANT),
    ("sessions", "facilitator", RegionRoleName.FACILITATOR),
)
"""The columns that name somebody by e-mail, and the part that person plays for the region."""


def people_of(sheets: Mapping[str, Sheet]) -> list[Row]:
    """Everybody in staff.csv once. Where lines differ the last one that says something counts,
    with a warning."""
    if "staff" not in sheets:
        return []
    sheet = sheets["staff"]
    people: dict[str, Row] = {}
    for row in sheet.rows:
        reference = row.values["person"]
        known = people.get(reference)
        about = {column: row.values[column] or "" for column in ABOUT_A_PERSON}
        if known is None:
            people[reference] = Row(row.number, {"person": reference, **about})
            continue
        for column, said in about.items():
            before = known.values[column]
            if said and before and said != before:
                message = _("An earlier row says something else of this person; this row counts.")
                sheet.warn(row, column, message, "person_differs")
            known.values[column] = said or before
    return list(people.values())


def unknown_attendees(sheets: Mapping[str, Sheet]) -> list[Row]:
    """People on an attendance list whom nobody knows yet; their id is all there is of a name."""
    if "attendance" not in sheets:
        return []
    listed = {row.values["person"]: row.number for row in reversed(sheets["attendance"].rows)}
    known = set(Person.objects.filter(reference__in=listed).values_list("reference", flat=True))
    if "staff" in sheets:
        known.update(row.values["person"] for row in sheets["staff"].rows)
    return [
        Row(number, {"person": reference, "name": reference, "email": "", "registration": ""})
        for reference, number in listed.items()
        if reference not in known
    ]


SOMEBODY_ELSE = ""
"""Stands for a person whom the files do not name."""


@dataclass(slots=True)
class Account:
    """An account as it will be; `pk` None when it is still to be made, `person` None when it is
    nobody's. `unused`: nobody has signed in with it or can."""

    email: str
    pk: int | None = None
    person: str | None = None
    name: str = ""
    unused: bool = True
    roles: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Accounts:
    """What is to be done about accounts: made, linked to a person, given another address, given
    a part to play for the region."""

    made: list[Account] = field(default_factory=list)
    linked: list[Account] = field(default_factory=list)
    readdressed: list[Account] = field(default_factory=list)
    new_roles: list[tuple[Account, str]] = field(default_factory=list)


def accounts_for(sheets: Mapping[str, Sheet], people: Iterable[Row]) -> Accounts:
    """Plan the accounts that the files ask for. An address that is known is reused; one address
    is one account, so a second person with it gets none, with a warning."""
    with_email = [row for row in people if row.values["email"]]
    wanted = _emails_with_role(sheets)
    by_email = _stored_accounts({row.values["email"] for row in with_email}.union(wanted), people)
    by_person = {a.person: a for a in by_email.values() if a.person}
    plan = Accounts()
    for email, roles in wanted.items():
        account = by_email.get(email)
        if account is None:
            account = by_email[email] = Account(email)
            plan.made.append(account)
        account.roles |= roles
    plan.new_roles = _new_roles(by_email[email] for email in wanted)
    for row in with_email:
        _account_for_person(row, plan, by_email, by_person, sheets["staff"])
    return plan


def _account_for_person(
    row: Row,
    plan: Accounts,
    by_email: dict[str, Account],
    by_person: dict[str, Account],
    staff: Sheet,
) -> None:
    email, reference = row.values["email"], row.values["person"]
    own, other = by_person.get(reference), by_email.get(email)
    if own is not None:
        # An address mistyped earlier may be mended as long as nobody uses the account.
        if other is None and own.unused:
            own.email = email
            by_email[email] = own
            plan.readdressed.append(own)
        return
    if other is None:
        other = by_email[email] = Account(email)
        plan.made.append(other)
    elif other.person is not None:
        message = _("This e-mail address belongs to somebody else's account: no account is made.")
        staff.warn(row, "email", message, "email_shared")
        return
    elif other.pk is not None:
        plan.linked.append(other)
    other.person, other.name = reference, other.name or row.values["name"]
    by_person[reference] = other


def _emails_with_role(sheets: Mapping[str, Sheet]) -> dict[str, set[str]]:
    wanted: dict[str, set[str]] = {}
    for table, column, role in ROLES:
        if table in sheets:
            for row in sheets[table].rows:
                if row.values[column]:
                    wanted.setdefault(row.values[column], set()).add(role)
    return wanted


def _new_roles(accounts: Iterable[Account]) -> list[tuple[Account, str]]:
    asked = [(account, role) for account in accounts for role in sorted(account.roles)]
    played = set(
        RegionRole.objects.filter(user__in=[account.pk for account, _role in asked if account.pk])
        .values_list("user_id", "role")
        .order_by()
    )
    return [(account, role) for account, role in asked if (account.pk, role) not in played]


def _stored_accounts(emails: set[str], people: Iterable[Row]) -> dict[str, Account]:
    ids = ids_of("person", {row.values["person"] for row in people})
    references = {pk: reference for reference, pk in ids.items()}
    users = User.objects.annotate(address=Lower("email")).filter(
        Q(address__in=emails) | Q(person__in=references)
    )
    rows = users.values_list("address", "pk", "person", "name", "is_active", "last_login")
    return {
        email: Account(
            email,
            pk,
            None if person is None else references.get(person, SOMEBODY_ELSE),
            name,
            not active and last_login is None,
        )
        for email, pk, person, name, active, last_login in rows.order_by()
    }


def store_accounts(plan: Accounts) -> None:
    """Make and change accounts; the people must be stored. New accounts cannot be signed in to
    until somebody invites their owner."""
    people = ids_of("person", {a.person for a in (*plan.made, *plan.linked)})
    made = User.objects.bulk_create(
        [
            User(
                email=account.email,
                name=account.name,
                person_id=people.get(account.person),
                is_active=False,
                password=make_password(None),
            )
            for account in plan.made
        ],
        batch_size=2000,
    )
    for account, user in zip(plan.made, made, strict=True):
        account.pk = user.pk
    User.objects.bulk_update(
        [User(pk=a.pk, person_id=people.get(a.person), name=a.name) for a in plan.linked],
        ["person", "name"],
        batch_size=500,
    )
    User.objects.bulk_update(
        [User(pk=a.pk, email=a.email) for a in plan.readdressed if a.pk], ["email"], batch_size=500
    )
    RegionRole.objects.bulk_create(
        [
            RegionRole(user_id=account.pk, role=role)
            for account, role in plan.new_roles
            if account.pk is not None
        ],
    )
