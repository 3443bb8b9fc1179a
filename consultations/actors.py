"""Who acts: an account, with the name and the function the person bore at that moment."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from openmuni import clock

# What a recorded act keeps of them.
NAME_MAX_LENGTH = 120
FUNCTION_MAX_LENGTH = 160


@dataclass(frozen=True)
class Actor:
    """A staff member at the moment of an act. `name` and `function` are kept as text beside it."""

    user: User
    name: str
    function: str = ""

    @classmethod
    def of_account(cls, user: User):
        """Who acts under the name of the account alone."""
        return cls(user, user.get_full_name() or user.get_username())

    def signature(self, at: datetime | None = None) -> dict:
        """The fields of a SignedAct, dated `at` or now; what is too long for it is cut."""
        return {
            "by": self.user,
            "by_name": self.name[:NAME_MAX_LENGTH],
            "by_function": self.function[:FUNCTION_MAX_LENGTH],
            "at": at or clock.now(),
        }
