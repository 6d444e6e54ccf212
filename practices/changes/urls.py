from django.urls import path

from practices.changes import views

urlpatterns = [
    path("regio/deelname/contacten/", views.contacts, name="practice_contacts"),
    path(
        "regio/deelname/<slug:slug>/wijziging/<str:kind>/",
        views.change,
        name="practice_change",
    ),
    path(
        "regio/deelname/<slug:slug>/wijziging/<int:pk>/terug/",
        views.take_back,
        name="undo_change",
    ),
]
