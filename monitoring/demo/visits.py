"""What was said at visits of the demo, and one visit in each state that people meet."""

import json
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from monitoring.models import Visit, VisitReport
from monitoring.visits import services
from monitoring.visits.capture import keep, on_page
from practices.mailing.readers import account_holders
from practices.models import Person, User

MOST = 14
"""Practices of which the last visit is written out; of the others only the day is known."""

GOINGS = ("well", "well", "along", "along", "stuck")
NOTES = {
    "i1-note": (
        "Het team bespreekt de lijst nu elke maand. De tijd voor de plannen is krap.",
        "De afspraak met het wijkteam werkt. Evalueren schiet er nog bij in.",
        "De eerste plannen lopen. De assistenten weten wie een dubbel consult krijgt.",
    ),
    "i2-note": (
        "De assistenten vragen rustiger door en overleggen meer.",
        "Nieuwe assistenten moeten de training nog volgen.",
    ),
    "i4-note": ("Meer rust op het spreekuur. De maandagochtend blijft vol.",),
    "i5-note": ("Bij leefstijl praten wij nu eerst over wat iemand zelf wil.",),
    "i6-note": ("De casus over verwijzen is in het team besproken.",),
    "joy": ("Meer tijd per patiënt geeft energie. De telefoon kost energie.",),
    "patients": ("Patiënten merken dat er meer tijd is en zeggen dat ook.",),
    "social": ("Kort contact met het wijkteam. Schulden blijven lastig te plaatsen.",),
    "added": (
        "Minder haast en meer overleg met elkaar.",
        "Wij kijken anders naar wie vaak komt.",
        "Het gesprek met collega's uit andere praktijken helpt.",
    ),
    "wish": ("Vertel patiënten ook vanuit de verzekeraar waarom een consult langer duurt.",),
}
TIME_OUT = {
    "i3-used": ("yes", "sometimes"),
    "i3-effect": ("some", "clear", "unknown"),
    "i3-note": ("Even bellen met een collega bespaart soms een verwijzing.",),
}
AGREED = (
    "Elke maand twintig minuten voor de lijst met veelgebruikers",
    "Een vast belmoment met het wijkteam afspreken",
    "De training triage inplannen voor de nieuwe assistent",
)


def write_visits(today: date) -> int:
    """How many are written out; again it writes none."""
    if VisitReport.objects.exists():
        return 0
    last = Visit.objects.filter(held_on__lt=today, practice__stopped_on=None)
    last = last.exclude(practice__consultant=None).order_by("practice_id", "-held_on")
    found = list(last.distinct("practice_id").select_related("practice__consultant")[:MOST])
    for number, visit in enumerate(found):
        _write(visit, number, today)
    return len(found)


def _write(recorded: Visit, number: int, today: date) -> None:
    practice, discussed = recorded.practice, recorded.time_out_discussed
    if practice.consultant is None:
        return
    actor = practice.consultant
    visit = services.start_visit(practice=practice, actor=actor, held_on=recorded.held_on)
    answers = {f"i{one}-going": GOINGS[(number + one) % len(GOINGS)] for one in range(1, 7)}
    answers |= {"i1-habit": ("yes", "partly")[number % 2], "i4-in_use": "yes"}
    told = {**NOTES, **TIME_OUT} if discussed else NOTES
    answers |= {key: texts[number % len(texts)] for key, texts in told.items()}
    for key, value in answers.items():
        keep(on_page(key, value, ""), visit=visit, actor=actor)
    _agree(visit, number, today, actor)
    if number == 1:  # the consultant still has to read it back
        return
    report = services.send_report(visit=visit, actor=actor)
    _some_days_later(report)
    _answer(visit, report, number, today)


def _agree(visit: Visit, number: int, today: date, actor: User) -> None:
    """Of somebody of the practice, and of the consultant; some are late by now."""
    people = Person.objects.filter(employments__in=visit.practice.employments.in_service(today))
    person = people.order_by("pk").first()
    owners = [f"p{person.pk}" if person else "other", f"a{actor.pk}"]
    for place, owner in enumerate(owners):
        said = {
            "what": AGREED[(number + place) % len(AGREED)],
            "owner": owner,
            "due_on": (today + timedelta(days=20 * place + 5 * number - 15)).isoformat(),
        }
        field = f"agreement_i{place + 1}-{visit.code}"
        keep(on_page(field, json.dumps(said), ""), visit=visit, actor=actor)


def _some_days_later(report: VisitReport) -> None:
    """A report that is weeks old needs no mail."""
    day = report.visit.held_on + timedelta(days=1)
    report.sent_at = timezone.make_aware(datetime.combine(day, time(17)))
    report.save(update_fields=["sent_at"])


def _answer(visit: Visit, report: VisitReport, number: int, today: date) -> None:
    """Most practices confirm; one comments, one did nothing yet."""
    holders = account_holders([visit.practice], today).get(visit.practice_id, [])
    holder = User.objects.filter(pk__in=holders).first()
    if holder is None or number == 2:
        return
    if number == 3:
        text = "De training is al gepland, in januari."
        services.comment(visit=visit, text=text, actor=holder, of_practice=True)
    else:
        services.confirm_report(report=report, actor=holder)
