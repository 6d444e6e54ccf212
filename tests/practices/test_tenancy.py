"""What somebody may do where: by employment today, by being its consultant, by a role."""

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from practices.audit import record
from practices.models import AuditEvent, Practice, RegionRole
from practices.permissions import (
    BY_REGION_ROLE,
    NEEDS_SCOPE,
    OF_OWN_CONSULTANT,
    ON_BEHALF,
    Permission,
)
from practices.states import AuditAction, AuditOutcome, RegionRoleName, StaffRole
from practices.tenancy import access_to_practice, practice_page
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return factories.practice()


@pytest.mark.parametrize(
    "role",
    [
        RegionRoleName.COORDINATOR,
        RegionRoleName.ADMIN,
        RegionRoleName.PRIVACY_OFFICER,
        RegionRoleName.INSURER_READER,
    ],
)
def test_who_arranges_access_cannot_make_a_clinician_of_oneself(role, practice):
    user = factories.staff_user(practice, StaffRole.GP_OWNER)
    insurer = factories.insurer() if role == RegionRoleName.INSURER_READER else None
    RegionRole.objects.create(user=user, role=role, insurer=insurer)
    access = access_to_practice(user, practice)
    assert not access.permissions & NEEDS_SCOPE
    assert Permission.SEE_PRACTICE in access


@pytest.mark.parametrize("role", [RegionRoleName.CONSULTANT, RegionRoleName.FACILITATOR])
def test_a_clinician_may_be_consultant_or_facilitator_elsewhere(role, practice):
    user = factories.staff_user(practice, StaffRole.GP_OWNER)
    RegionRole.objects.create(user=user, role=role)
    assert Permission.SEE_PLANS in access_to_practice(user, practice)


def test_a_manager_reads_plans_only_when_the_practice_grants_it(practice):
    manager = factories.staff_user(practice, StaffRole.MANAGER)
    assert Permission.SEE_PLANS not in access_to_practice(manager, practice)
    practice.manager_sees_plans = True
    assert Permission.SEE_PLANS in access_to_practice(manager, practice)


def test_a_consultant_sees_her_own_practices_without_patients(practice):
    consultant = factories.region_user(RegionRoleName.CONSULTANT)
    of_the_role = BY_REGION_ROLE[RegionRoleName.CONSULTANT]
    assert access_to_practice(consultant, practice).permissions == of_the_role
    assert not of_the_role & OF_OWN_CONSULTANT
    practice.consultant = consultant
    assert access_to_practice(consultant, practice).permissions == OF_OWN_CONSULTANT
    assert {Permission.SEE_PRACTICE, Permission.CONDUCT_VISIT, *ON_BEHALF} <= OF_OWN_CONSULTANT
    assert not access_to_practice(consultant, practice).permissions & NEEDS_SCOPE


def test_asking_for_a_practice_that_does_not_exist_leaves_the_same_trace(practice, client):
    """So that neither the record nor the time it takes tells which practices there are."""
    client.force_login(factories.region_user(RegionRoleName.FACILITATOR))
    for slug in (practice.slug, "bestaat-niet"):
        assert client.get(f"/praktijk/{slug}/").status_code == 404
    denied = AuditEvent.objects.filter(action=AuditAction.DENIED).order_by("pk")
    assert [(event.object_id, event.outcome, event.practice) for event in denied] == [
        (Permission.SEE_PRACTICE, AuditOutcome.REFUSED, practice),
        (Permission.SEE_PRACTICE, AuditOutcome.REFUSED, None),
    ]


def test_a_report_that_does_not_exist_for_a_reader_is_on_record(client):
    reader = factories.region_user(RegionRoleName.INSURER_READER, factories.insurer("CZ"))
    client.force_login(reader)
    assert client.get("/jaarverslagen/123/json").status_code == 404
    event = AuditEvent.objects.get(action=AuditAction.DENIED)
    assert (event.actor, event.outcome, event.detail) == (reader, "failed", {"asked": "123"})


def test_what_the_database_cannot_hold_is_on_record_as_well(practice, client):
    client.force_login(factories.staff_user(practice, StaffRole.GP_OWNER))
    assert client.get(f"/praktijk/{practice.slug}/patient/v-%0099/").status_code == 404
    assert AuditEvent.objects.get(action=AuditAction.DENIED).detail == {"asked": "v-99"}


def test_who_is_no_consultant_any_more_loses_the_practices_at_once(practice):
    consultant = factories.region_user(RegionRoleName.CONSULTANT)
    practice.consultant = consultant
    practice.save()
    today = timezone.localdate()
    assert list(Practice.objects.of_user(consultant, today)) == [practice]
    RegionRole.objects.filter(user=consultant).delete()
    assert not access_to_practice(consultant, practice).permissions
    assert not Practice.objects.of_user(consultant, today).exists()


def test_two_roles_in_one_practice_add_up(practice):
    user = factories.staff_user(practice, StaffRole.ASSISTANT)
    factories.employment(person=user.person, practice=practice, role=StaffRole.POH)
    access = access_to_practice(user, practice)
    assert access.role == "assistant,poh"
    assert Permission.WRITE_PLANS in access


def ask(user, practice, permission):
    """The access that a page behind this permission gets, after it saved something."""
    seen = []

    @practice_page(permission)
    def page(request):
        record(actor=request.user, action=AuditAction.CHANGE, obj=practice, practice=practice)
        seen.append(request.access)
        return HttpResponse()

    request = RequestFactory().get("/")
    request.user, request.resolver_match = user, None
    page(request, practice.slug)
    return seen[0]


@pytest.mark.parametrize("role", [RegionRoleName.CONSULTANT, RegionRoleName.COORDINATOR])
def test_somebody_of_the_region_works_on_behalf_of_a_practice_and_the_trail_says_so(role, practice):
    user = factories.region_user(role)
    practice.consultant = user if role == RegionRoleName.CONSULTANT else None
    practice.save()
    assert ask(user, practice, Permission.KEEP_SCHEDULE).on_behalf
    event = AuditEvent.objects.get(action=AuditAction.CHANGE)
    assert (event.role, event.detail) == (role, {"on_behalf": True})


def test_looking_at_a_practice_is_not_on_its_behalf(practice):
    user = factories.region_user(RegionRoleName.COORDINATOR)
    assert not ask(user, practice, Permission.SEE_PRACTICE).on_behalf
    assert AuditEvent.objects.get(action=AuditAction.CHANGE).detail == {}


def test_who_works_in_the_practice_does_its_work_as_oneself(practice):
    user = factories.staff_user(practice, StaffRole.MANAGER)
    RegionRole.objects.create(user=user, role=RegionRoleName.COORDINATOR)
    assert not ask(user, practice, Permission.ENROL_COLLEAGUES).on_behalf
    assert AuditEvent.objects.get(action=AuditAction.CHANGE).detail == {}


@pytest.mark.parametrize("permission", [Permission.SEE_PRACTICE, Permission.SEE_PLANS])
def test_what_does_not_exist_in_the_own_practice_is_on_record(permission, practice):
    @practice_page(permission)
    def page(request, code):
        raise Http404

    request = RequestFactory().get("/")
    request.user = factories.staff_user(practice, StaffRole.GP_OWNER)
    request.resolver_match = type("Match", (), {"kwargs": {"slug": practice.slug, "code": "v-99"}})
    with pytest.raises(Http404):
        page(request, practice.slug, code="v-99")
    event = AuditEvent.objects.get(action=AuditAction.DENIED)
    assert event.outcome == AuditOutcome.FAILED
    assert (event.practice, event.object_id, event.detail) == (
        practice,
        permission,
        {"asked": "v-99"},
    )
