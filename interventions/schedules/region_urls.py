from django.urls import path

from interventions.schedules import region_views

urlpatterns = [
    path("regio/consultduur/", region_views.shared, name="region_templates"),
    path("regio/consultduur/<int:pk>/", region_views.decide, name="region_template_decide"),
]
