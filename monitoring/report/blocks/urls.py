from django.urls import path

from monitoring.report.blocks import views

urlpatterns = [
    path("regio/jaarverslag/<int:year>/", views.year, name="report_year"),
    path("regio/jaarverslag/<int:year>/blok/<slug:kind>/", views.block, name="report_block"),
    path("regio/jaarverslag/<int:year>/blok/<slug:kind>/tekst/", views.save, name="report_write"),
    path("regio/jaarverslag/<int:year>/blok/<slug:kind>/wie/", views.assign, name="report_assign"),
    path("regio/jaarverslag/<int:year>/blok/<slug:kind>/klaar/", views.mark, name="report_mark"),
    path("regio/jaarverslag/tekst/<int:pk>/kies/", views.choose, name="report_choose"),
    path("regio/jaarverslag/tekst/<int:pk>/terug/", views.bring_back, name="report_bring_back"),
]
