from django.urls import path

from training.sessions import views

urlpatterns = [
    path("regio/agenda/nieuw/", views.new, name="session_new"),
    path("regio/agenda/<int:pk>/", views.manage, name="manage_session"),
    path("regio/agenda/<int:pk>/wijzigen/", views.edit, name="session_edit"),
    path("regio/agenda/<int:pk>/plaatsen/", views.change_capacity, name="session_capacity"),
    path("regio/agenda/<int:pk>/annuleren/", views.cancel, name="session_cancel"),
    path("regio/agenda/<int:pk>/herstellen/", views.restore, name="session_restore"),
    path("regio/agenda/<int:pk>/verplaatsen/", views.move, name="session_move"),
    path("regio/agenda/<int:pk>/<int:enrolment>/plaats/", views.promote, name="session_promote"),
    path("regio/agenda/<int:pk>/<int:enrolment>/volgorde/", views.reorder, name="session_reorder"),
    path("regio/agenda/<int:pk>/<int:enrolment>/eraf/", views.take_out, name="session_take_out"),
]
