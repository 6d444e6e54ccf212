"""A document with every kind of block, long and wide tables and awkward texts."""

from datetime import date
from decimal import Decimal

from mtvp.charts.bars import ShareRow, share_bars
from mtvp.charts.lines import Aim, LineSeries, line_chart
from mtvp.documents.model import (
    Bullets,
    Column,
    Document,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Kind,
    Mark,
    Paragraph,
    Table,
    Typed,
)

LONG = "Samenwerking in de wijk, waaronder huisartsenpraktijkondersteuningsmedewerkersoverleggen"

FEE = Table(
    "Regioprestatie per kwartaal",
    (
        Column("Kwartaal"),
        Column("Praktijken", Kind.INT),
        Column("Patiënten", Kind.INT),
        Column("Bedrag", Kind.MONEY),
        Column("Aandeel", Kind.PERCENT, 1),
        Column("Per patiënt", Kind.DECIMAL, 2),
        Column("Vanaf", Kind.DATE),
    ),
    (
        ("2023Q1", 2, Mark.HIDDEN, Mark.HIDDEN, Mark.NO_FIGURE, 0.5, date(2023, 1, 1)),
        (
            "2023Q2",
            12,
            Typed(12345, Kind.INT),
            Decimal("6172.50"),
            0.725,
            Decimal("0.5"),
            date(2023, 4, 1),
        ),
        ("Totaal", 14, 12345, Decimal("6172.50"), 1, 0.5, date(2023, 12, 31)),
    ),
    note="Patiënten op de eerste dag van het kwartaal × € 0,50.",
    sheet="Regioprestatie",
    total=True,
)
ATTACK = Table(
    "Namen die op een formule lijken",
    (Column("Naam"), Column("Toelichting")),
    (
        ('=HYPERLINK("http://example.org")', "+31 13"),
        ("-1", "@SUM(A1)"),
        ("http://example.org", "<b>vet</b> & co"),
        ("0012", "1234"),
    ),
)
LENGTHY = Table(
    "Alle praktijken",
    (Column("Praktijk"), Column("Plaats"), Column("Patiënten", Kind.INT)),
    tuple(
        (f"Praktijk {place} {LONG if place % 17 == 3 else ''}", "Tilburg", 2000 + place)
        for place in range(70)
    ),
    sheet="Praktijken",
)
WIDE = Table(
    "Stand per praktijk en interventie",
    (Column("Praktijk"), *(Column(f"{place} {LONG[:30]}") for place in range(1, 11))),
    tuple((f"Praktijk {place}", *["Niet van toepassing, 0 van 0"] * 10) for place in range(30)),
    sheet="Praktijken",
)


def sample(*, draft: bool = True) -> Document:
    shares = share_bars(
        "Uitrol per interventie",
        "In jaar 1 is de triage het verst: 25 van 25 praktijken.",
        [
            ShareRow("1 Regie op veelgebruikers", 18, 25, "18 van 25"),
            ShareRow(LONG, 25, 25, "25 van 25"),
            ShareRow("3 Time-out", None, 0, "niet van toepassing"),
        ],
        headers=("Interventie", "Voldaan", "Aandeel"),
    )
    trend = line_chart(
        "Consulten per verzekerde",
        "Het aantal consulten daalt van 4,9 naar 4,4.",
        ["2021", "2022", "2023", "2024", "2025"],
        [
            LineSeries("Regio", (4.9, 4.8, None, 4.5, 4.4)),
            LineSeries("Landelijk", (4.7, 4.7, 4.6, 4.6, 4.6)),
        ],
        row_header="Jaar",
        nothing="geen cijfer",
        unit="consulten per verzekerde per jaar",
        decimals=1,
        aim=Aim(4.6, "streven: onder 4,6"),
        from_zero=False,
    )
    return Document(
        title="Jaarverslag Meer Tijd Voor de Patiënt 2023",
        subtitle="Voor zorgverzekeraar CZ",
        language="nl",
        author="PrimaCura",
        created_on=date(2023, 12, 31),
        details=(("Stand op", "31 december 2023"), ("Praktijken", "40"), ("Status", "Concept")),
        footer='Jaarverslag MTVP 2023 · CZ · "concept"',
        draft=draft,
        blocks=(
            Heading("Samenvatting"),
            Paragraph("Van 40 praktijken ronden er 18 jaar 1 af.", "lead"),
            Paragraph("Een gewone alinea. " * 20),
            KeyFigures(
                "Kerncijfers",
                (
                    KeyFigure("Praktijken begonnen", 40, note="gestopte praktijken tellen mee"),
                    KeyFigure("Veelgebruikers", Mark.HIDDEN, note="30 of meer contacten"),
                    KeyFigure("Consulten per verzekerde", 4.55, Kind.DECIMAL, 2),
                    KeyFigure("Bedrag", Decimal("123456.5"), Kind.MONEY),
                ),
            ),
            Heading("Uitrol"),
            Figure(shares),
            Heading("Ontwikkeling", 3),
            Paragraph("Definitie: wat geteld is.", "note"),
            Figure(trend),
            Bullets(("Eerste punt", LONG + " " + LONG, "Derde punt met < en &")),
            Heading("Regioprestatie"),
            FEE,
            ATTACK,
            Heading("Bijlage per praktijk", new_page=True),
            LENGTHY,
            WIDE,
            Paragraph("Tot slot."),
        ),
    )
