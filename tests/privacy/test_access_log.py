"""What the log of the web server tells, and what it keeps to itself."""

import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.utils.module_loading import import_string
from gunicorn.config import Config

from mtvp.privacy.access_log import AccessLog, without_secrets

SECRET = "Zk3xq9TtYb-0aLw_7PpQ2rVnC5mHsE8dGuJfKiXoB1A"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (f"/agenda/feed/{SECRET}.ics", "/agenda/feed/…"),
        ("/agenda/afmelden/MTI:1tXyZ0:aB3dE6gH9jK2mN5pQ8sT1vW4yZ7/", "/agenda/afmelden/…/"),
        (f"/uitnodiging/{SECRET}/", "/uitnodiging/…/"),
        ("/accounts/password/reset/key/3-cab1/", "/accounts/password/reset/key/…/"),
        (f"/praktijk/de-bosrand/patient/{'0a' * 32}/", "/praktijk/de-bosrand/patient/…/"),
        ("/agenda/4/presentie/erbij/?q=Jansen", "/agenda/4/presentie/erbij/?…"),
        ("/praktijk/huisartsen-aan-de-lange-straat-2/", None),
        ("/static/dist/js/choosing.2f6e1a0c9b7d.js", None),
    ],
)
def test_what_opens_a_door_is_hidden(address: str, told: str | None) -> None:
    assert without_secrets(address) == (told or address)


def test_a_line_of_the_log_as_production_writes_it() -> None:
    """Address and referring page alike, in the format that gunicorn uses by itself."""
    command = (Path(settings.BASE_DIR) / "Dockerfile").read_text()
    named = re.search(r'"--logger-class", "([^"]+)"', command)
    assert named is not None
    assert import_string(named[1]) is AccessLog
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": f"/agenda/feed/{SECRET}.ics?naam=Jansen",
        "PATH_INFO": f"/agenda/feed/{SECRET}.ics",
        "QUERY_STRING": "naam=Jansen",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": f"https://mtvp.example/uitnodiging/{SECRET}/?naam=Jansen",
    }
    answer = SimpleNamespace(status="200 OK", sent=10, headers=[])
    asked = SimpleNamespace(headers=[])
    config = Config()
    atoms = AccessLog(config).atoms(answer, asked, environ, timedelta(seconds=1))
    line = config.access_log_format % atoms
    assert "GET /agenda/feed/…?… HTTP/1.1" in line
    for secret in (SECRET, "Jansen"):
        assert secret not in line
        assert secret not in atoms["U"] + atoms["q"]
