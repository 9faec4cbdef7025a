"""The language of a text: a naive Bayes classifier over byte n-grams (py3langid), offline and repeatable.

The method is that of langid.py (Lui & Baldwin 2012, "langid.py: An off-the-shelf language identification
tool", ACL system demonstrations).
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

READ = frozenset({"en"})  # the languages that readers know
_SAMPLE = 20_000  # characters looked at
_SURE = 0.8  # probability from which a text in Latin letters is said not to be English
_NAMES = {
    "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "cs": "Czech", "de": "German",
    "el": "Greek", "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "ka": "Georgian", "kk": "Kazakh", "ko": "Korean", "ky": "Kyrgyz", "mn": "Mongolian", "nl": "Dutch",
    "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sr": "Serbian",
    "sv": "Swedish", "tg": "Tajik", "tk": "Turkmen", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "uz": "Uzbek", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def language_of(text: str) -> str:
    """The ISO 639 code of a text's language, judged by its first 20,000 characters.

    Names of people and places say little of a language: a text in Latin letters passes for English unless
    another language is likely by 0.8. In other letters the likeliest language is taken.
    """
    sample = text[:_SAMPLE]
    letters = [character for character in sample if character.isalpha()]
    if not letters:
        return "en"
    code, probability = _classifier().classify(sample)
    latin = sum(_is_latin(letter) for letter in letters) > 0.5 * len(letters)
    if latin and (probability < _SURE or code == "pcm"):  # Nigerian Pidgin shares English's words
        return "en"
    return str(code)


def language_name(code: str) -> str:
    """A language's name for people, with its code."""
    return f"{_NAMES[code]} ({code})" if code in _NAMES else f"the language {code}"


@cache
def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("LATIN", "FULLWIDTH LATIN", "FEMININE", "MASCULINE"))


@cache
def _classifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
