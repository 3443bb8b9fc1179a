"""The official texts that exist in Arabic and in French."""

from modeltranslation.translator import TranslationOptions, register

from .models import ReasonText


@register(ReasonText)
class ReasonTextTranslation(TranslationOptions):
    fields = ("text",)
    required_languages = {"ar": ("text",)}
