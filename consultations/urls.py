"""Addresses of the timeline and its documents."""

from django.urls import path

from . import converters, remarks, views  # noqa: F401 - the converter registers itself

urlpatterns = [
    path("site.webmanifest", views.site_manifest, name="site_manifest"),
    path("<edition:edition>/timeline/", views.timeline, name="timeline"),
    path("<edition:edition>/timeline.ics", views.timeline_calendar, name="timeline_calendar"),
    path("<edition:edition>/log/", views.log, name="log"),
    path("<edition:edition>/log.json", views.log_file, name="log_file"),
    path("<edition:edition>/remarks/", remarks.remarks, name="remarks"),
    path("<edition:edition>/remarks.csv", remarks.remarks_file, name="remarks_file"),
    path("projects/<int:pk>/remarks/new/", views.remark_card_new, name="remark_card_new"),
    path("documents/<int:pk>/", views.step_document, name="step_document"),
    path("photographs/<int:pk>/", views.step_photograph, name="step_photograph"),
    path("photographs/<int:pk>/small/", views.step_photograph_small, name="step_photograph_small"),
    path("stations/<int:pk>/sign-in/", views.sign_in_sheet, name="sign_in_sheet"),
]
