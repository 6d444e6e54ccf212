"""A page that speaks of year 1 or 2 says from or until when: it is no calendar year."""

import re
from collections.abc import Iterable

import pytest
from django.utils import translation
from django.utils.formats import date_format

from practices.models import Practice, User
from practices.programme_year import year_end, year_start
from tests.pages import words
from tests.region_story import Region, build_region
from tests.test_urls import OWNER, PAGES, POSTED, address, signed_in, undone

pytestmark = pytest.mark.django_db

OF_A_YEAR = re.compile(r"\b(?<!this )year [1-9]\b|\bprogramme year\b", re.IGNORECASE)
OF_MANY = ("region", "claim_judge", "region_practice_plans")
"""Pages over practices that speak of the year of each."""


def test_wherever_its_year_is_spoken_of_a_practice_reads_a_day_of_it():
    region = build_region()
    own = [name for name, codes in PAGES.items() if codes[OWNER] == 200 and name not in POSTED]
    spoke, silent = pages_that_speak(region, region.doctor, own, under="/praktijk/")
    assert silent == []
    assert len(spoke) >= 15, "the words were looked for in vain"


def test_so_does_the_coordinator():
    region = build_region()
    spoke, silent = pages_that_speak(region, region.coordinator, OF_MANY)
    assert (sorted(spoke), silent) == (sorted(OF_MANY), [])


def pages_that_speak(
    region: Region, user: User, names: Iterable[str], under: str = "/"
) -> tuple[list[str], list[str]]:
    """Pages that name a programme year, and those of them without any of its days."""
    client = signed_in(user)
    client.cookies["mtvp_language"] = "en"
    days, spoke, silent = boundaries(), [], []
    for name in names:
        with undone():
            path = address(name, region)
            page = client.get(path) if path.startswith(under) else None
            if page is None or not page["Content-Type"].startswith("text/html"):
                continue
            said = words(page).partition("Skip to content")[2]
        if OF_A_YEAR.search(said):
            spoke.append(name)
            if not any(day in said for day in days):
                silent.append(name)
    return spoke, silent


def boundaries() -> set[str]:
    """First and last days of the years of every practice, in both ways of writing a day."""
    with translation.override("en"):
        return {
            date_format(day, style)
            for practice in Practice.objects.select_related("cohort")
            for year in (1, 2, 3, 4)
            for day in (year_start(practice.start, year), year_end(practice.start, year))
            for style in ("DATE_FORMAT", "j F Y")
        }
