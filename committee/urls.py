"""Addresses of the committee."""

from django.urls import path

from . import views

urlpatterns = [
    path("<edition:edition>/committee/", views.roster, name="committee"),
]
