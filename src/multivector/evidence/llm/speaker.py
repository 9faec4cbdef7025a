"""To whom a claim is attributed: to a name of the text, where the sentence says that somebody speaks."""

from __future__ import annotations

from multivector.evidence.llm.passage import Passage, UnfoundedError
from multivector.evidence.reading.language import Word
from multivector.evidence.reading.lexicon import word_class
from multivector.evidence.reading.scope import scope_of
from multivector.evidence.reading.speakers import Speakers
from multivector.evidence.reading.values import phrase_text

_SAYING = ("report", "allege", "deny", "forecast_verb", "publication", "allegation")
_PERSONS = frozenset({"he", "she", "they"})


def speaker_of(name: str, carrier: Word | None, passage: Passage, before: str, text: str) -> str:
    """AUTHOR, UNSPECIFIED, or the speaker as the text names them.

    Parameters
    ----------
    name : as the model gives it; the name of the document's author reads AUTHOR already.
    carrier : the word that carries the claim: where it stands under "X said", the speaker is X.
    before : the text before the sentence.
    text : the text of the view.

    Raises
    ------
    UnfoundedError : the name does not stand in the text, or nobody speaks in the sentence.
    """
    if name in ("AUTHOR", "UNSPECIFIED", ""):
        named = scope_of(carrier, passage.sentence).speaker if carrier is not None else None
        return phrase_text(named, text) if named is not None else (name or "AUTHOR")
    if name.casefold() in passage.text.casefold():
        if _somebody_speaks(passage):
            return name
    elif name.casefold() in before.casefold() and _goes_on(passage, text):
        return name
    raise UnfoundedError(f"the text does not say that it is “{name[:60]}” who says so")


def _somebody_speaks(passage: Passage) -> bool:
    saying = {lemma for kind in _SAYING for lemma in word_class(kind)} | {"accord"}
    return any(word.lemma in saying for word in passage.sentence.words)


def _goes_on(passage: Passage, text: str) -> bool:
    """Whether a speaker named before may still be speaking: in quotation marks, or as 'he' or 'the analyst'."""
    if Speakers(text).quoted(passage.start, passage.end):
        return True
    persons = word_class("person_noun")
    return any(w.text.lower() in _PERSONS or w.lemma in persons for w in passage.sentence.words) and (
        _somebody_speaks(passage)
    )
