from django.urls import path

from monitoring.library import deciding, views

urlpatterns = [
    path("voorbeelden/", views.library, name="library"),
    path("voorbeelden/<int:pk>/", views.example, name="example"),
    path("voorbeelden/<int:pk>/document/", views.document, name="example_document"),
    path("voorbeelden/<int:pk>/nuttig/", views.thank, name="example_thank"),
    path("praktijk/<slug:slug>/voorbeeld/", views.offer, name="offer_example"),
    path("praktijk/<slug:slug>/voorbeeld/<int:pk>/terug/", views.take_back, name="take_back"),
    path("regio/voorbeelden/", deciding.manage, name="manage_examples"),
    path("regio/voorbeelden/nieuw/", deciding.write, name="write_example"),
    path("regio/voorbeelden/<int:pk>/", deciding.decide, name="decide_example"),
    path(
        "regio/voorbeelden/<int:pk>/document/",
        deciding.offered_document,
        name="offered_document",
    ),
]
