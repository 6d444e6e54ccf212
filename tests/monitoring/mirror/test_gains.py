import pytest

from monitoring.mirror.gains import could_gain
from monitoring.models import IndicatorDefinition
from tests.monitoring.mirror.region import LISTS, fill, practices

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return practices(10)


def test_only_who_differs_beyond_chance_to_the_other_side_could_gain(made):
    fill(made)
    assert could_gain("referrals") == {made[0].pk}
    IndicatorDefinition.objects.filter(code="referrals").update(direction="higher")
    assert could_gain("referrals") == set()
    IndicatorDefinition.objects.filter(code="referrals").update(direction="none")
    assert could_gain("referrals") == set()


def test_a_small_list_and_a_small_region_say_nothing(made):
    fill(made)
    IndicatorDefinition.objects.filter(code="referrals").update(minimum_size=2_401)
    assert could_gain("referrals") == set()
    fill(made[:7], "diagnostics")
    assert could_gain("diagnostics") == set()


def test_a_specialism_is_looked_at_by_itself(made):
    fill(made, detail="Cardiologie", counts=[(size, 50) for size, _count in LISTS])
    assert could_gain("referrals", "Cardiologie") == set()
    assert could_gain("referrals") == set()


def test_the_number_of_queries_does_not_grow(made, django_assert_num_queries):
    fill(made)
    fill([*made, *practices(8)], "diagnostics", counts=LISTS * 2)
    for code in ("referrals", "diagnostics"):
        with django_assert_num_queries(2):
            could_gain(code)
