"""The telephone card: a number in, what to do out."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from highusers.telephone.forms import NumberForm
from highusers.telephone.services import look_up
from practices.permissions import Permission
from practices.tenancy import PracticeRequest, practice_page


@practice_page(Permission.SEE_INSTRUCTION)
def card(request: PracticeRequest) -> HttpResponse:
    """The number is posted, never part of an address; the field is empty for the next call."""
    form = NumberForm(request.POST or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        context = {
            "form": NumberForm(),
            "asked": number,
            "instruction": look_up(practice=request.practice, number=number, actor=request.user),
        }
    name = "_card" if request.htmx else "card"
    return TemplateResponse(request, f"highusers/telephone/{name}.html", context)
