"""The official texts that exist in Arabic and in French."""

from modeltranslation.translator import TranslationOptions, register

from .models import CommitteeMember


@register(CommitteeMember)
class CommitteeMemberTranslation(TranslationOptions):
    fields = ("name", "role_title", "function")
    required_languages = {"ar": ("name",)}
