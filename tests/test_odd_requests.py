"""What nobody types, in every box and behind every address of a practice's own work and of the
region's following of it: no page falls over, and what does not exist is not found."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from practices.drafts.exchange import user_key
from tests.region_story import build_region
from tests.test_urls import (
    CONSULTANT,
    COORDINATOR,
    OWNER,
    PAGES,
    READER,
    address,
    signed_in,
    undone,
)

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
REGION = (
    *("visit", "practice_visits", "today", "week_sheets", "region_visits", "region_needs"),
    *("questionnaire", "responses", "response_texts", "remind_missing", "bottleneck"),
    *("practice_bottlenecks", "region_bottlenecks", "structural", "group_", "ungroup_"),
    *("kitchen", "practice_kitchens", "region_kitchens", "speed_date", "mirror", "region_mirror"),
    *("region_figures", "goals", "status_course", "practice_course", "regional_fee"),
    *("programme_fee", "tariff", "report", "practice_report", "practice_quote", "insurer_report"),
    *("own_mail", "stop_mail", "help", "guide"),
)
FINE = {200, 302, 400, 403, 404, 405, 410}


@pytest.mark.parametrize(("group", "fewest"), [(OURS, 60), (REGION, 90)], ids=["own", "region"])
def test_odd_words_and_odd_numbers_are_answered(group, fewest):
    region = build_region()
    names = [name for name in PAGES if name.startswith(group)]
    assert len(names) > fewest
    roles = {
        OWNER: region.doctor,
        COORDINATOR: region.coordinator,
        CONSULTANT: region.consultant,
        READER: region.insurer_reader,
    }
    clients = {role: signed_in(user) for role, user in roles.items()}
    for name in names:
        allowed = [role for role in roles if PAGES[name][role] in (200, 302)]
        client = clients[(*allowed, COORDINATOR)[0]]
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


BROKEN = (
    b"",
    b"[" * 50_000,
    b'{"user": 1, "changes": 3}',
    b'{"user": "%s", "changes": [{"id": 1}]}',
    b'{"user": "%s", "changes": [{"id": "a", "field": "joy", "base": "", "value": [1], "at": 3}]}',
    b'{"user": "%s", "changes": [null, "x"]}',
)


def test_a_device_that_sends_something_else_is_told_so_and_nothing_is_kept():
    region = build_region()
    client = signed_in(region.consultant)
    path = address("visit_sync", region)
    before = client.get(path).json()["held"]
    key = user_key(region.consultant).encode()
    for body in BROKEN:
        sent = body.replace(b"%s", key)
        assert client.post(path, sent, content_type="application/json").status_code == 400, body
    strange = {
        "id": "x" * 20,
        "field": "joy-of-others",
        "base": "",
        "value": "?",
        "at": "2029-01-01",
    }
    answer = client.post(path, {"user": key.decode(), "changes": [strange]}, "application/json")
    assert answer.json()["outcomes"][strange["id"]] not in ("kept", "conflict")
    assert client.get(path).json()["held"] == before
