"""Pages are read in English here."""

import pytest


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["mtvp_language"] = "en"
