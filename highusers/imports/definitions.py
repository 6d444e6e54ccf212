"""Which contacts count: the region's contact definitions, as reviewed data.

A *kind* is what a HIS calls a type of contact, brought back to one of a fixed list, so that
sums per kind can be kept without keeping a word of the file. A definition says which kinds
count; it is chosen per extract and its name is stored with it.

The claim codes for a consultation (12010, 12011, 12001) say how long it took and nothing
about the channel, so they have a kind of their own, with channel 'unknown'.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise

from django.utils.translation import gettext


class Channel(StrEnum):
    """Where a contact took place."""

    PRACTICE = "practice"
    HOME = "home"
    REMOTE = "remote"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What sort of contact it was."""

    CONSULTATION = "consultation"
    CONSULTATION_BY_LENGTH = "consultation_by_length"
    VISIT = "visit"
    TELEPHONE = "telephone"
    E_CONSULTATION = "e_consultation"
    REPEAT_PRESCRIPTION = "repeat_prescription"
    ADMINISTRATION = "administration"
    LABORATORY = "laboratory"
    VACCINATION = "vaccination"
    UNKNOWN = "unknown"


CHANNEL_OF_KIND: Mapping[Kind, Channel] = {
    Kind.CONSULTATION: Channel.PRACTICE,
    Kind.VISIT: Channel.HOME,
    Kind.TELEPHONE: Channel.REMOTE,
    Kind.E_CONSULTATION: Channel.REMOTE,
}

KIND_OF_CODE: Mapping[str, Kind] = {
    "12010": Kind.CONSULTATION_BY_LENGTH,
    "12011": Kind.CONSULTATION_BY_LENGTH,
    "12001": Kind.CONSULTATION_BY_LENGTH,
    "12000": Kind.CONSULTATION_BY_LENGTH,
    "12002": Kind.VISIT,
    "12003": Kind.VISIT,
    "12004": Kind.TELEPHONE,
    "12007": Kind.E_CONSULTATION,
    "12006": Kind.VACCINATION,
    "12110": Kind.CONSULTATION_BY_LENGTH,
    "12111": Kind.CONSULTATION_BY_LENGTH,
    "12112": Kind.VISIT,
    "12113": Kind.VISIT,
    "12114": Kind.E_CONSULTATION,
    "12115": Kind.TELEPHONE,
}


def _words_in(text: str) -> frozenset[str]:
    return frozenset(text.split())


WORDS_OF_KIND: Mapping[Kind, frozenset[str]] = {
    Kind.CONSULTATION: _words_in(
        """consult consulten consultatie spreekuur spreekuurconsult spreekuurcontact
        praktijkconsult dubbelconsult controleconsult passantenconsult inloopspreekuur
        consultation"""
    ),
    Kind.VISIT: _words_in(
        "visite visites huisbezoek huisbezoeken thuisbezoek spoedvisite visiteconsult"
    ),
    Kind.TELEPHONE: _words_in(
        """telefoon telefonisch telefonische tel telc telefoonconsult telconsult
        telefooncontact telefoongesprek belconsult bellen terugbelconsult telephone"""
    ),
    Kind.E_CONSULTATION: _words_in(
        """econsult econsulten emailconsult emailconsulten mailconsult email mail ecns
        emailcontact beeldconsult beeldbellen videoconsult videobellen videoconsulten
        chatconsult digitaal digitale online"""
    ),
    Kind.REPEAT_PRESCRIPTION: _words_in(
        """herhaalrecept herhaalrecepten herhaalreceptuur herhalingsrecept recept recepten
        receptuur receptaanvraag herhaalmedicatie"""
    ),
    Kind.ADMINISTRATION: _words_in(
        """administratie administratief administratieve admin postverwerking post
        correspondentie"""
    ),
    Kind.LABORATORY: _words_in(
        """lab laboratorium labuitslag labuitslagen laboratoriumonderzoek labonderzoek
        labaanvraag bloedonderzoek"""
    ),
    Kind.VACCINATION: _words_in(
        """vaccinatie vaccinaties vaccin griepvaccinatie griepprik inenting
        coronavaccinatie pneumokokkenvaccinatie reisvaccinatie"""
    ),
}

