"""The business words of the interventions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import models
from django.db.models import Count, F

from interventions.examples.states import DocumentState, ExampleState

if TYPE_CHECKING:
    from interventions.models import Example, ExampleDocument  # noqa: F401  (in quotes below)


class ExampleQuerySet(models.QuerySet["Example"]):
    def published(self) -> ExampleQuerySet:
        return self.filter(state=ExampleState.PUBLISHED)

    def to_decide(self) -> ExampleQuerySet:
        return self.filter(state=ExampleState.OFFERED).order_by("offered_at")

    def with_thanks(self) -> ExampleQuerySet:
        return self.select_related("practice").annotate(useful=Count("thanks"))

    def with_document(self) -> ExampleQuerySet:
        """What is known of it; the file itself stays where it is."""
        return self.select_related("document").defer("document__content")

    def found(self, words: str) -> ExampleQuerySet:
        """By the stems of Dutch words, the best first; "in quotes" for a phrase."""
        query = SearchQuery(words, config="dutch", search_type="websearch")
        rank = SearchRank(F("search"), query)
        return self.filter(search=query).annotate(rank=rank).order_by("-rank", "-offered_at")


class ExampleDocumentQuerySet(models.QuerySet["ExampleDocument"]):
    def waiting(self) -> ExampleDocumentQuerySet:
        """For a worker that looks at it."""
        return self.filter(state=DocumentState.WAITING)

    def ready(self) -> ExampleDocumentQuerySet:
        """Harmless copies: the only ones that anybody takes out."""
        return self.filter(state=DocumentState.READY)
