from django.urls import path

from training.coaching import views

urlpatterns = [
    path("praktijk/<slug:slug>/coaching/", views.coaching_ask, name="coaching_ask"),
    path(
        "praktijk/<slug:slug>/coaching/<int:pk>/intrekken/",
        views.coaching_withdraw,
        name="coaching_withdraw",
    ),
    path("regio/scholing/coaching/", views.coaching_requests, name="coaching_requests"),
    path("regio/scholing/coaching/<int:pk>/", views.coaching_plan, name="coaching_plan"),
    path(
        "regio/scholing/coaching/<int:pk>/afwijzen/",
        views.coaching_decline,
        name="coaching_decline",
    ),
]
