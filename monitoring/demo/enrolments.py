"""People of the demo who are enrolled for what is to come, some of them in a queue."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from monitoring.demo.chance import dice
from practices.models import Employment
from training.enrolment.services import EnrolmentRefusedError, enrol
from training.menu.services import set_price
from training.models import Course, Enrolment, Session, SessionMail
from training.states import COUNTS_FOR

SESSIONS = 15
MOST_WAITING = 3
PRICE = Decimal(95)
PRICED_FROM = date(2022, 1, 1)


def enrol_people(*, seed: int, today: date) -> int:
    """How many are enrolled; the soonest sessions are the fullest. Again it adds nobody."""
    if Enrolment.objects.exists():
        return 0
    coming = Session.objects.coming(today + timedelta(days=3)).filter(kind__in=COUNTS_FOR)
    for turn, session in enumerate(coming[:SESSIONS]):
        _fill(session, share=1.2 - 0.12 * turn, seed=seed)
    # The mail of made-up people went out long ago.
    SessionMail.objects.update(sent_at=timezone.now())
    return Enrolment.objects.count()


def _fill(session: Session, *, share: float, seed: int) -> None:
    chance = dice(seed, "enrol", session.reference)
    places = session.places or 0
    wanted = min(int(places * share), places + MOST_WAITING)
    serving = Employment.objects.in_service(session.held_on).filter(role__in=session.meant_for)
    spells = list(serving.select_related("person", "practice").order_by("pk"))
    came = 0
    for place in chance.permutation(len(spells)):
        if came >= wanted:
            return
        spell = spells[int(place)]
        try:
            enrol(session=session, people=[spell.person], practice=spell.practice, actor=None)
        except EnrolmentRefusedError:
            continue
        came += 1


def describe_courses() -> None:
    """Made-up price and points, so that the pages show them; the region's own are left alone."""
    for course in Course.objects.filter(prices=None):
        set_price(course=course, price=PRICE, valid_from=PRICED_FROM, actor=None)
    Course.objects.filter(supplier="").update(
        supplier="Scholing De Wissel",
        accreditation_body="Accreditatiebureau (voorbeeld)",
        accreditation_points=3,
    )
