"""The pages on which staff sign in, outside the admin's own gate: each looks after itself."""

import logging

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_otp.plugins.otp_static.models import StaticDevice

from committee.forms.accounts import AppForm, CodeForm, ProofForm, WelcomeForm

from . import second_factor, sessions, typed
from .guessing import CODE, PASSWORD, count_guess, forget_guesses, remember_browser
from .invitations import invited

logger = logging.getLogger(__name__)

# A key of the session.
_INVITATION = "invitation"
_SECRETS = ("password", "code", "new_password1", "new_password2")


def _private(view):
    """A page that is never kept, nor its secrets shown in a report of an error."""
    guarded = require_http_methods(["GET", "HEAD", "POST"])(view)
    return never_cache(sensitive_post_parameters(*_SECRETS)(guarded))


@_private
def sign_in(request):
    """Name and password; what comes after is in the session."""
    if request.half_user.is_authenticated and request.method != "POST":
        return redirect("admin:second_step")
    if admin.site.has_permission(request) and request.method != "POST":
        return sessions.go_on(request)
    kept, data = typed.carried(request), request.POST
    form = AdminAuthenticationForm(request, data if request.method == "POST" else None)
    name = data.get("username", "")
    if name and data.get("password"):
        if until := count_guess(request, PASSWORD, name):
            return _held_back(request, until, PASSWORD)
        if form.is_valid():
            forget_guesses(request, PASSWORD, name)
            return _enter(request, form.get_user(), kept)
        _point_at_the_error(form)
    return sign_in_page(request, form, kept)


def _point_at_the_error(form):
    """Either field may be the wrong one: both lead to the sentence that says so (its id is in accounts/_form.html)."""
    for field in form.fields.values():
        field.widget.attrs |= {"aria-invalid": "true", "aria-describedby": "form-error"}


def sign_in_page(request, form=None, kept=None, *, status=200, csrf_failed=False):
    """The page to sign in, with what was `kept` of a desk (see `typed`)."""
    context = {
        "form": form or AdminAuthenticationForm(request),
        "kept": kept,
        "next": request.POST.get("next") or request.GET.get("next") or "",
        "csrf_failed": csrf_failed,
    }
    return _page(request, "admin/login.html", _("Log in"), status=status, **context)


@never_cache
def _give_sign_in_back(request):
    return sign_in_page(request, kept=typed.carried(request), status=403, csrf_failed=True)


sign_in.csrf_failed = _give_sign_in_back


def _enter(request, user, kept):
    half = settings.REQUIRE_TWO_FACTOR or second_factor.app_of(user) is not None
    sessions.begin(request, user, half=half)
    sessions.go_on_to(request, kept["path"] if kept else request.POST.get("next", ""))
    if kept:
        typed.keep(request.session, kept)
    if half:
        return redirect("admin:second_step")
    return _signed_in(request, user)


def _signed_in(request, user):
    answer = sessions.go_on(request)
    remember_browser(request, answer, user)
    return answer


@_private
def second_step(request):
    """The code of the second factor, from whoever has given the password."""
    user = request.half_user
    if "leave" in request.POST:
        logout(request)
        return redirect("admin:login")
    if user.is_anonymous:
        return redirect("admin:index")
    if second_factor.app_of(user) is None:
        return redirect("admin:second_factor_app")
    form = CodeForm(request.POST if request.method == "POST" else None, user=user)
    if request.POST.get("code") and (until := count_guess(request, CODE, user.username)):
        return _held_back(request, until, CODE)
    if not form.is_valid():
        return _page(request, "admin/accounts/second_step.html", _("Second step"), form=form)
    forget_guesses(request, CODE, user.username)
    sessions.complete(request, user, form.device)
    _count_what_is_left(request, form.device)
    return _signed_in(request, user)


def _count_what_is_left(request, device):
    if isinstance(device, StaticDevice):
        left = device.token_set.count()
        text = ngettext(
            "You used a recovery code: %(count)s is left. Set up your new phone on the page «Second factor».",
            "You used a recovery code: %(count)s are left. Set up your new phone on the page «Second factor».",
            left,
        )
        messages.warning(request, text % {"count": left})


