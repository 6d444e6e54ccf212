"""The texts about joining as the product brings them; the coordinator may write others."""

from django.utils.translation import gettext_lazy as _

from practices.states import JoiningMailKind
from practices.texts.registry import Announced

START_PACKAGE = "start-package"

REGION_CONTACT = "region-contact"

_EXAMPLES = {"naam": "Sam Bos", "praktijk": "De Linde"}
_LINK = {"link": "https://mtvp.example/aanmelden/"}
_DATES = {"lichting": "Lichting 1", "start": "1 april 2027", "datum": "20 maart 2027"}


def text_key(kind: JoiningMailKind) -> str:
    return f"mail-joining-{kind.replace('_', '-')}"


TEXTS = (
    Announced(
        REGION_CONTACT,
        _("Address of the region, on the page of the team"),
        "PrimaCura",
        "Adres en e-mailadres van PrimaCura.",
    ),
    Announced(
        START_PACKAGE,
        _("Start package: the page for a practice that begins"),
        "Zo begint u",
        """\
Fijn dat u meedoet. U hoeft niet alles tegelijk te doen.

- Uw **consulent** is uw eerste aanspreekpunt. De naam en het telefoonnummer staan onder aan elke
  pagina.
- In de **agenda** staan de vragenuren. Die zijn online.
- Uw consulent komt minstens één keer per jaar bij u langs.
""",
    ),
    Announced(
        text_key(JoiningMailKind.CONFIRM),
        _("Mail: to who filled in the form to join, to confirm the address"),
        "Bevestig de aanmelding van {praktijk}",
        """\
Beste {naam},

U heeft {praktijk} aangemeld voor Meer tijd voor de patiënt.

Klopt dat? Bevestig de aanmelding:
{link}

De link werkt zeven dagen. Heeft u dit niet gedaan? Dan hoeft u niets te doen.
""",
        mail=True,
        placeholders=_EXAMPLES | _LINK,
    ),
    Announced(
        text_key(JoiningMailKind.ACCEPTED),
        _("Mail: the start package, to a practice that was accepted"),
        "Welkom: {praktijk} doet mee",
        """\
Beste {naam},

{praktijk} doet mee met Meer tijd voor de patiënt, in {lichting}. U start op {start}.

In een andere mail krijgt u een link om uw account te maken.

Daarna vindt u hier uw startpakket:
{link}

*Denk hieraan*

- Vraag vóór {datum} de prestatie aan bij de zorgverzekeraars.
- Nodig uw collega's uit. Dan kan iedereen zich zelf inschrijven voor scholing.
""",
        mail=True,
        placeholders=_EXAMPLES | _LINK | _DATES,
    ),
    Announced(
        text_key(JoiningMailKind.DECLINED),
        _("Mail: to a practice that cannot join now"),
        "Uw aanmelding van {praktijk}",
        """\
Beste {naam},

Dank u voor de aanmelding van {praktijk}. Meedoen kan nu nog niet:

{reden}

Heeft u vragen? Antwoord op deze mail of bel ons.
""",
        mail=True,
        placeholders=_EXAMPLES
        | {"reden": "Deze lichting is vol. U kunt u aanmelden voor de volgende."},
    ),
    Announced(
        text_key(JoiningMailKind.REMIND_ENROL),
        _("Mail: reminder to enrol, to a practice that was invited"),
        "{praktijk}: inschrijven kan vóór {datum}",
        """\
Beste {naam},

{praktijk} is uitgenodigd voor {lichting} van Meer tijd voor de patiënt. Die begint op {start}.

Inschrijven kan vóór {datum}. Vul het formulier in:
{link}
""",
        mail=True,
        placeholders=_EXAMPLES | _LINK | _DATES,
    ),
    Announced(
        text_key(JoiningMailKind.REMIND_REQUEST),
        _("Mail: reminder to request the performance at the insurers"),
        "{praktijk}: vraag de prestatie aan vóór {datum}",
        """\
Beste {naam},

{praktijk} start op {start} met Meer tijd voor de patiënt. Vraag vóór {datum} de prestatie aan bij
de zorgverzekeraars.

Is dat al gebeurd? Laat het uw consulent weten.
""",
        mail=True,
        placeholders=_EXAMPLES | _DATES,
    ),
)
