"""The log of what was decided and written in an edition, for everybody to check."""

from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import condition, require_safe

from consultations.editions import edition_or_404
from consultations.log import days_of, file_of, with_heads

PAGE_SIZE = 31


@require_safe
def log(request, edition):
    """How many acts there are, and the hash that sealed each day."""
    plan = edition_or_404(edition)
    days = days_of(plan.log)
    page = Paginator(days, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = with_heads(plan, [*days[:1], *page])
    context = {"plan": plan, "head": shown[0] if days else None, "days": shown[1:], "page": page}
    return render(request, "consultations/log.html", context)


def _head(request, edition):
    """The hash of the newest act, which stands for the whole file."""
    hashes = edition_or_404(edition).log.order_by("-number").values_list("hash", flat=True)
    return f'"{hashes.first() or "empty"}"'


@require_safe
@condition(etag_func=_head)
def log_file(request, edition):
    """Every act in its order, with what each hash is made of. No name of anybody."""
    plan = edition_or_404(edition)
    response = StreamingHttpResponse(file_of(plan), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{plan.slug}-log.json"'
    return response
