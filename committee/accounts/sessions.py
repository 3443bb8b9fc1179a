"""What a session of staff knows: since when, by which factors, and what comes after signing in."""

import functools

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp import login as mark_second_step
from django_otp.models import Device

from openmuni import clock

# Keys of the session. The instants are seconds, for a session holds JSON.
_BEGAN, _SEEN, _PROVED = "began_at", "seen_at", "proved_at"
_HALF, _NEXT = "second_step_is_asked", "next"
# When somebody was last seen is written at most so often (seconds).
_SEEN_EVERY = 60


def begin(request, user, *, half):
    """Sign `user` in; with `half`, by the password alone so far."""
    login(request, user)
    for key in (_SEEN, _HALF, DEVICE_ID_SESSION_KEY):
        request.session.pop(key, None)
    request.session[_BEGAN] = _now()
    if half:
        request.session[_HALF] = True
    else:
        prove(request)


def complete(request, user, device):
    """The second step was taken with `device`: from now on `user` is signed in."""
    # Whoever knew the session's name before the second step does not know it after.
    request.session.cycle_key()
    request.user = user
    mark_second_step(request, device)
    request.session.pop(_HALF, None)
    prove(request)


def prove(request):
    """A password or a code was just given."""
    request.session[_PROVED] = _now()


def whole_user(request, user):
    """`user` of the session when signed in by all that is asked; else nobody."""
    return user if _stands(request, user) and not _is_half(request) else AnonymousUser()


def half_user(request, user):
    """`user` of the session when signed in by the password, and a second step is still asked."""
    return user if _stands(request, user) and _is_half(request) else AnonymousUser()


def has_second_step(request) -> bool:
    """Whether this session was begun with a code."""
    return DEVICE_ID_SESSION_KEY in request.session


def go_on_to(request, address):
    """Remember the address to go on to, when it is one of ours."""
    ours = {request.get_host()}
    if url_has_allowed_host_and_scheme(address, ours, require_https=request.is_secure()):
        request.session[_NEXT] = address


def go_on(request):
    """To where the person was going, or to the desk."""
    return redirect(request.session.pop(_NEXT, None) or "admin:index")


def recently_proved(view):
    """Ask for the password or a code before `view`, unless one was given in the last minutes."""

    @functools.wraps(view)
    def asked(request, *args, **kwargs):
        if is_proved(request):
            return view(request, *args, **kwargs)
        return ask_for_proof(request)

    return asked


def is_proved(request) -> bool:
    """Whether a password or a code was given in the last minutes."""
    proved = request.session.get(_PROVED) or request.session.get(_BEGAN) or 0
    return _now() - proved <= settings.PROOF_LASTS


def ask_for_proof(request):
    """To the page that asks for it, and then to the page that the person saw."""
    # A POST is not sent again by itself, and its own address may show nothing.
    is_shown = request.method in ("GET", "HEAD")
    go_on_to(request, request.get_full_path() if is_shown else request.headers.get("Referer", ""))
    return redirect("admin:confirm")


def _stands(request, user) -> bool:
    """Whether the session holds somebody and has not ended. An ended one is emptied."""
    if not user.is_authenticated:
        return False
    session, now = request.session, _now()
    idle = now - session.get(_SEEN, now) > settings.SESSION_IDLE_END
    late = now - session.get(_BEGAN, now) > settings.SESSION_LATEST_END
    if idle or late or _lost_its_device(session, user):
        session.flush()
        return False
    if now - session.get(_SEEN, 0) >= _SEEN_EVERY:
        session[_SEEN] = now
        session.setdefault(_BEGAN, now)
    return True


def _lost_its_device(session, user) -> bool:
    """Whether the second factor that opened the session has been taken away since."""
    marked = session.get(DEVICE_ID_SESSION_KEY)
    if marked is None:
        return False
    device = Device.from_persistent_id(marked)
    return device is None or device.user_id != user.pk


def _is_half(request) -> bool:
    if has_second_step(request):
        return False
    return settings.REQUIRE_TWO_FACTOR or request.session.get(_HALF, False)


def _now() -> int:
    return int(clock.now().timestamp())
