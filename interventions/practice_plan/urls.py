from django.urls import path

from interventions.practice_plan import papers, views

urlpatterns = [
    path("ons-plan/", views.plan, name="practice_plan"),
    path("ons-plan/<int:year>/", views.plan, name="practice_plan_year"),
    path("ons-plan/<int:year>/beginnen/", views.begin, name="practice_plan_begin"),
    path("ons-plan/<int:year>/erbij/", views.add, name="practice_plan_add"),
    path("ons-plan/<int:year>/pdf/", papers.pdf, name="practice_plan_pdf"),
    path("ons-plan/<int:year>/versies/", papers.versions, name="practice_plan_versions"),
    path("ons-plan/<int:year>/versies/<int:number>/", papers.version, name="practice_plan_version"),
    path("ons-plan/<int:year>/stap/<str:name>/", views.step, name="practice_plan_step"),
    path(
        "ons-plan/<int:year>/consulent/<str:name>/",
        views.consultant_step,
        name="practice_plan_consultant",
    ),
    path("ons-plan/deel/<int:pk>/", views.save, name="plan_section"),
    path("ons-plan/tekst/<int:pk>/kiezen/", views.choose_text, name="plan_section_choose"),
    path("ons-plan/deel/<int:pk>/weg/", views.remove, name="plan_section_remove"),
    path("ons-plan/deel/<int:pk>/gedaan/", views.done, name="plan_section_done"),
    path("ons-plan/deel/<int:pk>/opmerking/", views.comment, name="plan_section_comment"),
    path("ons-plan/deel/<int:pk>/antwoord/", views.answer, name="plan_section_answer"),
]
