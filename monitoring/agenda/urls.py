from django.urls import path

from monitoring.agenda import views

urlpatterns = [
    path("agenda/", views.agenda, name="agenda"),
    path("agenda/maand/", views.month, name="agenda_month"),
    path("agenda/menu/", views.course_menu, name="course_menu"),
    path("agenda/jaar/<int:year>.pdf", views.year_pdf, name="agenda_year"),
    path("agenda/abonnement/", views.own_feed, name="own_feed"),
    path("agenda/abonnement/nieuw/", views.make_own_feed, name="make_own_feed"),
    path("agenda/abonnement/<int:pk>/intrekken/", views.withdraw_feed, name="withdraw_feed"),
    path(
        "praktijk/<slug:slug>/agenda/abonnement/nieuw/",
        views.make_practice_feed,
        name="make_practice_feed",
    ),
    path("agenda/feed/<str:token>.ics", views.feed, name="feed"),
    path("agenda/<int:pk>/", views.session, name="session"),
]
