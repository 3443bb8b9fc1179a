"""The official texts that exist in Arabic and in French."""

from modeltranslation.translator import TranslationOptions, register

from .models import CommitteeMember, Deadline, SessionMove


@register(CommitteeMember)
class CommitteeMemberTranslation(TranslationOptions):
    fields = ("name", "role_title", "function")


@register(SessionMove)
class SessionMoveTranslation(TranslationOptions):
    fields = ("reason",)
    required_languages = {"ar": ("reason",)}


@register(Deadline)
class DeadlineTranslation(TranslationOptions):
    fields = ("title", "source")
    required_languages = {"ar": ("title",)}
