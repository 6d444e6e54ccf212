"""What every answer carries, and what production is checked for."""

import base64
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.urls import reverse

from practices.states import StaffRole
from tests import factories

pytestmark = pytest.mark.django_db
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


def test_a_page_names_what_a_browser_may_do(client):
    headers = client.get("/accounts/login/").headers
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_nothing_of_a_signed_in_page_is_kept_by_a_cache(client):
    practice = factories.practice()
    client.force_login(factories.staff_user(practice, StaffRole.MANAGER))
    page = client.get(reverse("invite_colleague", args=[practice.slug]))
    assert page.headers["Cache-Control"] == "no-store, private"


def test_a_foreign_host_header_is_refused(client):
    assert client.get("/accounts/login/", headers={"host": "boos.example"}).status_code == 400


@pytest.mark.parametrize("target", ["https://boos.example/", "//boos.example", "javascript:1"])
def test_no_address_leads_out_of_the_product(client, target):
    user = factories.user()
    login = {"login": user.email, "password": factories.PASSWORD, "next": target}
    assert client.post("/accounts/login/", login).url == "/"
    switched = client.post("/taal/", {"language": "en", "next": target})
    assert switched.url == "/"


def test_a_form_takes_no_field_that_it_does_not_show(client):
    """Mass assignment: a colleague invites; being made an administrator on the way is not asked."""
    practice = factories.practice()
    user = factories.staff_user(practice, StaffRole.MANAGER)
    client.force_login(user)
    client.post(
        reverse("invite_colleague", args=[practice.slug]),
        {
            "name": "Sam",
            "staff_role": "assistant",
            "email": "sam@voorbeeld.example",
            "region_role": "admin",
            "practice": factories.practice().pk,
            "is_superuser": "1",
        },
    )
    invitation = practice.invitations.get()
    assert (invitation.region_role, invitation.practice) == ("", practice)


def test_production_passes_djangos_own_check():
    key = base64.urlsafe_b64encode(b"k" * 32).decode()
    # Browser tests of the same run set this for themselves; no server has it.
    environ = {k: v for k, v in os.environ.items() if k != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env={
            **environ,
            "MTVP_PRODUCTION": "1",
            "MTVP_SECRET_KEY": "s3cr3t-" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
            "MTVP_ENCRYPTION_KEYS": key,
            "MTVP_HASH_KEY": "h" * 40,
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_production_without_keys_does_not_start():
    bare = {name: value for name, value in os.environ.items() if not name.startswith("MTVP_")}
    started = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env={**bare, "MTVP_PRODUCTION": "1"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert started.returncode != 0
    assert "set MTVP_SECRET_KEY, MTVP_ENCRYPTION_KEYS, MTVP_HASH_KEY" in started.stderr
