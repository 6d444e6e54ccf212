from django.urls import path

from monitoring.year_plan import views

urlpatterns = [
    path("jaarplan/", views.plan, name="year_plan"),
    path("jaarplan/maand/", views.plan_month, name="year_plan_month"),
    path("jaarplan/<int:year>.pdf", views.plan_pdf, name="year_plan_pdf"),
]
