"""Nothing of ours runs by signal but the pair that moves the database guards out of the way."""

import gc
import weakref

from django.dispatch import Signal
from django.urls import get_resolver

from .sources import APPS, SHELL


def receivers():
    """Every function that some signal of the process calls."""
    # By type: isinstance() would ask lazy objects for their class, and so wake them.
    for signal in [each for each in gc.get_objects() if issubclass(type(each), Signal)]:
        for _, receiver, *_ in signal.receivers:
            function = receiver() if isinstance(receiver, weakref.ReferenceType) else receiver
            if function is not None:
                yield function


def test_only_the_guards_listen_to_signals():
    assert get_resolver().url_patterns  # every view, form and admin module is loaded
    ours = {
        f"{function.__module__}.{function.__name__}"
        for function in receivers()
        if function.__module__.split(".")[0] in {*APPS, SHELL}
    }
    assert ours == {"proposals.guards.before_migrations", "proposals.guards.after_migrations"}
