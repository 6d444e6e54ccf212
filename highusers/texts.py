"""Texts on the pages of high users that the region may write itself: the first version of each."""

from django.utils.translation import gettext_lazy as _

from practices.texts.registry import Announced

EXTRACT_HELP = "extract-help"

DUE_TEXT = Announced(
    key="plans-due-reminder",
    label=_("Weekly mail: what is due on plans of patients"),
    title="Plannen van {praktijk}: {werk}",
    body="""\
Op de plannen van {praktijk} staat werk te wachten.
Te laat of nodig in de komende twee weken: {werk}.

Bekijk wat er te doen is:
{link}
""",
    mail=True,
    placeholders={
        "naam": "Sam Bos",
        "praktijk": "De Linde",
        "evaluaties": "2 evaluaties",
        "acties": "3 acties",
        "werk": "2 evaluaties en 3 acties",
        "link": "https://mtvp.example/praktijk/de-linde/plannen/",
    },
)

TEXTS = (
    Announced(
        key=EXTRACT_HELP,
        label=_("Help page on making an extract in a GP system"),
        title="Zo maakt u een uitdraai",
        body="""\
Een uitdraai is een lijst uit uw HIS. In die lijst staat van elke patiënt hoe vaak er contact was in
12 maanden. U slaat de lijst op als bestand (.xlsx of .csv) en kiest dat bestand bij *Uitdraai
inlezen*.

# Wat er in de lijst moet staan

Eén van deze twee soorten lijsten is genoeg:

- één regel per **patiënt**, met het patiëntnummer en het aantal contacten in de periode;
- één regel per **contact**, met het patiëntnummer, de datum en als het kan het soort contact
  (consult, telefonisch, visite, e-consult).

Handig, maar niet nodig: geboortejaar, geslacht, en het aantal contacten per soort.

# Kies de periode en de patiënten

- Neem precies 12 maanden, bijvoorbeeld 1 april tot en met 31 maart. Een andere lengte mag, maar
  telt niet mee voor het programma.
- Neem alle patiënten van de praktijk, niet alleen de veelgebruikers. Dan kunt u later eerlijk
  vergelijken.
- Gebruik elk jaar dezelfde lijst. De kolommen worden dan herkend.

# Wat er niet in hoeft

Naam, adres, telefoonnummer, e-mail, BSN en aantekeningen zijn niet nodig. Staan ze toch in de
lijst? Dan worden ze bij het inlezen overgeslagen en nooit bewaard. Van een geboortedatum blijft
alleen het jaar over.

# Waar u dit vindt in uw HIS

Wij kunnen hier geen menu's of knoppen noemen. Leveranciers maken niet openbaar hoe hun uitdraaien
eruitzien, en het verschilt per versie. Daarom herkent dit programma kolommen aan hun naam, en kunt
u ze zelf aanwijzen als dat niet lukt.

- Zoek in uw HIS naar woorden als *rapportage*, *overzichten*, *statistiek* of *query*.
- Vraag de helpdesk van uw leverancier om een lijst met patiëntnummer en aantal contacten per
  patiënt over een periode, of om een lijst van alle contacten met datum en soort.
- Werkt een collega-praktijk met hetzelfde HIS? Vraag of zij de lijst al hebben gemaakt.

# Lukt het niet?

Bel uw consulent. Stuur het bestand niet per e-mail: er staan gegevens van patiënten in.
""",
    ),
)
