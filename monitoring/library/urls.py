from django.urls import path

from monitoring.library import views

urlpatterns = [
    path("voorbeelden/", views.library, name="library"),
    path("voorbeelden/<int:pk>/", views.example, name="example"),
    path("voorbeelden/<int:pk>/nuttig/", views.thank, name="example_thank"),
    path("praktijk/<slug:slug>/voorbeeld/", views.offer, name="offer_example"),
    path("praktijk/<slug:slug>/voorbeeld/<int:pk>/terug/", views.take_back, name="take_back"),
    path("regio/voorbeelden/", views.manage, name="manage_examples"),
    path("regio/voorbeelden/<int:pk>/", views.decide, name="decide_example"),
]
