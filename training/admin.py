"""Menu, sessions and attendance."""

from django.contrib import admin

from practices.reference_site import ReferenceAdmin
from training.models import Attendance, Course, Enrolment, Series, Session


@admin.register(Course)
class CourseAdmin(ReferenceAdmin):
    list_display = ("title", "kind", "level", "active")
    list_filter = ("kind", "level", "active")
    search_fields = ("title",)


@admin.register(Session)
class SessionAdmin(ReferenceAdmin):
    """To look at: planning and changing happens in the calendar, which tells who is enrolled."""

    may_add = may_change = may_delete = False
    list_display = ("held_on", "title", "kind", "course", "place", "facilitator", "capacity")
    list_display_links = ("held_on", "title")
    list_filter = ("kind", "course")
    list_select_related = ("course", "facilitator__person")
    search_fields = ("title", "reference", "place")
    autocomplete_fields = ("course", "facilitator")
    date_hierarchy = "held_on"


@admin.register(Attendance)
class AttendanceAdmin(ReferenceAdmin):
    list_display = ("session", "person", "present")
    list_filter = ("present", "session__kind")
    list_select_related = ("session", "person")
    search_fields = ("person__name", "person__reference", "session__title", "session__reference")
    autocomplete_fields = ("session", "person")
    date_hierarchy = "session__held_on"


@admin.register(Series)
class SeriesAdmin(ReferenceAdmin):
    list_display = ("title",)
    search_fields = ("title",)


@admin.register(Enrolment)
class EnrolmentAdmin(ReferenceAdmin):
    """To look at: places are given by the services, which keep the queue right."""

    may_add = may_change = may_delete = False
    list_display = ("session", "person", "practice", "state", "turn", "enrolled_at")
    list_filter = ("state", "session__kind")
    list_select_related = ("session", "person", "practice")
    search_fields = ("person__name", "session__title", "session__reference")
    date_hierarchy = "session__held_on"
