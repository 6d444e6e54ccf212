"""The mails as the product brings them; the coordinator may write others."""

from django.utils.translation import gettext_lazy as _

from practices.texts.registry import Announced
from training.states import MailKind

_EXAMPLES = {
    "naam": "Sam Bos",
    "bijeenkomst": "Basistraining triage",
    "datum": "dinsdag 14 maart 2028",
    "tijd": "19.30 tot 21.30 uur",
    "plaats": "Dorpshuis, Goirle",
    "link": "https://mtvp.example/agenda/12/",
}
_WITH_DECLINE = _EXAMPLES | {
    "afmelden": "https://mtvp.example/agenda/afmelden/abc/",
    "afmelden_tot": "zondag 12 maart 2028 19.30 uur",
}
_FACTS = "*{bijeenkomst}*\n{datum}, {tijd}\n{plaats}\n"


REMINDER_TEXT = "mail-session-reminder"


def text_key(kind: MailKind) -> str:
    return f"mail-session-{kind.replace('_', '-')}"


TEXTS = (
    Announced(
        REMINDER_TEXT,
        _("Mail: reminder a week and a day before a session"),
        "Herinnering: {bijeenkomst}",
        "Beste {naam},\n\nDit staat binnenkort in uw agenda.\n\n{bijeenkomsten}\n\n"
        "Kunt u niet komen? Meld u dan af:\n{link}",
        mail=True,
        placeholders={
            "naam": "Sam Bos",
            "bijeenkomst": "Basistraining triage",
            "bijeenkomsten": "*Basistraining triage*\n"
            "morgen, dinsdag 14 maart 2028, 19.30 tot 21.30 uur\nDorpshuis, Goirle",
            "link": "https://mtvp.example/agenda/12/",
        },
    ),
    Announced(
        text_key(MailKind.CONFIRMED),
        _("Mail: somebody has a place in a session"),
        "U heeft een plaats: {bijeenkomst}",
        f"Beste {{naam}},\n\nU heeft een plaats.\n\n{_FACTS}\n"
        "In de bijlage zit de afspraak voor uw agenda.\n\n"
        "Kunt u niet komen? Meld u dan af:\n{link}",
        mail=True,
        placeholders=_EXAMPLES,
    ),
    Announced(
        text_key(MailKind.WAITING),
        _("Mail: somebody is on the waiting list of a session"),
        "U staat op de wachtlijst: {bijeenkomst}",
        f"Beste {{naam}},\n\nU staat op de wachtlijst.\n\n{_FACTS}\n"
        "Komt er een plaats vrij en bent u aan de beurt? Dan krijgt u bericht. "
        "Hier ziet u uw plaats op de wachtlijst:\n{link}",
        mail=True,
        placeholders=_EXAMPLES,
    ),
    Announced(
        text_key(MailKind.PROMOTED),
        _("Mail: a place came free for somebody on the waiting list"),
        "Er is een plaats voor u: {bijeenkomst}",
        f"Beste {{naam}},\n\nEr kwam een plaats vrij. Die is nu van u.\n\n{_FACTS}\n"
        "In de bijlage zit de afspraak voor uw agenda.\n\n"
        "Komt het toch niet uit? Tot {afmelden_tot} kunt u de plaats doorgeven. "
        "Geef de plaats door:\n{afmelden}",
        mail=True,
        placeholders=_WITH_DECLINE,
    ),
    Announced(
        text_key(MailKind.ENDED),
        _("Mail: an enrolment for a session has ended"),
        "U bent afgemeld: {bijeenkomst}",
        f"Beste {{naam}},\n\nU bent afgemeld voor deze bijeenkomst.\n\n{_FACTS}\n"
        "Klopt dit niet? Kijk dan hier:\n{link}",
        mail=True,
        placeholders=_EXAMPLES,
    ),
    Announced(
        text_key(MailKind.SESSION_CHANGED),
        _("Mail: date, time or place of a session changed"),
        "Gewijzigd: {bijeenkomst}",
        "Beste {naam},\n\nDe datum, de tijd of de plaats van deze bijeenkomst is gewijzigd. "
        f"Dit is de nieuwe afspraak.\n\n{_FACTS}\nKunt u dan niet? Meld u dan af:\n{{link}}",
        mail=True,
        placeholders=_EXAMPLES,
    ),
    Announced(
        text_key(MailKind.SESSION_CANCELLED),
        _("Mail: a session has been cancelled"),
        "Gaat niet door: {bijeenkomst}",
        f"Beste {{naam}},\n\nDeze bijeenkomst gaat niet door.\n\n{_FACTS}\nReden: {{reden}}\n\n"
        "Kies hier een andere datum:\n{link}",
        mail=True,
        placeholders=_EXAMPLES | {"reden": "De trainer is ziek."},
    ),
)
