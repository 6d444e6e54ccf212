from django.urls import path

from monitoring.questionnaires import response_views as response
from monitoring.questionnaires import version_views as version
from monitoring.questionnaires import views

DRAFT = "regio/vragenlijsten/<int:number>"
QUESTION = f"{DRAFT}/vraag/<slug:key>"
YEAR = "regio/uitvraag/<int:year>"

urlpatterns = [
    path("praktijk/<slug:slug>/vragenlijst/", views.questionnaires, name="questionnaires"),
    path("praktijk/<slug:slug>/vragenlijst/<int:year>/", views.questionnaire, name="questionnaire"),
    path(
        "praktijk/<slug:slug>/vragenlijst/<int:year>/heropenen/",
        views.reopen,
        name="questionnaire_reopen",
    ),
    path("regio/vragenlijsten/", version.versions, name="questionnaire_versions"),
    path(f"{DRAFT}/", version.version, name="questionnaire_version"),
    path(f"{DRAFT}/voorbeeld/<int:year>/", version.preview, name="questionnaire_preview"),
    path(f"{DRAFT}/nieuw/", version.question_new, name="questionnaire_question_new"),
    path(f"{QUESTION}/", version.question, name="questionnaire_question"),
    path(f"{QUESTION}/weg/", version.question_remove, name="questionnaire_question_remove"),
    path(f"{QUESTION}/plaats/", version.question_move, name="questionnaire_question_move"),
    path(f"{DRAFT}/publiceren/", version.publish, name="questionnaire_publish"),
    path(f"{DRAFT}/terug/", version.withdraw, name="questionnaire_withdraw"),
    path(f"{DRAFT}/weg/", version.discard, name="questionnaire_discard"),
    path("regio/uitvraag/", response.responses_now, name="responses_now"),
    path(f"{YEAR}/", response.responses_page, name="responses"),
    path(f"{YEAR}/overzicht.xlsx", response.responses_xlsx, name="responses_xlsx"),
    path(f"{YEAR}/antwoorden/<slug:key>/", response.response_texts, name="response_texts"),
    path(f"{YEAR}/herinneren/", response.remind_missing, name="remind_missing"),
]
