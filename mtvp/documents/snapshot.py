"""The plainest document: what is known on a day, without a cover."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mtvp.documents.model import Block, Document


def snapshot(title: str, *blocks: Block, as_of: date, subtitle: str = "") -> Document:
    """In the language of the reader; the day is said below the title unless there is a subtitle."""
    return Document(
        title=title,
        subtitle=subtitle or _("As of %(date)s") % {"date": date_format(as_of)},
        language=get_language() or "nl",
        author="MTVP",
        created_on=as_of,
        details=(),
        blocks=blocks,
        footer=title,
    )
