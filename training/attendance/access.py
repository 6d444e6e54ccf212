"""Which sessions somebody keeps the attendance and the papers of."""

from django.db.models import QuerySet
from django.http import Http404

from practices.permissions import Permission
from practices.tenancy import SignedInRequest
from training.models import Session


def own_sessions(request: SignedInRequest) -> "QuerySet[Session]":
    """A facilitator's own; all of them for who runs the sessions."""
    sessions = Session.objects.select_related("course", "facilitator__person")
    if Permission.RUN_SESSIONS in request.access:
        return sessions
    return sessions.filter(facilitator=request.user)


def session_or_404(request: SignedInRequest, pk: int) -> Session:
    """A session of somebody else looks like one that does not exist."""
    session = own_sessions(request).filter(pk=pk).first()
    if session is None:
        raise Http404
    return session
