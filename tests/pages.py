"""Reading a page in a test."""

import re
from html import unescape

from django.http import HttpResponse


def words(response: HttpResponse) -> str:
    """What somebody reads, as one line."""
    without_tags = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(unescape(without_tags).split())
