"""Addresses of the committee."""

from django.urls import path

from . import views

urlpatterns = [
    path("<edition:edition>/committee/", views.roster, name="committee"),
    path("<edition:edition>/council/", views.council, name="council"),
    path("<edition:edition>/plan/preview/", views.plan_preview, name="plan_preview"),
    path("<edition:edition>/plan.pdf", views.plan_pdf, name="plan_pdf"),
]
