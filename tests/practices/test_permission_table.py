from pathlib import Path

import pytest
from django.conf import settings

from practices.permission_table import permission_page
from practices.permissions import BY_REGION_ROLE, BY_STAFF_ROLE, NEEDS_SCOPE, Permission
from practices.states import RegionRoleName, StaffRole


def test_the_page_in_docs_is_the_table_in_the_code():
    assert Path(settings.BASE_DIR, "docs/permissions.md").read_text() == permission_page()


def test_every_role_stands_in_the_table():
    assert set(BY_STAFF_ROLE) == set(StaffRole)
    assert set(BY_REGION_ROLE) == set(RegionRoleName)


@pytest.mark.parametrize("role", list(RegionRoleName))
def test_no_role_for_the_region_opens_rows_of_patients(role):
    assert not BY_REGION_ROLE[role] & NEEDS_SCOPE


def test_an_assistant_opens_no_plan():
    assert not BY_STAFF_ROLE[StaffRole.ASSISTANT] & {Permission.SEE_PLANS, Permission.WRITE_PLANS}
