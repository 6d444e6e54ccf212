"""The product's paths and one more: an empty signed-in page, the floor of every page."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from mtvp.urls import urlpatterns as product

EMPTY = engines["django"].from_string("{% extends 'base.html' %}")


def empty_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(EMPTY.render({}, request))


urlpatterns = [*product, path("leeg/", empty_page)]
