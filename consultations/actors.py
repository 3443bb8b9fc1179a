"""Who acts: an account, with the name and the function the person bore at that moment."""

from dataclasses import dataclass

from django.contrib.auth.models import User

# What a recorded act keeps of them.
NAME_MAX_LENGTH = 120
FUNCTION_MAX_LENGTH = 160


@dataclass(frozen=True)
class Actor:
    """A staff member at the moment of an act. `name` and `function` are kept as text beside it."""

    user: User
    name: str
    function: str = ""
