"""Accounts come by invitation only: a link that works once, for a while."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from practices.invitations.services import NotUsableError, accept
from practices.models import Employment, Invitation, User
from practices.states import RegionRoleName, StaffRole
from practices.tenancy import access_to_practice
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "een-ander-lang-wachtwoord"


@pytest.fixture
def practice():
    return factories.practice()


@pytest.fixture
def manager_client(client, practice):
    client.force_login(factories.staff_user(practice, StaffRole.MANAGER))
    return client


def send(client, practice, django_capture_on_commit_callbacks, **data):
    with django_capture_on_commit_callbacks(execute=True):
        return client.post(reverse("invite_colleague", args=[practice.slug]), data)


def link():
    return re.search(r"http://testserver(/uitnodiging/\S+)", mail.outbox[-1].body)[1]


@pytest.fixture
def owner_client(client, practice):
    client.force_login(factories.staff_user(practice, StaffRole.GP_OWNER))
    return client


@pytest.mark.parametrize("role", ["gp_owner", "gp_locum", "poh", "np", "pa"])
def test_a_manager_makes_no_reader_of_plans_at_an_address_of_choice(
    role, manager_client, practice, django_capture_on_commit_callbacks
):
    """It could be the manager's own, or a second one."""
    data = {"name": "Sam", "staff_role": role, "email": "tweede@adres.example"}
    refused = send(manager_client, practice, django_capture_on_commit_callbacks, **data)
    assert "staff_role" in refused.context["form"].errors
    colleague = factories.employment(practice=practice, role=role)
    data = {"colleague": colleague.pk, "email": "tweede@adres.example"}
    refused = send(manager_client, practice, django_capture_on_commit_callbacks, **data)
    assert "email" in refused.context["form"].errors
    assert mail.outbox == []


def test_a_manager_invites_a_reader_of_plans_at_the_address_that_the_region_has(
    manager_client, practice, django_capture_on_commit_callbacks
):
    person = factories.person(email="poh@voorbeeld.example")
    colleague = factories.employment(practice=practice, person=person, role=StaffRole.POH)
    data = {"colleague": colleague.pk, "email": "POH@voorbeeld.example"}
    send(manager_client, practice, django_capture_on_commit_callbacks, **data)
    assert mail.outbox[0].to == [person.email]


def test_a_manager_who_may_read_plans_invites_those_who_read_them(
    manager_client, practice, django_capture_on_commit_callbacks
):
    practice.manager_sees_plans = True
    practice.save()
    data = {"name": "Sam", "staff_role": StaffRole.POH, "email": "sam@voorbeeld.example"}
    send(manager_client, practice, django_capture_on_commit_callbacks, **data)
    assert mail.outbox[0].to == ["sam@voorbeeld.example"]


def test_a_colleague_on_the_team_list_gets_in_by_the_link(
    owner_client, client, practice, django_capture_on_commit_callbacks
):
    colleague = factories.employment(practice=practice, role=StaffRole.POH)
    response = send(
        owner_client,
        practice,
        django_capture_on_commit_callbacks,
        colleague=colleague.pk,
        email="Nieuw@Voorbeeld.example",
    )
    assert response.status_code == 302
    assert mail.outbox[0].to == ["nieuw@voorbeeld.example"]
    path = link()
    client.logout()
    assert client.get(path).status_code == 200
    assert not User.objects.filter(email="nieuw@voorbeeld.example").exists()
    assert client.post(path, {"password": PASSWORD}).status_code == 302
    account = User.objects.get(email="nieuw@voorbeeld.example")
    assert (account.is_active, account.person) == (True, colleague.person)
    assert account.check_password(PASSWORD)
    assert Employment.objects.filter(person=colleague.person).count() == 1


def test_a_new_colleague_starts_work_today(
    manager_client, client, practice, django_capture_on_commit_callbacks
):
    data = {"name": "Sam", "staff_role": StaffRole.ASSISTANT, "email": "sam@voorbeeld.example"}
    send(manager_client, practice, django_capture_on_commit_callbacks, **data)
    client.logout()
    client.post(link(), {"password": PASSWORD})
    account = User.objects.get(email="sam@voorbeeld.example")
    spell = Employment.objects.get(person=account.person)
    assert (spell.practice, spell.role, spell.started_on) == (
        practice,
        StaffRole.ASSISTANT,
        timezone.localdate(),
    )
    assert access_to_practice(account, practice).role == StaffRole.ASSISTANT