COUNTING = frozenset(
    {Kind.CONSULTATION, Kind.CONSULTATION_BY_LENGTH, Kind.VISIT, Kind.TELEPHONE}
    | {Kind.E_CONSULTATION, Kind.UNKNOWN}
)


@dataclass(frozen=True)
class ContactDefinition:
    """A dated choice of the kinds that count as a contact of a patient with a plan.

    ``regional`` narrows it for the region's overview of numbers of contacts. A definition that
    has been used is never changed: what counts otherwise is a new version of the name, so that
    an extract says for good by what it was counted.
    """

    name: str
    version: int
    valid_from: date
    counts: frozenset[Kind]
    regional: frozenset[Kind] = field(default_factory=frozenset)


MTVP_2023 = ContactDefinition(
    name="MTVP 2023",
    version=1,
    valid_from=date(2023, 1, 1),
    counts=COUNTING,
    regional=COUNTING,
)
REGIOPRESTATIE = ContactDefinition(
    name="Regioprestatie",
    version=1,
    valid_from=date(2022, 1, 1),
    counts=COUNTING - {Kind.E_CONSULTATION},
    regional=COUNTING - {Kind.E_CONSULTATION, Kind.TELEPHONE},
)
DEFINITIONS: tuple[ContactDefinition, ...] = (MTVP_2023, REGIOPRESTATIE)
"""The version in use of each name; ``DEFAULT_DEFINITION`` is what a new upload begins with."""
DEFAULT_DEFINITION = MTVP_2023

_CODE = re.compile(r"(?<![0-9])[0-9]{5}(?![0-9])")
_GENERIC = frozenset({Kind.CONSULTATION, Kind.CONSULTATION_BY_LENGTH})


def definition_named(name: str) -> ContactDefinition | None:
    """The definition of that name, whatever its capitals."""
    wanted = name.strip().casefold()
    return next((one for one in DEFINITIONS if one.name.casefold() == wanted), None)


def definition_label(name: str, version: int | None) -> str:
    """A definition as people read it; figures of the region's spreadsheets have none."""
    if not name or version is None:
        return name
    return gettext("%(definition)s, version %(version)s") % {"definition": name, "version": version}


def kind_label(kind: Kind) -> str:
    """What people call a kind of contact."""
    labels = {
        Kind.CONSULTATION: gettext("consultation"),
        Kind.CONSULTATION_BY_LENGTH: gettext("consultation by its claim code"),
        Kind.VISIT: gettext("home visit"),
        Kind.TELEPHONE: gettext("telephone"),
        Kind.E_CONSULTATION: gettext("e-consultation"),
        Kind.REPEAT_PRESCRIPTION: gettext("repeat prescription"),
        Kind.ADMINISTRATION: gettext("administration"),
        Kind.LABORATORY: gettext("laboratory"),
        Kind.VACCINATION: gettext("vaccination"),
        Kind.UNKNOWN: gettext("type that is not known"),
    }
    return labels[kind]


def channel_of(kind: Kind) -> Channel:
    """The channel a kind tells, or unknown."""
    return CHANNEL_OF_KIND.get(kind, Channel.UNKNOWN)


def kind_of(text: str) -> Kind:
    """The kind that a cell of the type column names, by code or by word.

    'Telefonisch consult' is a telephone contact: the particular word wins over the general
    one. A text that names two particular kinds is unknown, and so counts.
    """
    coded = {KIND_OF_CODE[code] for code in _CODE.findall(text) if code in KIND_OF_CODE}
    if len(coded - _GENERIC) == 1:
        return next(iter(coded - _GENERIC))
    words = _words(text)
    kinds = coded | {kind for kind, known in WORDS_OF_KIND.items() if known & words}
    particular = kinds - _GENERIC
    if len(particular) == 1:
        (kind,) = particular
        return Kind.UNKNOWN if kinds & _GENERIC and kind not in COUNTING else kind
    if particular or not kinds:
        return Kind.UNKNOWN
    return Kind.CONSULTATION if Kind.CONSULTATION in kinds else Kind.CONSULTATION_BY_LENGTH


def _words(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.findall(r"[a-z0-9]+", plain)
    return set(words) | {first + second for first, second in pairwise(words)}
