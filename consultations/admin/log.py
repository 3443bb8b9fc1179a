"""The log of what staff did, to read."""

import datetime

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from consultations.acts import Act
from consultations.log import days_of
from consultations.models import ActLog
from openmuni import clock, dates

from .sheets import ReadOnly
from .told import rows_of

DAYS_TO_CHOOSE = 31


class ActFilter(admin.SimpleListFilter):
    """By what was done."""

    title = ActLog._meta.get_field("act").verbose_name
    parameter_name = "act"

    def lookups(self, request, model_admin):
        return Act.choices

    def queryset(self, request, queryset):
        return queryset.filter(act=self.value()) if self.value() else queryset


class DayFilter(admin.SimpleListFilter):
    """By the commune's day; the newest on which something was done."""

    title = _("day")
    parameter_name = "day"

    def lookups(self, request, model_admin):
        days = days_of(ActLog.objects.all())[:DAYS_TO_CHOOSE]
        return [(one.day.isoformat(), dates.day(one.day)) for one in days]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        # Only days that were offered come here.
        day = datetime.date.fromisoformat(self.value())
        first = clock.instant(day, datetime.time.min)
        last = clock.instant(day + datetime.timedelta(days=1), datetime.time.min)
        return queryset.filter(at__gte=first, at__lt=last)


@admin.register(ActLog)
class ActLogAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["number", "at", "what", "thing", "by_name", "plan"]
    list_display_links = ["number", "what"]
    list_filter = ["plan", ActFilter, DayFilter, "by_name"]
    list_select_related = ["plan"]
    list_per_page = 50
    show_full_result_count = False
    ordering = ["-at", "-pk"]
    search_fields = ["label", "=object_id"]
    search_help_text = _("Reference or name of the object")
    fields = readonly_fields = [
        "plan",
        "number",
        "at",
        "what",
        "thing",
        "by_name",
        "by_function",
        "change",
        "fingerprint",
    ]

    class Media:
        css = {"all": ["css/log.css"]}

    def changelist_view(self, request, extra_context=None):
        # Six columns and the filters need the width.
        return super().changelist_view(request, {"is_nav_sidebar_enabled": False})

    @admin.display(description=ActLog._meta.get_field("act").verbose_name, ordering="act")
    def what(self, act):
        return act.act_label

    @admin.display(description=ActLog._meta.get_field("object_id").verbose_name)
    def thing(self, act):
        words = format_html("{} <bdi>{}</bdi>", act.kind, act.label or act.object_id)
        try:
            page = f"admin:{act.model.replace('.', '_')}_change"
            return format_html('<a href="{}">{}</a>', reverse(page, args=[act.object_id]), words)
        except NoReverseMatch:
            return words

    @admin.display(description=_("what changed"))
    def change(self, act):
        template = "admin/consultations/actlog/_change.html"
        return render_to_string(template, {"rows": rows_of(act)})

    @admin.display(description=ActLog._meta.get_field("hash").verbose_name)
    def fingerprint(self, act):
        return format_html('<bdi class="log-fingerprint" dir="ltr">{}</bdi>', act.hash)
