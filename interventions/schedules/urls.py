from django.urls import path

from interventions.schedules import day_views, lengths_views, template_views, views

_WEEK = "consultduur/rooster/week/<int:pk>/"

urlpatterns = [
    path("consultduur/rooster/", views.schedules, name="schedules"),
    path("consultduur/rooster/<int:pk>/", views.schedule, name="schedule"),
    path("consultduur/rooster/<int:pk>/uit-gebruik/", views.end, name="schedule_end"),
    path("consultduur/rooster/week/nieuw/", template_views.start, name="template_start"),
    path(_WEEK, template_views.template, name="day_template"),
    path(f"{_WEEK}pdf/", template_views.paper, name="template_paper"),
    path(f"{_WEEK}naam/", template_views.rename, name="template_rename"),
    path(f"{_WEEK}gebruik/", template_views.use, name="template_use"),
    path(f"{_WEEK}nu/", template_views.now, name="template_now"),
    path(f"{_WEEK}weg/", template_views.drop, name="template_drop"),
    path(f"{_WEEK}aanbieden/", template_views.offer, name="template_offer"),
    path(f"{_WEEK}terugnemen/", template_views.take_back, name="template_take_back"),
    path(f"{_WEEK}dag/<int:weekday>/", day_views.day, name="template_day"),
    path(f"{_WEEK}dag/<int:weekday>/kopie/", day_views.copy, name="template_copy_day"),
    path(f"{_WEEK}blok/<int:block_pk>/", day_views.block, name="template_block"),
    path(f"{_WEEK}persoon/", day_views.person, name="template_person"),
    path("consultduur/stappen/", lengths_views.five_steps, name="length_steps"),
    path("consultduur/vragen/", lengths_views.which_length, name="length_questions"),
    path("consultduur/vragen/overnemen/", lengths_views.copy, name="length_questions_copy"),
    path("consultduur/vragen/pdf/", lengths_views.table_paper, name="length_questions_paper"),
    path("consultduur/vragen/<int:pk>/", lengths_views.line, name="length_question"),
    path("consultduur/patienten/", lengths_views.for_patients, name="length_patients"),
    path(
        "consultduur/patienten/<slug:name>/",
        lengths_views.patients_paper,
        name="length_patients_paper",
    ),
]
