"""The page of one thing that came in: everything there is to read, and the acts beside it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from committee.models import CommitteeMember, NotRecorded
from consultations.models import Contact, IllegalAnswer, IllegalModeration
from proposals.models import IllegalMove, StaleVersion

from .queue import Queue

# What the verbs say when the subject is no longer what the person had read.
REFUSALS = (StaleVersion, IllegalMove, IllegalModeration, IllegalAnswer, NotRecorded)


class Desk:
    """Replaces an admin's change page. The stock form is gone, so no field of it can be posted.

    An admin names its `acts` and of these the `main_acts`, gives `reading` what its page shows, and has subjects with a
    `submission`, a `plan` and a `reference`. Of the list around a case it tells the `usual_filters`,
    the `name_of_queue` and the `lines_of_queue`.
    """

    acts = {}
    main_acts = ()

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        view = self.admin_site.admin_view(self.act_view)
        # The token was refused already: asked for again, the refusal would turn in a circle.
        view.csrf_failed = self.admin_site.admin_view(csrf_exempt(self.give_back))
        stem = f"{self.opts.app_label}_{self.opts.model_name}"
        acts = [
            path(f"<int:pk>/{name}/", view, {"name": name}, f"{stem}_{name}") for name in self.acts
        ]
        return acts + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show the desk. Every act has an address of its own, so nothing is posted here."""
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        return self.desk(request, self.readable(request, object_id))

    def act_view(self, request, pk, name):
        """Do one act; on any refusal give the desk back with all that was typed."""
        subject = self.readable(request, pk)
        form = self._sent(request, subject, name)
        # Asked for before the act, which may take the case out of it.
        queue = Queue(self, request, subject)
        if request.method != "POST":
            return redirect(queue.address(subject.pk))
        if not form.is_valid():
            return self.desk(request, subject, form)
        try:
            form.act(CommitteeMember.objects.actor(request.user, subject.plan))
        except REFUSALS as conflict:
            now = self.readable(request, pk)
            return self.desk(request, now, form.again(now), conflict=str(conflict))
        messages.success(request, self._done(form, queue))
        goes_on = form.label_on and queue.following
        return redirect(queue.following if goes_on else queue.address(subject.pk))

    def give_back(self, request, pk, name):
        """The desk with all that was typed, when the security token of the POST was refused."""
        subject = self.readable(request, pk)
        return self.desk(request, subject, self._sent(request, subject, name), csrf_failed=True)

    def _sent(self, request, subject, name):
        act = self.acts[name]
        if not request.user.has_perm(act.permission):
            raise PermissionDenied
        return act(request.POST, subject=subject, user=request.user)

    def readable(self, request, pk):
        """The subject as the person may read it."""
        subject = self.get_object(request, str(pk))
        if subject is None:
            raise Http404
        if not self.has_view_permission(request, subject):
            raise PermissionDenied
        return subject

    def desk(self, request, subject, sent=None, *, conflict="", csrf_failed=False):
        """The page, with the form that was sent in its place; 409 when another act came between."""
        forms = {
            name: act(subject=subject, user=request.user)
            for name, act in self.acts.items()
            if request.user.has_perm(act.permission)
        }
        forms = {name: form for name, form in forms.items() if form.is_possible}
        if sent:
            forms[sent.name] = sent
        queue = Queue(self, request, subject)
        for form in forms.values():
            form.filters, form.goes_on = queue.filters, bool(queue.following)
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,  # the width goes to the text and the acts
            "title": str(subject),
            "opts": self.opts,
            "subject": subject,
            "contact": self._contact(request, subject),
            "forms": forms,
            "sent": sent,
            "conflict": conflict,
            "csrf_failed": csrf_failed,
            "queue": queue,
            "main": sent.name if sent else self.main_act(queue, forms),
            **self.reading(request, subject, forms),
        }
        request.current_app = self.admin_site.name
        status = 409 if conflict else 403 if csrf_failed else 200
        return TemplateResponse(request, self.change_form_template, context, status=status)

    def reading(self, request, subject, forms) -> dict:
        """What the page shows of `subject` beside its acts; its `trail` and the `latest` event are there."""
        raise NotImplementedError

    def _contact(self, request, subject):
        if not request.user.has_perm("consultations.view_contact"):
            return None
        return Contact.objects.filter(submission=subject.submission).first()

    def main_act(self, queue, forms) -> str:
        """The name of the act that is expected first of those in `forms`; empty when there is none."""
        return next((name for name in self.main_acts if name in forms), "")

    def usual_filters(self, request, subject) -> str:
        """The filters, as a query string, of the list in which `subject` would be met."""
        raise NotImplementedError

    def name_of_queue(self, filters) -> str:
        """What a list filtered so holds."""
        raise NotImplementedError

    def lines_of_queue(self, pks) -> list[dict]:
        """What the queue says of the cases `pks`, in any order: `case`, `title`, `promise`."""
        raise NotImplementedError

    def _done(self, form, queue):
        """What was done, with the way back to it."""
        address, subject = queue.address(form.subject.pk), form.subject
        text = '{} <a href="{}"><bdi dir="ltr">{}</bdi></a>'
        said = format_html(text, form.done, address, subject.reference)
        if form.undone_by and form.label_on and queue.following:
            name, words = form.undone_by
            said = format_html('{} · <a href="{}#desk-{}">{}</a>', said, address, name, words)
        if form.label_on and not queue.following:
            return format_html("{} · {}", said, _("Nothing else waits in this queue."))
        return said
