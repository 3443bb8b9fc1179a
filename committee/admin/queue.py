"""The filtered list around one of its cases: what came before it, what follows, and the way back."""

from copy import copy
from functools import cached_property
from urllib.parse import urlencode

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.urls import reverse

# The name under which the stock list hands its filters on to the page of a case.
FILTERS = "_changelist_filters"
# What says how the list is turned over, and not what is in it.
_TURNING = ("p", "all", "e", "_facets")
# So many cases are shown, so many of them before the present one.
ROWS, BEFORE = 12, 3


class Queue:
    """The list as it was filtered and ordered when `subject` was opened from it, else its usual one."""

    def __init__(self, model_admin, request, subject):
        self.admin, self.subject = model_admin, subject
        self.filters = request.GET.get(FILTERS) or model_admin.usual_filters(request, subject)
        self.pks = list(self._listed(request).values_list("pk", flat=True))
        self.place = self.pks.index(subject.pk) if subject.pk in self.pks else None

    def _listed(self, request):
        """All that the filters leave, in the order of the list; everything when they make no sense."""
        asked = copy(request)
        asked.GET = QueryDict(self.filters, mutable=True)
        for name in _TURNING:
            asked.GET.pop(name, None)
        if any("\0" in value for _name, values in asked.GET.lists() for value in values):
            raise BadRequest
        try:
            return self.admin.get_changelist_instance(asked).queryset
        except IncorrectLookupParameters:
            return self.admin.get_queryset(request)

    @property
    def heading(self) -> str:
        """What is in the list, in a word or two."""
        return self.admin.name_of_queue(QueryDict(self.filters))

    @property
    def total(self) -> int:
        return len(self.pks)

    @property
    def number(self) -> int | None:
        """The place of the present case, counted from 1; None when it has left the list."""
        return None if self.place is None else self.place + 1

    @property
    def following(self) -> str:
        """The address of the case after the present one; after the last comes the first."""
        others = [*self._after, *self.pks[: self.place or 0]]
        return self.address(others[0]) if others else ""

    @property
    def previous(self) -> str:
        """The address of the case before the present one; empty at the first."""
        return self.address(self.pks[self.place - 1]) if self.place else ""

    @property
    def _after(self):
        return self.pks if self.place is None else self.pks[self.place + 1 :]

    @cached_property
    def lines(self) -> list[dict]:
        """Some cases around the present one, as the admin's `lines_of_queue` shows them."""
        first = max(min((self.place or 0) - BEFORE, self.total - ROWS), 0)
        shown = self.pks[first : first + ROWS]
        lines = {line["case"].pk: line for line in self.admin.lines_of_queue(shown)}
        # One that was deleted since the keys were read is left out.
        return [lines[pk] | {"address": self.address(pk)} for pk in shown if pk in lines]

    @property
    def list_address(self) -> str:
        """The list itself, filtered as it was."""
        return f"{self._url('changelist')}?{self.filters}"

    def address(self, pk: int) -> str:
        """The page of a case, which keeps the filters."""
        return f"{self._url('change', pk)}?{urlencode({FILTERS: self.filters})}"

    def _url(self, page, *args):
        opts = self.admin.opts
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=args)