@pytest.mark.parametrize("ended", ["used", "withdrawn", "expired", "replaced", "unknown"])
def test_a_link_that_ended_says_what_to_do(
    ended, manager_client, client, practice, django_capture_on_commit_callbacks
):
    data = {"name": "Sam", "staff_role": StaffRole.ASSISTANT, "email": "sam@voorbeeld.example"}
    send(manager_client, practice, django_capture_on_commit_callbacks, **data)
    path, invitation = link(), Invitation.objects.get()
    if ended == "withdrawn":
        manager_client.post(reverse("withdraw_invitation", args=[practice.slug, invitation.pk]))
    if ended == "expired":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    if ended == "replaced":
        send(manager_client, practice, django_capture_on_commit_callbacks, **data)
    client.logout()
    if ended == "used":
        client.post(path, {"password": PASSWORD})
    if ended == "unknown":
        path = reverse("invitation", args=["x" * 43])
    assert client.get(path).status_code == 410
    assert client.post(path, {"password": "weer-een-ander-wachtwoord"}).status_code == 410
    account = User.objects.filter(email="sam@voorbeeld.example").first()
    assert (account is not None and account.check_password(PASSWORD)) == (ended == "used")


def test_the_link_itself_is_not_in_the_database(
    manager_client, practice, django_capture_on_commit_callbacks
):
    data = {"name": "Sam", "staff_role": StaffRole.ASSISTANT, "email": "sam@voorbeeld.example"}
    send(manager_client, practice, django_capture_on_commit_callbacks, **data)
    token = link().split("/")[2]
    stored = bytes(Invitation.objects.get().token_hash)
    assert len(stored) == 32
    assert stored[:16] not in token.encode()


def test_somebody_with_an_account_keeps_the_password_and_joins_signed_in(
    owner_client, client, practice, django_capture_on_commit_callbacks
):
    elsewhere = factories.practice()
    account = factories.staff_user(elsewhere, StaffRole.GP_LOCUM)
    data = {"name": "x", "staff_role": StaffRole.GP_LOCUM, "email": account.email}
    send(owner_client, practice, django_capture_on_commit_callbacks, **data)
    path = link()
    client.logout()
    assert client.post(path, {"password": PASSWORD}).url.startswith("/accounts/login/")
    client.force_login(account)
    assert client.post(path).status_code == 302
    account.refresh_from_db()
    assert account.check_password(factories.PASSWORD)
    assert set(Employment.objects.of(account.person).values_list("practice", flat=True)) == {
        elsewhere.pk,
        practice.pk,
    }


def test_a_mail_scanner_that_opens_the_link_accepts_nothing(
    owner_client, client, practice, django_capture_on_commit_callbacks
):
    account = factories.staff_user(factories.practice(), StaffRole.GP_LOCUM)
    data = {"name": "x", "staff_role": StaffRole.GP_LOCUM, "email": account.email}
    send(owner_client, practice, django_capture_on_commit_callbacks, **data)
    client.force_login(account)
    assert client.get(link()).status_code == 200
    assert Invitation.objects.get().accepted_at is None
    assert not Employment.objects.filter(person=account.person, practice=practice).exists()


def test_an_account_that_came_to_life_meanwhile_keeps_its_password(
    owner_client, practice, django_capture_on_commit_callbacks
):
    """Between the page and the button: the link is no way to set a password."""
    account = factories.user()
    data = {"name": "x", "staff_role": StaffRole.ASSISTANT, "email": account.email}
    send(owner_client, practice, django_capture_on_commit_callbacks, **data)
    with pytest.raises(NotUsableError):
        accept(token=link().split("/")[2], password=PASSWORD)
    account.refresh_from_db()
    assert account.check_password(factories.PASSWORD)


def close(account):
    account.is_active = False
    account.save()
    return account


@pytest.mark.parametrize("opens", ["the region", "another practice"])
def test_one_practice_does_not_open_what_was_closed_elsewhere(
    opens, owner_client, client, practice, django_capture_on_commit_callbacks
):
    closed = factories.region_user(RegionRoleName.COORDINATOR)
    if opens == "another practice":
        closed = factories.staff_user(factories.practice(), StaffRole.GP_OWNER)
    close(closed)
    data = {"name": "Sam", "staff_role": StaffRole.ASSISTANT, "email": closed.email}
    send(owner_client, practice, django_capture_on_commit_callbacks, **data)
    client.logout()
    assert client.post(link(), {"password": PASSWORD}).status_code == 410
    closed.refresh_from_db()
    assert not closed.is_active


@pytest.mark.parametrize("waits", [True, False], ids=["never used", "of this practice alone"])
def test_an_account_that_opens_no_more_than_the_practice_is_opened(
    waits, owner_client, client, practice, django_capture_on_commit_callbacks
):
    if waits:
        account = factories.region_user(RegionRoleName.CONSULTANT, password=None)
    else:
        account = factories.staff_user(practice, StaffRole.ASSISTANT)
    close(account)
    data = {"name": "Sam", "staff_role": StaffRole.ASSISTANT, "email": account.email}
    send(owner_client, practice, django_capture_on_commit_callbacks, **data)
    client.logout()
    assert client.post(link(), {"password": PASSWORD}).status_code == 302
    account.refresh_from_db()
    assert account.is_active


