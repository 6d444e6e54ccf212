"""The whole visit from a page without scripts: what was changed on it, and no more."""

import json
import uuid
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from monitoring.models import Visit
from monitoring.visits.agreements import said, written
from monitoring.visits.capture import AGREEMENT, STUCK, held, keep, on_page
from practices.beside import mark_of
from practices.drafts.exchange import Outcome
from practices.models import User

OF_AGREEMENT = ("subject", "field", "version", "what", "owner", "owner_name", "due_on")
OF_STUCK = ("partner", "kind", "weight", "text")


@dataclass(slots=True)
class Saved:
    """`problems` are for the top of the page; what they are about was not kept. `agreements` are
    those that were refused, by the part they were typed beside."""

    count: int = 0
    problems: list[str] = field(default_factory=list)
    agreements: dict[str, dict[str, str]] = field(default_factory=dict)


def save_page(*, visit: Visit, posted: QueryDict, actor: User) -> Saved:
    """Per field the page sends the value, the mark of what it showed (`was-`) and of which version
    that was (`of-`)."""
    done = Saved()
    for name in posted:
        if name.startswith("was-"):
            key = name.removeprefix("was-")
            value = posted.get(key, "")
            if mark_of(value) != posted[name]:
                _keep(done, visit, actor, key, value, posted.get(f"of-{key}", ""))
    for subject, typed in _agreements(posted):
        _keep_agreement(done, visit, actor, subject, typed)
    if posted.get("text", "").strip():
        stuck = {name: posted.get(name, "") for name in OF_STUCK}
        _keep(done, visit, actor, f"{STUCK}{uuid.uuid4().hex}", json.dumps(stuck), "")
    if gone := posted.get("remove", ""):
        version = next((one.version for one in held(visit) if one.field == gone), "")
        _keep(done, visit, actor, gone, "", version)
    if back := posted.get("back", ""):
        _put_back(done, visit, actor, back)
    return done


def to_amend(visit: Visit, key: str) -> dict[str, dict[str, str]]:
    """One of this visit as it stands, by the part it was made beside; empty when there is none."""
    made = visit.agreements.filter(field=key, withdrawn_at=None).first()
    if made is None:
        return {}
    return {made.subject: json.loads(written(made)) | {"field": key, "version": made.version}}


def _put_back(done: Saved, visit: Visit, actor: User, key: str) -> None:
    """An agreement that was taken back, as it was."""
    gone = visit.agreements.filter(field=key).exclude(withdrawn_at=None).first()
    if gone is not None:
        _keep(done, visit, actor, key, said(gone), gone.version)


def _keep_agreement(
    done: Saved, visit: Visit, actor: User, subject: str, typed: dict[str, str]
) -> None:
    """A new one, or another reading of the one named by `field`."""
    problems = len(done.problems)
    value = {name: typed[name] for name in ("what", "owner", "owner_name", "due_on")}
    key = typed["field"] or f"{AGREEMENT}_{subject}-{uuid.uuid4().hex}"
    _keep(done, visit, actor, key, json.dumps(value), typed["version"])
    if len(done.problems) > problems:
        done.agreements[subject] = typed


def _keep(done: Saved, visit: Visit, actor: User, key: str, value: str, base: str) -> None:
    try:
        outcome = keep(on_page(key, value, base), visit=visit, actor=actor)
    except ValidationError as error:
        done.problems += error.messages
        return
    if outcome is Outcome.KEPT:
        done.count += 1
        return
    words = {"mine": value}
    text = _("Somebody else changed the same. You put in “%(mine)s”. Look at it and choose again.")
    done.problems.append(text % words)


def _agreements(posted: QueryDict) -> list[tuple[str, dict[str, str]]]:
    """The groups of the page, of which those in which somebody typed something."""
    columns = [posted.getlist(name) for name in OF_AGREEMENT]
    groups = [
        dict(zip(OF_AGREEMENT, values, strict=True)) for values in zip(*columns, strict=False)
    ]
    return [(group.pop("subject"), group) for group in groups if group["what"].strip()]
