"""What headers are called in real exports: one table, as reviewed data.

Every name is written as words; capitals, diacritics, points and the way the words are glued
together do not matter. The first list of a field is its plain names; a later list counts only
where no header bears an earlier one.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from highusers.imports.definitions import Kind


class Field(StrEnum):
    """What a column can be used for; the names are those of ``--map``."""

    PATIENT = "patient"
    TOTAL = "total"
    DATE = "date"
    TYPE = "type"
    NUMBER = "number"
    BIRTH_YEAR = "birth_year"
    SEX = "sex"


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SYNONYMS: Mapping[Field, tuple[tuple[str, ...], ...]] = {
    Field.PATIENT: (
        _names(
            """patnr, pat nr, patnummer, patientnr, patient nr, patientnummer, patientnummers,
            nummer patient, nr patient, patient id, pat id, patient code, pat code,
            patient identificatie, patient identificatienummer, his nummer, his nr,
            patient his nummer, patientnummer his, client nr, client nummer, client id,
            dossier nr, dossier nummer, patient number, patient no"""
        ),
        _names("patient, client"),
    ),
    Field.TOTAL: (
        _names(
            """totaal contacten, contacten totaal, totaal aantal contacten, totaal contact,
            aantal contacten totaal, totaal contactmomenten, totaal aantal contactmomenten,
            contactmomenten totaal, totaal aant contacten, tot contacten, total contacts"""
        ),
        _names(
            """contacten, aantal contacten, aant contact, aant contacten, aantal contact,
            contact aantal, contacten aantal, aantal contactmomenten, contactmomenten,
            aant cont, som contacten, som van contacten, nr of contacts, contacts,
            number of contacts"""
        ),
        _names("totaal, aantal, totaal aantal, aantal totaal, total"),
    ),
    Field.DATE: (
        _names(
            """contactdatum, datum contact, datum van contact, consultdatum, datum consult,
            verrichtingdatum, verrichtingsdatum, datum verrichting, prestatiedatum,
            datum prestatie, behandeldatum, contact date"""
        ),
        _names("datum, datum tijd, datum en tijd, date"),
    ),
    Field.TYPE: (
        _names(
            """soort contact, contact soort, contactwijze, wijze contact, wijze van contact,
            contacttype, type contact, contactvorm, vorm contact, contactcode, prestatiecode,
            prestatie code, code prestatie, verrichtingcode, verrichtingscode, code verrichting,
            soort consult, consult soort, type consult, consulttype, soort verrichting,
            verrichting, prestatie, contact type"""
        ),
        _names("soort, type, contact, code"),
    ),
    Field.NUMBER: (
        _names(
            """contactnr, contact nr, contactnummer, contact nummer, nummer contact, nr contact,
            contact id, consultnr, consultnummer, consult id, verrichtingnr, verrichtingnummer,
            verrichtingsnummer, contact number"""
        ),
    ),
    Field.BIRTH_YEAR: (
        _names(
            """geboortejaar, geb jaar, jaar geboorte, jaar van geboorte, gebjr, geboorte jaar,
            birth year, year of birth"""
        ),
        _names(
            """geboortedatum, geb datum, geb dat, geboorte datum, geboorte dat, datum geboorte,
            dat geb, datum van geboorte, gebdtm, birth date, date of birth, dob, geb, geboren"""
        ),
    ),
    Field.SEX: (_names("geslacht, gesl, sekse, mv, m v, v m, sex, gender"),),
}

EXACT_BIRTH_DATE = SYNONYMS[Field.BIRTH_YEAR][1]

PARTS: Mapping[Kind, tuple[str, ...]] = {
    Kind.CONSULTATION: _names(
        """consulten, consult, aantal consulten, consulten aantal, spreekuurconsulten,
        spreekuur, praktijkconsulten, consulten praktijk, consulten spreekuur,
        spreekuurcontacten, contacten praktijk, aantal consult, cons"""
    ),
    Kind.VISIT: _names(
        """visites, visite, aantal visites, visites aantal, huisbezoeken, huisbezoek,
        aantal huisbezoeken, contacten visite, contacten thuis, aantal visite"""
    ),
    Kind.TELEPHONE: _names(
        """telefonisch, telefonische consulten, telefonisch consult, telefonische contacten,
        telefooncontacten, telefoonconsulten, tel consulten, tel contacten, tel cons,
        consulten telefonisch, contacten telefonisch, contacten telefoon,
        aantal telefonische consulten, aantal telefonische contacten, aantal telefonisch"""
    ),
    Kind.E_CONSULTATION: _names(
        """e consulten, e consult, aantal e consulten, email consulten, e mail consulten,
        e mail consult, mailconsulten, digitale consulten, contacten digitaal, e contacten,
        contacten e mail, contacten email"""
    ),
}

FORBIDDEN_WORDS: frozenset[str] = (
    _words("""bsn bsnnr bsnnummer burgerservicenummer burgerservicenr sofi sofinummer sofinr
    naam namen achternaam voornaam voornamen voorletters voorletter roepnaam tussenvoegsel
    tussenvoegsels voorvoegsel voorvoegsels initialen meisjesnaam geboortenaam partnernaam
    patientnaam patnaam naampatient clientnaam eigennaam achternamen surname
    adres adressen straat straatnaam huisnummer huisnr woonplaats plaats plaatsnaam
    postcode pc6 pc4 postcodes woonadres address
    telefoon telefoonnummer telefoonnr telnr telnummer telefoonnummers mobiel mobielnummer
    mobielnr gsm phone
    email emailadres mail mailadres
    opmerking opmerkingen notitie notities toelichting reden memo journaal journaalregel
    soep klacht klachten bijzonderheden tekst omschrijving commentaar aantekening
    aantekeningen diagnose episode contactreden""")
)
"""A header that holds one of these words is never used, shown or kept: BSN, name, address,
telephone, e-mail, free text. An exact birth date may be used for its year only."""

FORBIDDEN_NAMES: tuple[str, ...] = _names("tel, tel nr, tel nummer, nr tel, name, pc")

NEUTRAL_WORDS: frozenset[str] = (
    _words("""mnd mnden maand maanden jaar jr per periode in van de het tm t m his dd mm jjjj yyyy
    jj""")
)
"""Words beside a name that change nothing: 'Contacten per jaar', 'Patnr HIS'."""
