"""The mails about visits as the product brings them; the coordinator may write others."""

from django.utils.translation import gettext_lazy as _

from monitoring.visit_planning.states import AppointmentMailKind
from practices.texts.registry import Announced

DUE_TEXT = "mail-visits-due"
REGION_DUE_TEXT = "mail-visits-due-region"

_EXAMPLES = {
    "naam": "Sam Bos",
    "praktijk": "Praktijk De Linde",
    "consulent": "Robin Visser",
    "telefoon": "013 000 00 00",
    "datum": "dinsdag 14 maart 2028",
    "tijd": "13.00 tot 14.30 uur",
    "plaats": "Goirle",
    "link": "https://mtvp.example/praktijk/de-linde/bezoeken/afspraak/abc/",
}
_FACTS = "*Bezoek aan {praktijk}*\n{datum}, {tijd}\n{plaats}\nMet {consulent}, {telefoon}\n"


def text_key(kind: AppointmentMailKind) -> str:
    return f"mail-visit-{kind}"


MAIL_TEXTS = (
    Announced(
        text_key(AppointmentMailKind.INVITATION),
        _("Mail: a practice is invited for a visit"),
        "Bezoek aan {praktijk} op {datum}",
        "Beste {naam},\n\nIk kom graag bij u langs. Wij bespreken hoe het gaat met de zes "
        f"interventies.\n\n{_FACTS}\nIn de bijlage zit de afspraak voor uw agenda.\n\n"
        "Komt het uit? Of wilt u een andere dag? Laat het hier weten:\n{link}",
        mail=True,
        placeholders=_EXAMPLES,
    ),
    Announced(
        text_key(AppointmentMailKind.MOVED),
        _("Mail: a visit gets another date, time or place"),
        "Gewijzigd: bezoek aan {praktijk} op {datum}",
        "Beste {naam},\n\nDe afspraak voor het bezoek is gewijzigd. Dit is de nieuwe afspraak.\n\n"
        f"{_FACTS}\nIn de bijlage zit de afspraak voor uw agenda. De oude vervalt.\n\n"
        "Komt het uit? Of wilt u een andere dag? Laat het hier weten:\n{link}",
        mail=True,
        placeholders=_EXAMPLES,
    ),
    Announced(
        text_key(AppointmentMailKind.CANCELLED),
        _("Mail: a visit is cancelled"),
        "Gaat niet door: bezoek aan {praktijk} op {datum}",
        f"Beste {{naam}},\n\nDit bezoek gaat niet door.\n\n{_FACTS}\nReden: {{reden}}\n\n"
        "U hoeft niets te doen. Komt er een nieuwe dag? Dan krijgt u een nieuwe uitnodiging.",
        mail=True,
        placeholders=_EXAMPLES | {"reden": "De consulent is ziek."},
    ),
    Announced(
        text_key(AppointmentMailKind.OTHER),
        _("Mail: another consultant comes to a visit"),
        "Een andere consulent: bezoek aan {praktijk} op {datum}",
        "Beste {naam},\n\nUw praktijk heeft een andere consulent: {consulent}. De afspraak voor "
        f"het bezoek blijft staan.\n\n{_FACTS}\n"
        "Wilt u een andere dag? Laat het hier weten:\n{link}",
        mail=True,
        placeholders=_EXAMPLES,
    ),
    Announced(
        text_key(AppointmentMailKind.HANDED),
        _("Mail to the consultant: a visit is handed over"),
        "Overgenomen: bezoek aan {praktijk} op {datum}",
        "Beste {naam},\n\nU bent nu de consulent van {praktijk}. Er stond al een bezoek gepland. "
        f"Dat bezoek is nu van u.\n\n{_FACTS}\nKunt u dan niet? Kies een andere dag:\n{{link}}",
        mail=True,
        placeholders=_EXAMPLES,
    ),
    Announced(
        text_key(AppointmentMailKind.SUITS),
        _("Mail to the consultant: the date of a visit suits"),
        "{praktijk} komt {datum} uit",
        f"Beste {{naam}},\n\nDe praktijk is akkoord met de afspraak.\n\n{_FACTS}\n"
        "Bekijk de afspraak:\n{link}",
        mail=True,
        placeholders=_EXAMPLES,
    ),
    Announced(
        text_key(AppointmentMailKind.ANOTHER),
        _("Mail to the consultant: a practice asks for another date"),
        "{praktijk} vraagt een andere dag",
        f"Beste {{naam}},\n\nDe praktijk vraagt een andere dag voor dit bezoek.\n\n{_FACTS}\n"
        "Kies een nieuwe dag. Daar leest u ook wat de praktijk schrijft:\n{link}",
        mail=True,
        placeholders=_EXAMPLES,
    ),
)

DUE = Announced(
    DUE_TEXT,
    _("In the collected mail: practices that a consultant is to visit soon"),
    "Nog te plannen bezoeken",
    "{praktijken}\n\nPlan de bezoeken:\n{link}",
    mail=True,
    placeholders={
        "naam": "Sam Bos",
        "praktijken": "- Praktijk De Linde: nog 40 dagen",
        "link": "https://mtvp.example/bezoeken/",
    },
)
REGION_DUE = Announced(
    REGION_DUE_TEXT,
    _("In the collected mail: practices of the region that are to be visited soon"),
    "Praktijken zonder bezoek",
    "{praktijken}\n\nBekijk de planning:\n{link}",
    mail=True,
    placeholders={
        "naam": "Sam Bos",
        "praktijken": "- Robin Visser: 2 praktijken, de eerste heeft nog 40 dagen",
        "link": "https://mtvp.example/regio/bezoeken/",
    },
)
