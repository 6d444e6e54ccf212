import pytest
from django.utils import translation

from monitoring.mirror.pictures import CourseYear, course_picture
from monitoring.models import IndicatorDefinition
from tests.charts.geometry import faults

DEFINITION = IndicatorDefinition(title="Wachttijd", comparison="course", decimals=1)


def years(number: int) -> list[CourseYear]:
    return [CourseYear(2010 + at, 9.0 + 2 * (at % 2), 10.0, 12.0) for at in range(number)]


@pytest.mark.parametrize(("number", "lines"), [
    (11, ("Your practice", "Region", "Netherlands")),
    (12, ("Your practice", "Upper limit", "Netherlands", "Lower limit")),
])  # fmt: skip
def test_the_natural_range_is_drawn_from_twelve_years_on(number, lines):
    with translation.override("en"):
        chart = course_picture(DEFINITION, years(number), "Your practice")
        assert chart.headers == ("Year", *lines)
        assert faults(chart.svg) == faults(chart.narrow()) == []


def test_the_region_alone_is_nobodys_own():
    with translation.override("en"):
        chart = course_picture(DEFINITION, years(3), "")
        assert chart.headers == ("Year", "Region", "Netherlands")
        assert chart.conclusion == "10.0 in 2012, as in 2010."
