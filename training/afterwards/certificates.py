"""Certificates of taking part: who may have one, its number, its paper."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mtvp.documents.model import Document, Paragraph, WriteOn
from practices.audit import record
from practices.models import Person, User
from practices.states import AuditAction
from training.attendance.sheet import session_details
from training.models import Attendance, Certificate, Session

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without those that are read for one another: 0 and O, 1 and I."""
LENGTH = 7


def deserves(session: Session, person: Person) -> bool:
    """Was there, in a session that went on and is over."""
    if session.cancelled_at is not None or session.held_on > timezone.localdate():
        return False
    return Attendance.objects.filter(session=session, person=person, present=True).exists()


@transaction.atomic
def issue(*, session: Session, person: Person, actor: User) -> Certificate:
    """The certificate of this person; its number and its accreditation are given once and stay.
    The caller has asked `deserves`."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    fresh = {"number": _free_number(session), **_accreditation_now(session)}
    certificate, _made = Certificate.objects.get_or_create(
        session=session, person=person, defaults=fresh
    )
    record(actor=actor, action=AuditAction.PRINT, obj=certificate)
    return certificate


def paper(certificate: Certificate) -> Document:
    """One page: who, what, when, how many points, and the number."""
    session, person = certificate.session, certificate.person
    details = [(_("Name"), person.name)]
    if person.registration:
        details.append((_("BIG or KABIZ number"), person.registration))
    details += session_details(session)
    details += _accreditation(certificate)
    issued = date_format(timezone.localdate(certificate.issued_at))
    details += [(_("Certificate number"), certificate.number), (_("Issued on"), issued)]
    return Document(
        title=_("Certificate of taking part"),
        subtitle=session.title,
        language=get_language() or "nl",
        author=_("More time for the patient"),
        created_on=timezone.localdate(certificate.issued_at),
        details=tuple(details),
        blocks=(
            Paragraph(
                _("%(name)s took part in “%(title)s” on %(date)s.")
                % {
                    "name": person.name,
                    "title": session.title,
                    "date": date_format(session.held_on),
                },
                "lead",
            ),
            WriteOn(_("On behalf of the region"), lines=1),
        ),
        footer=f"{certificate.number} · {person.name}",
        sheet=True,
    )


def _accreditation_now(session: Session) -> dict[str, Any]:
    """What the menu says today."""
    course = session.course
    if course is None or not course.accreditation_points:
        return {}
    return {
        "accreditation_body": course.accreditation_body,
        "accreditation_points": course.accreditation_points,
    }


def _accreditation(certificate: Certificate) -> list[tuple[str, str]]:
    if certificate.accreditation_points is None:
        return []
    points = number_format(certificate.accreditation_points.normalize(), use_l10n=True)
    told = f"{points} {_('points')}, {certificate.accreditation_body}".rstrip(", ")
    return [(_("Accreditation"), told)]


def _free_number(session: Session) -> str:
    """Says the year and nothing else; drawn, so that no number leads to the next."""
    while True:
        drawn = "".join(secrets.choice(SIGNS) for _place in range(LENGTH))
        number = f"MTVP-{session.held_on.year}-{drawn}"
        if not Certificate.objects.filter(number=number).exists():
            return number
