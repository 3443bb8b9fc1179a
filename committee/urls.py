"""Addresses of the committee."""

from django.urls import path

from . import views

urlpatterns = [
    path("<edition:edition>/committee/", views.roster, name="committee"),
    path("<edition:edition>/documents/", views.documents, name="documents"),
    path("<edition:edition>/council/", views.council, name="council"),
    path("<edition:edition>/plan/", views.plan, name="plan"),
    path("<edition:edition>/plan/preview/", views.plan_preview, name="plan_preview"),
    path("<edition:edition>/plan.pdf", views.plan_pdf, name="plan_pdf"),
    path("<edition:edition>/versions/", views.version_list, name="version_list"),
    path("<edition:edition>/versions/<int:number>/", views.version_detail, name="version_detail"),
    path(
        "<edition:edition>/versions/<int:number>/data.json", views.version_data, name="version_data"
    ),
    path(
        "<edition:edition>/versions/<int:number>/<slug:language>.pdf",
        views.version_pdf,
        name="version_pdf",
    ),
    path("<edition:edition>/cards/idea.pdf", views.idea_card_pdf, name="idea_card_pdf"),
    path(
        "<edition:edition>/cards/new-project.pdf",
        views.new_project_card_pdf,
        name="new_project_card_pdf",
    ),
    path("projects/<int:pk>/card.pdf", views.remarks_card_pdf, name="remarks_card_pdf"),
    path("<edition:edition>/work-file.pdf", views.work_file, name="work_file"),
    path(
        "<edition:edition>/versions/<int:before>/<int:after>/",
        views.version_compare,
        name="version_compare",
    ),
]
