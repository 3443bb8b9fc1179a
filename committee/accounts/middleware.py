"""Who a request is made by."""

from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.utils.functional import SimpleLazyObject

from .sessions import half_user, whole_user


class StaffAuthentication(AuthenticationMiddleware):
    """Django's own, for which nobody is signed in whose session ended or lacks its second step.

    Since every view asks `request.user`, no page and no other way to sign in gets round it.
    `request.half_user` is who gave the password and has the second step before them.
    """

    def process_request(self, request):
        """Put both users on the request; the session is read when one of them is first asked for."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: whole_user(request, get_user(request)))
        request.half_user = SimpleLazyObject(lambda: half_user(request, get_user(request)))
        # Views here are not asynchronous; one that were would not get round the second step by this.
        del request.auser
