"""Menu, sessions and attendance."""

from django.contrib import admin

from practices.reference_site import ReferenceAdmin
from training.models import Attendance, Course, DiscussionQuestion, Session


@admin.register(Course)
class CourseAdmin(ReferenceAdmin):
    """To look at: the menu has an editor of its own, which keeps prices and order."""

    may_add = may_change = may_delete = False
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
    """To look at: who was there is put down on the list of the session, which keeps a trail."""

    may_add = may_change = may_delete = False
    list_display = ("session", "person", "present")
    list_filter = ("present", "session__kind")
    list_select_related = ("session", "person")
    search_fields = ("person__name", "person__reference", "session__title", "session__reference")
    autocomplete_fields = ("session", "person")
    date_hierarchy = "session__held_on"


@admin.register(DiscussionQuestion)
class DiscussionQuestionAdmin(ReferenceAdmin):
    list_display = ("text", "kind", "active")
    list_filter = ("kind", "active")
    search_fields = ("text",)
