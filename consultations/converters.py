"""How editions stand in addresses."""

from django.urls import register_converter

from .models import SLUG_PATTERN


class EditionConverter:
    """The slug of an edition: two years, and a word for a rehearsal."""

    regex = SLUG_PATTERN

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(EditionConverter, "edition")
