"""What somebody may do where: by employment today, by being its consultant, by a role."""

import pytest

from practices.models import RegionRole
from practices.permissions import NEEDS_SCOPE, Permission
from practices.states import RegionRoleName, StaffRole
from practices.tenancy import access_to_practice
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
    assert not access_to_practice(consultant, practice).permissions
    practice.consultant = consultant
    assert access_to_practice(consultant, practice).permissions == {Permission.SEE_PRACTICE}


def test_two_roles_in_one_practice_add_up(practice):
    user = factories.staff_user(practice, StaffRole.ASSISTANT)
    factories.employment(person=user.person, practice=practice, role=StaffRole.POH)
    access = access_to_practice(user, practice)
    assert access.role == "assistant,poh"
    assert Permission.WRITE_PLANS in access
