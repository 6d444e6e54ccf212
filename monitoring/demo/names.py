"""Invented names for practices and people. The places exist; nothing else does."""

from collections.abc import Iterator

PLACES = (
    ("Tilburg", ("Reeshof", "Noord", "Oud-Noord", "Centrum", "West", "Zuid")),
    ("Goirle", ("",)),
    ("Tilburg", ("Noord", "Reeshof", "West", "Centrum", "Zuid", "Oud-Noord")),
    ("Oisterwijk", ("",)),
    ("Waalwijk", ("Baardwijk", "Centrum")),
    ("Dongen", ("",)),
    ("Rijen", ("",)),
    ("Udenhout", ("",)),
    ("Berkel-Enschot", ("",)),
    ("Kaatsheuvel", ("",)),
    ("Gilze", ("",)),
    ("Hilvarenbeek", ("",)),
    ("Moergestel", ("",)),
)

_PRACTICES = (
    "De Zilverlinde",
    "Het Klaverblad",
    "De Weversdraad",
    "De Oude Vlasakker",
    "Het Ketelpad",
    "De Wolwaag",
    "De Kruisspin",
    "Het Beukennootje",
    "De Blauwververij",
    "De Bonte Os",
    "Het Heideklokje",
    "De Spoel",
    "De Halve Maan",
    "Het Zandpad",
    "De Korenroos",
    "De Vuurdoorn",
    "Het Leemkuiltje",
    "De Grutto",
    "De Rietzanger",
    "Het Wilgenblad",
    "De Schietspoel",
    "De Kastanjehof",
    "Het Notendopje",
    "De Warmoezerij",
    "De Meidoornhaag",
    "Het Vennetje",
    "De Populier",
    "De Klinkerweg",
    "Het Sluisje",
    "De Turfvaart",
    "De Boekweit",
    "Het Kanaalhuis",
    "De Roerdomp",
    "De Hooiberg",
    "Het Bakhuisje",
    "De Sleedoorn",
    "De Waterlelie",
    "Het Kraaiennest",
    "De Zonnedauw",
    "De Lange Akker",
)

_FIRST = (
    *("Anouk", "Bram", "Carlijn", "Daan", "Eline", "Ferry", "Gwen", "Hugo", "Ilse", "Jasper"),
    *("Karlijn", "Lars", "Mirjam", "Niels", "Olga", "Pieter", "Quirine", "Rutger", "Sanne", "Teun"),
    *("Ulrike", "Vera", "Wouter", "Xandra", "Yara", "Zeno", "Amina", "Bilal", "Cemre", "Dewi"),
    *("Emre", "Fatima", "Goran", "Hanan", "Ismael", "Joanna", "Kamil", "Leila", "Mehmet", "Noor"),
)

_LAST = (
    *("Appelbloesem", "Berkenlaan", "Cederhout", "Dauwdruppel", "Eikelboom", "Fluitenkruid"),
    *("Goudsbloem", "Hazelnoot", "IJsvogel", "Jeneverbes", "Kersenpit", "Lavendel", "Merelzang"),
    *("Narcis", "Olijfgroen", "Parelmoer", "Kwartel", "Regenboog", "Sneeuwklok", "Tijgerlelie"),
    *("Uilenspiegel", "Veldsla", "Wilgenhof", "Zeewind", "Amandel", "Boterbloem", "Citroen"),
    *("Distelvink", "Edelweiss", "Frambozen", "Graspieper", "Hondsroos", "Iepenblad", "Juttepeer"),
    *("Korenbloem", "Lijsterbes", "Maretak", "Notenkraker", "Oeverzwaluw", "Pimpelmees"),
    *("Kwikstaart", "Roodborst", "Schelvis", "Tuinkers", "Uitwaaier", "Vlierbes", "Winterkoning"),
    *("Zilverspar", "Abrikoos", "Bosviool", "Dennenappel", "Elzenkatje", "Ganzerik", "Hulst"),
    *("Kamperfoelie", "Lisdodde", "Moerbei", "Paardenbloem", "Rietpluim", "Speenkruid"),
)


def practice_names() -> Iterator[tuple[str, str, str]]:
    """Name, city and neighbourhood, without end and each name once."""
    number = 0
    while True:
        city, neighbourhoods = PLACES[number % len(PLACES)]
        turn, word = divmod(number, len(_PRACTICES))
        name = f"Huisartsenpraktijk {_PRACTICES[word]}" + (f" {turn + 1}" if turn else "")
        yield name, city, neighbourhoods[number // len(PLACES) % len(neighbourhoods)]
        number += 1


def people_names() -> Iterator[str]:
    """Each name once: first the short ones, then with a second surname."""
    pairs = len(_FIRST) * len(_LAST)
    number = 0
    while True:
        turn, first = divmod(number, len(_FIRST))
        surname = _LAST[(turn + number) % len(_LAST)]
        second = number // pairs
        name = f"{_FIRST[first]} {surname}"
        yield f"{name}-{_LAST[second % len(_LAST)]}" if second else name
        number += 1
