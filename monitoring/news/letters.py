"""Composing a newsletter, looking at it as a mail, and giving it to the weekly mail."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from monitoring.models import Newsletter
from monitoring.news import services
from monitoring.news.forms import NewsletterForm
from monitoring.news.told import NEWSLETTER, letter_values, wanted_by
from monitoring.states import Audience
from practices.permissions import Permission
from practices.tenancy import SignedInRequest, region_page
from practices.texts.rendering import mail_html
from practices.texts.services import mail_text


@region_page(Permission.EDIT_TEXTS)
def newsletter_new(request: SignedInRequest) -> HttpResponse:
    form = NewsletterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.compose(composed=form.composed(), actor=request.user)
        messages.success(request, _("Saved. Below you see the mail; nothing was sent."))
        return redirect("newsletter", made.pk)
    return TemplateResponse(request, "monitoring/news/newsletter.html", {"form": form})


@region_page(Permission.EDIT_TEXTS)
def newsletter(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Newsletter, pk=pk)
    form = None if found.sent_at else NewsletterForm(request.POST or None, newsletter=found)
    if request.method == "POST":
        if form is None or (form.is_valid() and not _changed(request, found, form)):
            messages.error(request, _("This newsletter was sent: it cannot be changed."))
            return redirect("newsletter", pk)
        if form.is_valid():
            messages.success(request, _("Saved. Below you see the mail; nothing was sent."))
            return redirect("newsletter", pk)
    subject, text = mail_text(NEWSLETTER, letter_values(found, frozenset(Audience)))
    context = {
        "newsletter": found,
        "form": form,
        "subject": subject,
        "html": mail_html(text),
        "wanted": wanted_by(NEWSLETTER),
        "mails": services.mails_with(found),
    }
    return TemplateResponse(request, "monitoring/news/newsletter.html", context)


@require_POST
@region_page(Permission.EDIT_TEXTS)
def newsletter_send(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give it to the weekly mail, or take it back from there as long as nobody got it."""
    found = get_object_or_404(Newsletter, pk=pk)
    try:
        if request.POST.get("send") == "no":
            services.hold_back(newsletter=found, actor=request.user)
            messages.success(request, _("Held back: nobody got it. You can change it again."))
        else:
            services.send(newsletter=found, actor=request.user)
            number = wanted_by(NEWSLETTER)
            text = ngettext(
                "It goes along with the next weekly mail, to %(number)s person.",
                "It goes along with the next weekly mail, to %(number)s people.",
                number,
            )
            messages.success(request, text % {"number": number})
    except services.SentMeanwhileError:
        messages.error(request, _("This newsletter was sent: it cannot be changed."))
    except services.EmptyNewsletterError:
        messages.error(request, _("Write an opening or choose what stands in it."))
    return redirect("newsletter", pk)


def _changed(request: SignedInRequest, found: Newsletter, form: NewsletterForm) -> bool:
    try:
        services.compose(composed=form.composed(), actor=request.user, newsletter=found)
    except services.SentMeanwhileError:
        return False
    return True
