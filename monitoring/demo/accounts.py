"""The accounts of the demo: one for each role, all with the same password.

They are given their password by `demo_region` only, which somebody runs on purpose.
"""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_noop

from practices.models import Insurer, Person, RegionRole, User
from practices.states import RegionRoleName, StaffRole

PASSWORD = "tijd-voor-de-patient"  # noqa: S105  (printed on screen by the demo)


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """`role` is a msgid. Staff work in the first practice; `name` is for those without one."""

    role: str
    email: str
    staff_role: StaffRole | None = None
    region_role: RegionRoleName | None = None
    insurer: str = ""
    name: str = ""

    @property
    def password(self) -> str:
        return PASSWORD


ACCOUNTS = (
    DemoAccount(gettext_noop("GP, practice owner"), "huisarts@demo.example", StaffRole.GP_OWNER),
    DemoAccount(
        gettext_noop("Regular locum, in two practices"),
        "waarnemer@demo.example",
        StaffRole.GP_LOCUM,
    ),
    DemoAccount(gettext_noop("Practice nurse (POH)"), "poh@demo.example", StaffRole.POH),
    DemoAccount(gettext_noop("Assistant"), "assistent@demo.example", StaffRole.ASSISTANT),
    DemoAccount(gettext_noop("Practice manager"), "manager@demo.example", StaffRole.MANAGER),
    DemoAccount(
        gettext_noop("Practice manager, with a questionnaire to answer"),
        "manager2@demo.example",
        name="Mara Manager",
    ),
    DemoAccount(
        gettext_noop("Consultant"),
        "consulent@demo.example",
        region_role=RegionRoleName.CONSULTANT,
        name="Cato Consulent",
    ),
    DemoAccount(
        gettext_noop("Facilitator (EKC)"),
        "ekc@demo.example",
        region_role=RegionRoleName.FACILITATOR,
        name="Evi Kwaliteit",
    ),
    DemoAccount(
        gettext_noop("Programme coordinator"),
        "coordinator@demo.example",
        region_role=RegionRoleName.COORDINATOR,
        name="Coby Coördinator",
    ),
    DemoAccount(
        gettext_noop("Reader at CZ"),
        "lezer.cz@demo.example",
        region_role=RegionRoleName.INSURER_READER,
        insurer="CZ",
        name="Lezer CZ",
    ),
    DemoAccount(
        gettext_noop("Reader at VGZ"),
        "lezer.vgz@demo.example",
        region_role=RegionRoleName.INSURER_READER,
        insurer="VGZ",
        name="Lezer VGZ",
    ),
    DemoAccount(
        gettext_noop("Privacy officer"),
        "privacy@demo.example",
        region_role=RegionRoleName.PRIVACY_OFFICER,
        name="Pim Privacy",
    ),
    DemoAccount(
        gettext_noop("Administrator"),
        "beheer@demo.example",
        region_role=RegionRoleName.ADMIN,
        name="Bo Beheer",
    ),
)

COLLEAGUES = {
    "consulent2@demo.example": "Corné Consulent",
    "consulent3@demo.example": "Cynthia Consulent",
    "ekc2@demo.example": "Eef Kwaliteit",
    "ekc3@demo.example": "Elin Kwaliteit",
}
"""Consultants and facilitators beside those with an account to sign in with."""

STAFF_EMAILS = {account.staff_role: account.email for account in ACCOUNTS if account.staff_role}
"""The e-mail addresses that the staff of the first practice get, by role."""


def open_accounts() -> list[User]:
    """Make each account of the demo one that can be signed in to; again does no harm."""
    # Hashed once: it is the same for all, and a slow hash twelve times over is felt at the start.
    hashed = make_password(PASSWORD)
    for email, name in COLLEAGUES.items():
        User.objects.filter(email=email, name="").update(name=name)
    return [_open(account, hashed) for account in ACCOUNTS]


def _open(account: DemoAccount, hashed_password: str) -> User:
    user = User.objects.filter(email=account.email).first() or User(email=account.email)
    person = Person.objects.filter(email=account.email).first() if account.staff_role else None
    user.person = person or user.person
    user.name = user.name or account.name or (person.name if person else "")
    user.is_active = True
    # Django's own admin asks for this flag; what it shows follows from the role.
    user.is_staff = account.region_role in {RegionRoleName.ADMIN, RegionRoleName.COORDINATOR}
    user.is_superuser = account.region_role == RegionRoleName.ADMIN
    user.password = hashed_password
    user.save()
    if account.region_role:
        insurer = (
            Insurer.objects.get_or_create(name=account.insurer)[0] if account.insurer else None
        )
        RegionRole.objects.get_or_create(user=user, role=account.region_role, insurer=insurer)
    return user
