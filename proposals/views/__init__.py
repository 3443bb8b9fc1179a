"""The public pages of ideas, results and projects."""

from .ideas import idea_detail, idea_file, idea_list
from .intake import idea_new, new_project, track
from .projects import project_detail, project_list
from .results import results, results_file

__all__ = [
    "idea_detail",
    "idea_file",
    "idea_list",
    "idea_new",
    "new_project",
    "project_detail",
    "project_list",
    "results",
    "results_file",
    "track",
]
