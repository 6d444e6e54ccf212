"""The pages under /bezoek/<code>/: the code names the visit, and with it the practice."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase

from monitoring.models import Visit
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, practice_page

Args = ParamSpec("Args")


def visit_page(
    view: Callable[Concatenate[PracticeRequest, Visit, Args], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """A view that gets the visit; guarded as a page of its practice. An unknown code looks like
    that of somebody else."""

    @wraps(view)
    def guarded(
        request: HttpRequest, code: str, *args: Args.args, **kwargs: Args.kwargs
    ) -> HttpResponseBase:
        visit = (
            Visit.objects.select_related("practice__cohort", "consultant__person")
            .filter(code=code)
            .first()
        )

        @practice_page(Permission.CONDUCT_VISIT)
        def inside(request: PracticeRequest) -> HttpResponseBase:
            if visit is None:
                raise RuntimeError("a page without its visit")
            visit.practice = request.practice
            return view(request, visit, *args, **kwargs)

        return inside(request, slug=visit.practice.slug if visit else "")

    return guarded
