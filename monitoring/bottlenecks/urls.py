from django.urls import path

from monitoring.bottlenecks import region_views, structural_views, views

_OWN = "praktijk/<slug:slug>/knelpunten/"
_REGION = "regio/knelpunten/"
_STRUCTURAL = f"{_REGION}structureel/"

urlpatterns = [
    path(_OWN, views.own, name="practice_bottlenecks"),
    path(f"{_OWN}nieuw/", views.new, name="bottleneck_new"),
    path(f"{_OWN}<int:pk>/", views.change, name="bottleneck"),
    path(f"{_OWN}<int:pk>/intrekken/", views.withdraw, name="bottleneck_withdraw"),
    path(f"{_OWN}ook-hier/<int:pk>/", views.also_here, name="bottleneck_also_here"),
    path(_REGION, region_views.overview, name="region_bottlenecks"),
    path(f"{_REGION}partners/", region_views.by_partner, name="bottlenecks_by_partner"),
    path("regio/knelpunten.xlsx", region_views.xlsx, name="region_bottlenecks_xlsx"),
    path(f"{_REGION}samen/", structural_views.group, name="group_bottlenecks"),
    path(f"{_REGION}los/<int:pk>/", structural_views.ungroup, name="ungroup_bottleneck"),
    path(_STRUCTURAL, structural_views.structural, name="structural_bottlenecks"),
    path(f"{_STRUCTURAL}nieuw/", structural_views.new, name="structural_new"),
    path(f"{_STRUCTURAL}<int:pk>/", structural_views.one, name="structural_bottleneck"),
    path(f"{_STRUCTURAL}<int:pk>/wijzigen/", structural_views.describe, name="structural_change"),
    path(f"{_STRUCTURAL}<int:pk>/tonen/", structural_views.publish, name="structural_publish"),
    path(f"{_STRUCTURAL}<int:pk>/uiteen/", structural_views.dissolve, name="structural_dissolve"),
]
