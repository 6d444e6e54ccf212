"""Numbers as people, and machines, send them."""

import pytest

from practices.states import RegionRoleName
from practices.typed import whole_number
from tests import factories


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("042", 42),
        ("999999999", 999_999_999),
        ("1000000000", None),
        ("9" * 5000, None),
        ("²", None),
        ("٣", None),
        ("-1", None),
        ("1.0", None),
        (" 1", None),
        ("\0", None),
        ("", None),
    ],
)
def test_whole_numbers_and_nothing_else(text, number):
    assert whole_number(text) == number


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["9" * 5000, "²", "1000000000", "x", "\0"])
def test_no_page_falls_over_a_number_that_is_none(client, key):
    practice = factories.practice()
    client.force_login(factories.staff_user(practice))
    start = f"/praktijk/{practice.slug}/consultduur/rooster/week/nieuw/"
    for source in ("own", "shared", "pattern"):
        assert client.post(start, {"from": f"{source}:{key}"}).status_code == 404
    client.force_login(factories.region_user(RegionRoleName.COORDINATOR))
    sent = client.post("/regio/deelname/lijst/", {"insurer": key})
    assert sent.status_code in (200, 302)
    client.force_login(factories.region_user(RegionRoleName.PRIVACY_OFFICER))
    assert client.post("/toezicht/", {"chosen": key}).status_code in (200, 302)
