from django.urls import path

from interventions.timeouts import views

urlpatterns = [
    path("time-out/nieuw/", views.new, name="time_out_new"),
    path("time-out/nieuw/bewaren/", views.sync, name="time_out_sync"),
    path("time-out/nieuw/kijk/", views.look, name="time_out_look"),
    path("time-out/patroon/", views.pattern, name="time_out_pattern"),
    path("time-out/<int:pk>/", views.change, name="time_out"),
    path("time-out/<int:pk>/weg/", views.drop, name="time_out_drop"),
    path("time-out/<int:pk>/niemand/", views.nobody, name="time_out_nobody"),
]
