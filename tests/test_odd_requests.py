"""What nobody types, in every box and behind every address of a practice's own work: no page falls
over, and what does not exist is not found."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.region_story import build_region
from tests.test_urls import OWNER, PAGES, address, signed_in, undone

pytestmark = pytest.mark.django_db

ODD = ("\0", "9" * 5000)
NUMBERS = (0, 2**63)
NAMED = (
    *("do", "from", "who", "wie", "based_on", "field", "way", "kind", "looked", "next", "thanks"),
    *("decision", "seen", "text", "doing", "by_on", "to", "days", "begins", "ends", "minutes"),
    *("places", "take_out", "undo", "day", "into", "q", "insurer"),
)
"""Boxes and buttons that do not stand on a page as it is opened."""

OURS = (
    *("practice_plan", "plan_section", "template_", "day_template", "length_", "schedule"),
    *("time_out", "library", "example", "offer_", "take_back", "decide_", "write_", "manage_"),
    *("news", "announcement", "put_news", "take_news", "practice_change", "undo_", "apply"),
    *("practice_contacts", "confirm_app", "application", "participants", "joining", "note_step"),
    *("move_to", "practice_go_on", "region_template", "region_practice", "task_list", "pipeline"),
)
FINE = {200, 302, 400, 403, 404, 405, 410}


def test_odd_words_and_odd_numbers_are_answered():
    region = build_region()
    names = [name for name in PAGES if name.startswith(OURS)]
    assert len(names) > 60
    clients = {True: signed_in(region.doctor), False: signed_in(region.coordinator)}
    for name in names:
        client = clients[PAGES[name][OWNER] in (200, 302)]
        with undone():
            path = address(name, region)
            boxes = {*NAMED, *boxes_of(client, path)}
            codes = {
                *(client.post(path, dict.fromkeys(boxes, odd)).status_code for odd in ODD),
                client.get(path, dict.fromkeys(sorted(boxes)[:30], ODD[1][:300])).status_code,
                *(client.get(odd).status_code for odd in odd_paths(name, region.linde.slug)),
            }
        assert codes <= FINE, (name, codes)


def boxes_of(client: Client, path: str) -> Iterator[str]:
    page = client.get(path)
    if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
        yield from re.findall(r'name="([a-z_0-9-]+)"', page.content.decode())


def odd_paths(name: str, slug: str) -> Iterator[str]:
    for number in NUMBERS:
        for parts in ({"pk": number}, {"year": number}, {"pk": number, "weekday": 1}):
            for base in ({}, {"slug": slug}):
                try:
                    yield reverse(name, kwargs=base | parts)
                except NoReverseMatch:
                    continue
