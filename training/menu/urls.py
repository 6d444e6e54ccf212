from django.urls import path

from training.menu import views

urlpatterns = [
    path("regio/scholing/menu/", views.menu_edit, name="menu_edit"),
    path("regio/scholing/menu/nieuw/", views.course_new, name="course_new"),
    path("regio/scholing/menu/<int:pk>/", views.course_edit, name="course_edit"),
    path("regio/scholing/menu/<int:pk>/prijs/", views.course_price, name="course_price"),
    path("regio/scholing/menu/<int:pk>/aanbieden/", views.course_offer, name="course_offer"),
    path("regio/scholing/menu/<int:pk>/volgorde/", views.course_move, name="course_move"),
]
