"""Announcements and newsletters as the coordinator makes them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monitoring.models import Announcement, Newsletter
from monitoring.news import services
from monitoring.news.forms import AnnouncementForm
from practices.permissions import Permission
from practices.tenancy import SignedInRequest, region_page
from practices.texts.rendering import page_html

LATEST = 50


@region_page(Permission.EDIT_TEXTS)
def manage(request: SignedInRequest) -> HttpResponse:
    """What is shown, comes, or was; and the newsletters."""
    today = timezone.localdate()
    known = Announcement.objects.all()
    context = {
        "now": known.on(today),
        "coming": known.standing().filter(shown_from__gt=today),
        "over": known.over(today)[:LATEST],
        "down": known.exclude(taken_down_at=None)[:LATEST],
        "letters": Newsletter.objects.all()[:LATEST],
    }
    return TemplateResponse(request, "monitoring/news/manage.html", context)


@region_page(Permission.EDIT_TEXTS)
def announcement_new(request: SignedInRequest) -> HttpResponse:
    form = AnnouncementForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        services.announce(written=form.written(), actor=request.user)
        messages.success(request, _("Saved. It is shown from its first day on."))
        return redirect("manage_news")
    return _page(request, form)


@region_page(Permission.EDIT_TEXTS)
def announcement(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Announcement, pk=pk)
    form = AnnouncementForm(request.POST or None, announcement=found)
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        services.change(announcement=found, written=form.written(), actor=request.user)
        messages.success(request, _("Changed. Mail that went out already says what it said."))
        return redirect("manage_news")
    return _page(request, form, found)


@require_POST
@region_page(Permission.EDIT_TEXTS)
def take_down(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Announcement, pk=pk)
    down = request.POST.get("down") != "no"
    services.take_down(announcement=found, down=down, actor=request.user)
    said = _("Taken down: nobody reads it any more.") if down else _("It is back.")
    messages.success(request, said)
    return redirect("announcement", pk)


def _page(
    request: SignedInRequest, form: AnnouncementForm, found: Announcement | None = None
) -> HttpResponse:
    """With what was typed as others will read it, else as they read it now."""
    title, body = (found.title, found.body) if found else ("", "")
    if form.is_bound and form.is_valid():
        title, body = form.cleaned_data["title"], form.cleaned_data["body"]
    context = {
        "form": form,
        "announcement": found,
        "shown_title": title,
        "html": page_html(body),
        "typed": form.is_bound,
    }
    return TemplateResponse(request, "monitoring/news/announcement.html", context)