def test_the_link_of_somebody_else_gives_nothing(
    owner_client, client, practice, django_capture_on_commit_callbacks
):
    invited = factories.staff_user(factories.practice())
    data = {"name": "x", "staff_role": StaffRole.GP_OWNER, "email": invited.email}
    send(owner_client, practice, django_capture_on_commit_callbacks, **data)
    path = link()
    thief = factories.staff_user(factories.practice())
    client.force_login(thief)
    assert client.post(path).status_code == 410
    assert not Employment.objects.filter(person=thief.person, practice=practice).exists()


def test_a_weak_password_is_refused_with_the_reason(
    manager_client, client, practice, django_capture_on_commit_callbacks
):
    data = {"name": "Sam", "staff_role": StaffRole.ASSISTANT, "email": "sam@voorbeeld.example"}
    send(manager_client, practice, django_capture_on_commit_callbacks, **data)
    client.logout()
    for weak in ["bq8-zmkw-vt", "password1234", "sam@voorbeeld.example"]:
        response = client.post(link(), {"password": weak})
        assert response.context["form"].errors["password"], weak
    assert not User.objects.filter(email="sam@voorbeeld.example").exists()


def test_the_coordinator_invites_a_reader_of_one_insurer(
    client, django_capture_on_commit_callbacks
):
    client.force_login(factories.region_user(RegionRoleName.COORDINATOR))
    cz = factories.insurer("CZ")
    data = {"name": "Lezer", "email": "lezer@cz.example", "region_role": "insurer_reader"}
    url = reverse("invite_anyone")
    assert client.post(url, data).context["form"].errors["insurer"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, data | {"insurer": cz.pk})
    path = link()
    client.logout()
    client.post(path, {"password": PASSWORD})
    role = User.objects.get(email="lezer@cz.example").region_roles.get()
    assert (role.role, role.insurer) == ("insurer_reader", cz)


@pytest.mark.parametrize(
    ("role", "code"), [(StaffRole.ASSISTANT, 403), (StaffRole.POH, 403), (StaffRole.GP_OWNER, 200)]
)
def test_who_may_invite(role, code, client, practice):
    client.force_login(factories.staff_user(practice, role))
    assert client.get(reverse("invite_colleague", args=[practice.slug])).status_code == code
    other = factories.practice()
    assert client.get(reverse("invite_colleague", args=[other.slug])).status_code == 404
    assert client.get(reverse("invite_anyone")).status_code == 403


def test_who_left_yesterday_is_out_today(client, practice):
    user = factories.staff_user(practice, StaffRole.MANAGER)
    client.force_login(user)
    url = reverse("invite_colleague", args=[practice.slug])
    assert client.get(url).status_code == 200
    Employment.objects.filter(person=user.person).update(
        started_on=date(2020, 1, 1), ended_on=timezone.localdate() - timedelta(days=1)
    )
    assert client.get(url).status_code == 404


def test_the_operator_invites_the_first_coordinator(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command(
            "invite",
            "eerste@regio.example",
            name="Eerste",
            role="coordinator",
            site="http://testserver/",
        )
    client.post(link(), {"password": PASSWORD})
    roles = User.objects.get(email="eerste@regio.example").region_roles
    assert [role.role for role in roles.all()] == ["coordinator"]


def test_one_practice_cannot_take_the_account_of_who_works_in_another_too(
    owner_client, practice, django_capture_on_commit_callbacks
):
    """The account would open the other practice for whoever reads mail at the typed address."""
    locum = factories.person(email="waarnemer@voorbeeld.example")
    colleague = factories.employment(practice=practice, person=locum, role=StaffRole.GP_LOCUM)
    factories.employment(person=locum, role=StaffRole.GP_LOCUM)
    data = {"colleague": colleague.pk, "email": "tweede@adres.example"}
    refused = send(owner_client, practice, django_capture_on_commit_callbacks, **data)
    assert "email" in refused.context["form"].errors
    assert mail.outbox == []
    data["email"] = locum.email.upper()
    send(owner_client, practice, django_capture_on_commit_callbacks, **data)
    assert mail.outbox[0].to == [locum.email]


def test_one_practice_cannot_reopen_an_account_of_the_region_at_another_address(
    owner_client, practice, django_capture_on_commit_callbacks
):
    closed = factories.region_user(RegionRoleName.COORDINATOR, is_active=False)
    closed.person = factories.person(email=closed.email)
    closed.save()
    colleague = factories.employment(practice=practice, person=closed.person, role=StaffRole.POH)
    data = {"colleague": colleague.pk, "email": "tweede@adres.example"}
    refused = send(owner_client, practice, django_capture_on_commit_callbacks, **data)
    assert "email" in refused.context["form"].errors
    assert mail.outbox == []


def test_work_elsewhere_that_has_ended_is_no_bar(
    owner_client, practice, django_capture_on_commit_callbacks
):
    colleague = factories.employment(practice=practice, role=StaffRole.POH)
    factories.employment(person=colleague.person, ended_on=date(2021, 1, 1))
    data = {"colleague": colleague.pk, "email": "poh@voorbeeld.example"}
    send(owner_client, practice, django_capture_on_commit_callbacks, **data)
    assert mail.outbox[0].to == ["poh@voorbeeld.example"]
