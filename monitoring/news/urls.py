from django.urls import path

from monitoring.news import letters, managing, views

urlpatterns = [
    path("nieuws/", views.news, name="news"),
    path("nieuws/<int:pk>/gelezen/", views.put_away, name="put_news_away"),
    path("regio/nieuws/", managing.manage, name="manage_news"),
    path("regio/nieuws/nieuw/", managing.announcement_new, name="announcement_new"),
    path("regio/nieuws/<int:pk>/", managing.announcement, name="announcement"),
    path("regio/nieuws/<int:pk>/weg/", managing.take_down, name="take_news_down"),
    path("regio/nieuws/nieuwsbrief/", letters.newsletter_new, name="newsletter_new"),
    path("regio/nieuws/nieuwsbrief/<int:pk>/", letters.newsletter, name="newsletter"),
    path(
        "regio/nieuws/nieuwsbrief/<int:pk>/versturen/",
        letters.newsletter_send,
        name="newsletter_send",
    ),
]
