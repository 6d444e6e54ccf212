from django.urls import include, path

from practices import views
from practices.drafts import views as drafts
from practices.idle import views as idle
from practices.invitations import views as invitations
from practices.mailing import views as mailing
from practices.rights import views as rights
from practices.texts import views as texts
from practices.trail import views as trail

urlpatterns = [
    path("", include("practices.changes.urls")),
    path("", include("practices.joining.urls")),
    path(
        "praktijk/<slug:slug>/verwerkersovereenkomst/",
        views.processing_agreement,
        name="processing_agreement",
    ),
    path(
        "praktijk/<slug:slug>/verwerkersovereenkomst/akkoord/",
        views.agree_to_processing,
        name="agree_to_processing",
    ),
    path("praktijk/<slug:slug>/team/inzage/", views.manager_access, name="manager_access"),
    path("mijn-gegevens/", rights.own_data, name="own_data"),
    path("mijn-mail/", mailing.own_mail, name="own_mail"),
    path("mijn-mail/volgende/", mailing.own_next_mail, name="own_next_mail"),
    path("mail/uit/<str:token>/", mailing.stop, name="stop_mail"),
    path("praktijk/<slug:slug>/patient/", rights.search, name="patient_search"),
    path("praktijk/<slug:slug>/patient/<str:code>/", rights.of_patient, name="patient_rights"),
    path("praktijk/<slug:slug>/patient/<str:code>/gegevens/", rights.download, name="patient_data"),
    path(
        "praktijk/<slug:slug>/patient/<str:code>/verwijderen/",
        rights.remove,
        name="remove_patient",
    ),
    path("regio/teksten/", texts.texts, name="region_texts"),
    path("regio/teksten/<slug:key>/", texts.edit, name="region_text"),
    path("regio/teksten/<slug:key>/<int:number>/", texts.version, name="region_text_version"),
    path(
        "regio/teksten/<slug:key>/<int:number>/terug/",
        texts.bring_back,
        name="bring_back_region_text",
    ),
    path("toezicht/", trail.of_region, name="region_trail"),
    path("praktijk/<slug:slug>/toezicht/", trail.of_practice, name="practice_trail"),
    path("zonder-netwerk.js", drafts.worker, name="offline_worker"),
    path("taal/", views.language, name="language"),
    path("verder/", idle.typed, name="typed"),
    path("verder/weg/", idle.forget, name="forget_typed"),
    path("uitnodiging/<str:token>/", invitations.accept, name="invitation"),
    path("regio/uitnodigen/", invitations.for_region, name="invite_anyone"),
    path(
        "regio/uitnodigen/<int:pk>/intrekken/",
        invitations.withdraw_any,
        name="withdraw_any_invitation",
    ),
    path(
        "praktijk/<slug:slug>/team/uitnodigen/", invitations.for_practice, name="invite_colleague"
    ),
    path(
        "praktijk/<slug:slug>/team/uitnodigen/<int:pk>/intrekken/",
        invitations.withdraw,
        name="withdraw_invitation",
    ),
]
