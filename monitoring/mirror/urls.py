from django.urls import path

from monitoring.mirror import uploading, views

urlpatterns = [
    path("praktijk/<slug:slug>/spiegel/", views.mirror, name="mirror"),
    path(
        "praktijk/<slug:slug>/spiegel/<slug:code>/", views.mirror_indicator, name="mirror_indicator"
    ),
    path("regio/spiegel/", views.region_mirror, name="region_mirror"),
    path(
        "regio/spiegel/<slug:code>/",
        views.region_mirror_indicator,
        name="region_mirror_indicator",
    ),
    path("regio/cijfers/", uploading.region_figures, name="region_figures"),
    path("regio/cijfers/<slug:code>/terug/", uploading.put_back, name="region_figures_put_back"),
    path("spiegel/vragen/", views.mirror_questions, name="mirror_questions"),
]
