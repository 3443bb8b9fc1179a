"""Addresses of ideas, results and projects."""

from django.urls import path

from . import views

urlpatterns = [
    path("<edition:edition>/ideas/", views.idea_list, name="idea_list"),
    path("<edition:edition>/ideas.csv", views.idea_file, name="idea_file"),
    path("<edition:edition>/ideas/new/", views.idea_new, name="idea_new"),
    path("ideas/<slug:reference>/", views.idea_detail, name="idea_detail"),
    path("track/", views.track, name="track"),
    path("<edition:edition>/results/", views.results, name="results"),
    path("<edition:edition>/results.csv", views.results_file, name="results_file"),
    path("<edition:edition>/projects/", views.project_list, name="project_list"),
    path("<edition:edition>/projects/new/", views.new_project, name="new_project"),
    path("projects/<int:pk>/", views.project_detail, name="project_detail"),
]
