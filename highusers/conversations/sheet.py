"""The conversation sheet: on paper beside the patient, to fill in by pen."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from highusers.conversations.web import ABOUT, ON_PAPER, empty_web, web_of
from highusers.models import Conversation, HighUser
from highusers.states import PositiveHealth
from mtvp.charts.spider import rating_rows
from mtvp.documents.model import Block, Bullets, Document, Figure, Heading, Paragraph, WriteOn
from practices.models import Practice

CAUTION = gettext_lazy(
    "An aid for the conversation. The marks measure nothing and prove no effect."
)


def conversation_sheet(
    practice: Practice, high_user: HighUser, conversations: Sequence[Conversation]
) -> Document:
    """Page 1 to write on; then an empty web, and the webs of earlier talks when there are."""
    return Document(
        title=_("Conversation sheet"),
        subtitle=f"{high_user.code}, {practice.name}",
        language=get_language() or "nl",
        author=practice.name,
        created_on=timezone.localdate(),
        details=(),
        blocks=(*_to_write_on(), *_earlier(conversations), Paragraph(str(CAUTION), style="note")),
        footer=_("Conversation sheet %(code)s. Keep it where patients' papers are kept.")
        % {"code": high_user.code},
        sheet=True,
    )


def _to_write_on() -> list[Block]:
    return [
        WriteOn(_("Date, and who talks with the patient"), lines=1),
        Figure(
            rating_rows(
                _("How do you see it now?"),
                _(
                    "Colour one circle in each row: 0 is as bad as can be, 10 as good as can be. "
                    "A row may stay open."
                ),
                [str(axis.label) for axis in PositiveHealth],
            )
        ),
        Bullets(tuple(f"{axis.label}: {ABOUT[axis]}" for axis in PositiveHealth)),
        WriteOn(_("What would you like to change first? What is needed for that?"), lines=3),
        Heading(_("Spider web"), new_page=True),
        Figure(empty_web()),
        WriteOn(_("What we agree: who does what, and when"), lines=5),
    ]


def _earlier(conversations: Sequence[Conversation]) -> list[Block]:
    before = web_of(conversations, ON_PAPER)
    return [Heading(_("Earlier conversations"), new_page=True), Figure(before)] if before else []
