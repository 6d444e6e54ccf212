"""Settings that hold in production whatever else the environment says."""

import base64
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.http import HttpResponse


def value_of(name: str, **environment: str) -> str:
    """As a process of its own reads it: settings are read once."""
    key = base64.urlsafe_b64encode(b"k" * 32).decode()
    keys = {"MTVP_SECRET_KEY": "s" * 60, "MTVP_ENCRYPTION_KEYS": key, "MTVP_HASH_KEY": "h" * 60}
    done = subprocess.run(
        [sys.executable, "-c", f"from mtvp import settings; print(settings.{name})"],
        cwd=settings.BASE_DIR,
        env=os.environ | keys | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_second_factor_cannot_be_switched_off_in_production():
    asked = {"MTVP_DEMO": "1"}
    assert value_of("SECOND_FACTOR_REQUIRED", **asked) == "False"
    assert value_of("SECOND_FACTOR_REQUIRED", **asked, MTVP_PRODUCTION="1") == "True"


def test_the_form_that_leads_to_the_identity_provider_is_allowed_and_no_other():
    """Browsers hold a form to its policy through redirects; Chromium does so silently."""
    name = "CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']"
    issuer = {"MTVP_OIDC_ISSUER": "https://inloggen.example/realms/zorg"}
    assert value_of(name, **issuer) == str(["'self'", "https://inloggen.example"])
    assert value_of(name, MTVP_OIDC_ISSUER="") == str(["'self'"])


@pytest.mark.django_db
def test_behind_a_proxy_attempts_are_counted_per_client(client, settings):
    """One stranger would otherwise use up the attempts of everybody behind the proxy; and a client
    that names an address itself is counted under the one that the proxy saw."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    wrong = {"login": "wie@voorbeeld.example", "password": "fout-fout-fout"}

    def attempt(number: int, seen: str) -> HttpResponse:
        login = wrong | {"login": f"wie{number}@voorbeeld.example"}
        forwarded = f"198.51.100.{number}, {seen}"
        return client.post("/accounts/login/", login, headers={"X-Forwarded-For": forwarded})

    def refused(response: HttpResponse) -> bool:
        return "Too many attempts" in response.content.decode()

    client.cookies["mtvp_language"] = "en"
    answers = [attempt(number, "192.0.2.1") for number in range(1, 15)]
    assert refused(answers[-1]) or answers[-1].status_code == 429
    other = attempt(99, "203.0.113.9")
    assert other.status_code == 200
    assert not refused(other)
