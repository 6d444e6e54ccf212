"""Who works with plans, signed in."""

import pytest
from django.test import Client

from practices.models import Practice, User
from practices.states import StaffRole
from tests import factories
from tests.highusers.planned import practice_in_year_2


@pytest.fixture
def planning() -> Practice:
    return practice_in_year_2()


@pytest.fixture
def nurse(client: Client, planning: Practice) -> User:
    """Signed in, reading English."""
    user = factories.staff_user(planning, StaffRole.POH)
    client.force_login(user)
    client.cookies["mtvp_language"] = "en"
    return user
