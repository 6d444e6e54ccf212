"""Facts, norms and engine put together: order, choice, and a steady number of queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interventions.models import ConsultationSchedule
from monitoring.compliance import Status
from monitoring.models import Visit
from monitoring.standing import standing
from practices.models import Norm
from tests import factories

pytestmark = pytest.mark.django_db
START = date(2023, 4, 1)
AS_OF = date(2024, 1, 15)


@pytest.mark.parametrize("number", [1, 3])
def test_nine_queries_however_many_practices(number: int) -> None:
    for _ in range(number):
        practice = factories.practice(start_on=START)
        factories.employment(practice=practice)
        Visit.objects.create(practice=practice, held_on=START, time_out_discussed=True)
    with CaptureQueriesContext(connection) as queries:
        found = standing(AS_OF)
    assert len(found) == number
    assert len(queries) == 9


def test_all_practices_in_order_of_code_or_those_asked_for() -> None:
    later = factories.practice(code="00000009")
    first = factories.practice(code="00000001")
    assert [one.participant.code for one in standing(AS_OF)] == ["00000001", "00000009"]
    assert [one.participant.practice_id for one in standing(AS_OF, [later.pk])] == [later.pk]
    assert standing(AS_OF, []) == []
    assert first.pk != later.pk


def test_each_fact_reaches_its_own_part() -> None:
    practice = factories.practice(start_on=START)
    factories.employment(practice=practice, role="poh")
    Visit.objects.create(practice=practice, held_on=START, time_out_discussed=True)
    ConsultationSchedule.objects.create(practice=practice, pattern="20", in_use_from=START)
    [one] = standing(AS_OF)
    assert {
        obligation.intervention: obligation.status
        for obligation in one.obligations
        if obligation.programme_year == 1
    } == {
        1: Status.AT_RISK,
        2: Status.NOT_APPLICABLE,
        3: Status.MET,
        4: Status.MET,
        5: Status.AT_RISK,
        6: Status.NOT_APPLICABLE,
    }
    assert (one.facts[0].visit_on, one.facts[0].schedule_from) == (START, START)


def test_a_norm_that_an_administrator_changes_is_followed() -> None:
    practice = factories.practice(start_on=START)
    Norm.objects.create(key="plans", cohort=practice.cohort, valid_from=date(2024, 4, 1), value=8)
    [one] = standing(AS_OF)
    required = [
        obligation.parts[1].required
        for obligation in one.obligations
        if obligation.intervention == 1
    ]
    assert required == [5, 8]
