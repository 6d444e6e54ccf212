from django.urls import path

from monitoring.time_outs import views

urlpatterns = [
    path("praktijk/<slug:slug>/time-out/lijst/", views.own, name="time_outs"),
    path(
        "praktijk/<slug:slug>/time-out/<int:pk>/intervisie/",
        views.put_forward,
        name="time_out_put_forward",
    ),
    path("regio/time-out/", views.region, name="region_time_outs"),
]
