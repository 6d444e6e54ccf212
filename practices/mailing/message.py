"""Every mail of the product as it goes out: plain text, and the same as simple HTML.

Nothing is fetched from elsewhere when somebody opens it: no images, no style sheets.
"""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from practices.texts.rendering import mail_html

LANGUAGE = "nl"


def mail_message(
    *, to: str, subject: str, text: str, why: str, stop: str = ""
) -> EmailMultiAlternatives:
    """`why` is the sentence that says why it came; '' where the text itself does. `stop` is the
    address that ends this mail in one click (RFC 8058); without one it is mail that somebody
    needs."""
    context = {
        "subject": subject,
        "text": text.strip(),
        "html": mail_html(text.strip()),
        "why": why,
        "choose": settings.SITE_URL + reverse("own_mail"),
        "stop": stop,
    }
    with translation.override(LANGUAGE):
        message = EmailMultiAlternatives(
            subject,
            render_to_string("mailing/mail.txt", context),
            settings.DEFAULT_FROM_EMAIL,
            [to],
        )
        message.attach_alternative(render_to_string("mailing/mail.html", context), "text/html")
    if stop:
        message.extra_headers["List-Unsubscribe"] = f"<{stop}>"
        message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message