@_private
def second_factor_app(request):
    """Set up the app: its key as a picture and as text, and a first code of it."""
    user = request.half_user
    if user.is_authenticated and second_factor.app_of(user):
        return redirect("admin:second_step")
    if user.is_anonymous:
        user = request.user
        if user.is_anonymous:
            return redirect("admin:login")
        if not sessions.is_proved(request):
            return sessions.ask_for_proof(request)
    app = second_factor.app_to_confirm(user)
    form = AppForm(request.POST if request.method == "POST" else None, app=app)
    if request.POST.get("code") and (until := count_guess(request, CODE, user.username)):
        return _held_back(request, until, CODE)
    if form.is_valid():
        return _set_up(request, user, form)
    context = {
        "form": form,
        "picture": second_factor.picture_of_key(app),
        "key": second_factor.spoken_key(app),
        "is_required": settings.REQUIRE_TWO_FACTOR,
    }
    return _page(request, "admin/accounts/app.html", _("Set up the second factor"), **context)


def _set_up(request, user, form):
    forget_guesses(request, CODE, user.username)
    sessions.complete(request, user, form.app)
    answer = _codes_page(request, form.codes)
    remember_browser(request, answer, user)
    return answer


@require_safe
def go_on(request):
    """To where the person was going when the sign-in came between."""
    return sessions.go_on(request)


@require_safe
def second_factor_state(request):
    """What second factor the person has, and what they may do about it."""
    context = {
        "app": second_factor.app_of(request.user),
        "left": second_factor.recovery_codes_left(request.user),
        "is_required": settings.REQUIRE_TWO_FACTOR,
    }
    return _page(request, "admin/accounts/state.html", _("Second factor"), **context)


@require_POST
@sessions.recently_proved
def recovery_codes(request):
    """New recovery codes in place of the old."""
    if second_factor.app_of(request.user) is None:
        return redirect("admin:second_factor")
    return _codes_page(request, second_factor.new_recovery_codes(request.user))


@require_POST
@sessions.recently_proved
def second_factor_off(request):
    """Sign in by the password alone again, where that is allowed."""
    if not settings.REQUIRE_TWO_FACTOR:
        user = request.user
        second_factor.take_away(user)
        sessions.begin(request, user, half=False)
        messages.success(request, _("You sign in by your password alone now."))
    return redirect("admin:second_factor")


def _codes_page(request, codes):
    return _page(request, "admin/accounts/codes.html", _("Recovery codes"), codes=codes)


@_private
def confirm(request):
    """The password or a code once more, before a grave act."""
    user = request.user
    form = ProofForm(request.POST if request.method == "POST" else None, user=user)
    for secret in (PASSWORD, CODE):
        given = request.POST.get(secret)
        if given and (until := count_guess(request, secret, user.username)):
            return _held_back(request, until, secret)
    if not form.is_valid():
        return _page(request, "admin/accounts/confirm.html", _("Is it still you?"), form=form)
    for secret in (PASSWORD, CODE):
        if form.cleaned_data.get(secret):
            forget_guesses(request, secret, user.username)
    sessions.prove(request)
    return sessions.go_on(request)


@_private
def welcome(request, uid, token):
    """Where the link of an invitation leads. The token stays in the session, out of the next addresses."""
    if invited(uid, token) is None:
        return _over(request)
    request.session[_INVITATION] = [uid, token]
    return redirect("admin:choose_password")


@_private
def choose_password(request):
    """Who was invited chooses a password; what comes next is the second factor."""
    user = invited(*request.session.get(_INVITATION, ["", ""]))
    if user is None:
        return _over(request)
    form = WelcomeForm(user, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        title = _("Welcome to the committee's desk")
        return _page(request, "admin/accounts/welcome.html", title, form=form, account=user)
    form.save()
    del request.session[_INVITATION]
    half = settings.REQUIRE_TWO_FACTOR or second_factor.app_of(user) is not None
    sessions.begin(request, user, half=half)
    return redirect("admin:second_factor_app")


def _over(request):
    title = _("This link is no longer good")
    return _page(request, "admin/accounts/welcome_over.html", title, status=410)


def _held_back(request, until, secret):
    """Too many guesses: when to try again. The same for a name that nobody has."""
    logger.warning("Too many guesses at a %s: held back.", secret)
    title = _("Too many tries")
    answer = _page(request, "admin/accounts/held_back.html", title, status=429, until=until)
    answer["Retry-After"] = http_date(until.timestamp())
    return answer


def _page(request, template, title, status=200, **context):
    request.current_app = admin.site.name
    context = {**admin.site.each_context(request), "title": title, **context}
    answer = TemplateResponse(request, template, context, status=status)
    patch_vary_headers(answer, ["Cookie"])
    return answer
