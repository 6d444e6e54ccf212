"""A fall of planned patients by itself is no result: it stands on no page and in no export.

Planned patients get contacts of which the difference and its share can be recognised; then
everything that can be asked for is asked for and searched. Counts themselves may be shown.
"""

import io
import re
import zipfile
from datetime import date

import polib
import pytest
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from django.utils.html import strip_tags

from highusers.effect import services
from highusers.models import RegionEffect
from tests.highusers.effect import story
from tests.region_story import build_region
from tests.test_urls import PAGES, POSTED, address, undone

pytestmark = pytest.mark.django_db

PLANNED = range(101, 106)
BEFORE, AFTER = 317, 206
DIFFERENCES = (BEFORE - AFTER, 5 * (BEFORE - AFTER))  # 111 and 555
SHARE = (BEFORE - AFTER) / BEFORE  # 35.0%
FORBIDDEN = re.compile(
    rf"(?<![\d.,])({DIFFERENCES[0]}|{DIFFERENCES[1]})(?![\d.,]*\d)"
    rf"|(?<![\d.,])({100 * SHARE:.0f}|{100 * SHARE:.1f}|35,0|{100 - 100 * SHARE:.0f}|65,0)\s?%"
)

SAVING_WORDS = re.compile(
    r"daling van %|gedaald met|afgenomen met|bespaarde? |minder (contacten )?dan (vorig jaar"
    r"|het jaar ervoor|voor het plan)|% (minder|lager|daling)",
    re.IGNORECASE,
)


def a_practice_whose_planned_patients_fell(practice):
    others = {number: (30 + number, 40 + number, 20 + number) for number in range(1, 31)}
    contacts = dict.fromkeys(PLANNED, (160, BEFORE, AFTER)) | {
        200 + number: row for number, row in others.items()
    }
    # One without a plan comes as often as they do, so that a comparison exists.
    contacts[250] = (150, 400, 260)
    story.years(practice, contacts)
    for number in PLANNED:
        story.plan(practice, number, date(2024, 2, 1))


def text_of(response: HttpResponseBase) -> str:
    """What a reader gets: the words of a page, the cells of a workbook, the text of a file."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = [book.read(name) for name in book.namelist() if name.endswith(".xml")]
        content = b" ".join(parts)
    words = content.decode("utf-8", "replace")
    return re.sub(r"\s+", " ", strip_tags(re.sub(r"<(?!/)", " <", words)))


def test_no_page_and_no_export_shows_it():
    region = build_region()
    a_practice_whose_planned_patients_fell(region.linde)
    services.compute_region_effect(effect_id=RegionEffect.objects.create().pk)
    found, asked = {}, 0
    for user in (region.doctor, region.coordinator):
        client = Client()
        client.force_login(user)
        for name in sorted(set(PAGES) - set(POSTED)):
            with undone():
                response = client.get(address(name, region))
                if response.status_code == 200:
                    asked += 1
                    hit = FORBIDDEN.search(text_of(response))
                    if hit:
                        found[name] = hit[0]
    assert asked > 60
    assert found == {}


def test_the_practice_does_show_counts_beside_what_was_to_be_expected():
    """Else the search above would find nothing for want of figures."""
    region = build_region()
    a_practice_whose_planned_patients_fell(region.linde)
    client = Client()
    client.force_login(region.doctor)
    page = client.get(f"/praktijk/{region.linde.slug}/veelgebruikers/effect/")
    words = text_of(page)
    assert f"{5 * BEFORE:,}".replace(",", ".") in words
    assert f"{5 * AFTER:,}".replace(",", ".") in words


@pytest.mark.parametrize(
    "text", ["111 contacten", "(555)", "35% minder", "35,0 %", "nog 65% van", "verschil -111"]
)
def test_the_search_knows_what_it_looks_for(text):
    assert FORBIDDEN.search(text)


@pytest.mark.parametrize("text", ["1.111", "111,5", "5550", "135%", "317 en 206", "0,111"])
def test_the_search_lets_other_figures_pass(text):
    assert not FORBIDDEN.search(text)


def test_no_text_announces_a_saving():
    catalogue = polib.pofile(str(settings.BASE_DIR / "locale/nl/LC_MESSAGES/django.po"))
    said = [
        text
        for entry in catalogue
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if SAVING_WORDS.search(text)
    ]
    assert said == []
