from django.urls import path

from training.mail import views

urlpatterns = [
    path("regio/mail/", views.region_mail, name="region_mail"),
    path("regio/mail/<int:pk>/opnieuw/", views.session_mail_again, name="session_mail_again"),
    path(
        "regio/mail/<slug:table>/<int:pk>/opnieuw/",
        views.other_mail_again,
        name="other_mail_again",
    ),
    path("regio/agenda/<int:pk>/mail/", views.session_mail, name="session_mail"),
]
