"""From a located proposal to a claim: every part of it must have its ground in the text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from multivector.evidence.documents.view import View
from multivector.evidence.llm import actors, figures, meaning
from multivector.evidence.llm.opposition import OTHER_ACTORS, differs, opposed
from multivector.evidence.llm.passage import Passage, Passages, UnfoundedError
from multivector.evidence.llm.quotes import Located
from multivector.evidence.llm.speaker import speaker_of
from multivector.evidence.reading.gazetteer import Gazetteer
from multivector.evidence.records import Claim, Document, predicates

_NOBODY = ("AUTHOR", "UNSPECIFIED")


@dataclass(frozen=True)
class Grounding:
    """Holds proposals of one document against its text; `rules` are the claims that the rules find there."""

    document: Document
    view: View
    gazetteer: Gazetteer
    passages: Passages
    rules: list[Claim]
    note: str

    def claim(self, located: Located) -> Claim:
        """The claim that the proposal makes.

        Raises
        ------
        UnfoundedError : a part of it has no ground in the text; says which.
        """
        proposal = located.proposal
        passage = self.passages.of(located)
        predicate = predicates()[proposal.predicate]
        subject = actors.side_of(proposal.subject, passage, self.gazetteer)
        target = actors.side_of(proposal.object, passage, self.gazetteer)
        if not subject.codes and not target.codes:
            raise UnfoundedError("it names no actor that the region knows")
        if len(subject.codes) == 1 and subject.codes == target.codes:
            raise UnfoundedError("the same actor on both sides")
        value = figures.value_of(proposal.figure, proposal.direction, predicate.name, passage)
        if value.unit == "direction" and figures.contradicts(value.text, passage):
            raise UnfoundedError(f"the quote does not speak of {value.text}")
        first_date, last_date = figures.period_of(proposal.period, self.document.date, passage)
        carrier = meaning.carrier_of(predicate.name, proposal.polarity, passage)
        stance = meaning.stance_of(carrier, proposal.stance, passage)
        said_by = "AUTHOR" if proposal.attributed_to == self.document.author else proposal.attributed_to
        speaker = speaker_of(said_by, carrier, passage, self._before(passage), self.view.text)
        if speaker not in _NOBODY and stance == "asserted":
            stance = "reported"
        start, end = self.view.span(passage.start, passage.end)
        marks = [self.note, *located.marks]
        marks += [
            f"{side} {actors.EARLIER}" for side, s in (("subject", subject), ("object", target)) if s.earlier
        ]
        claim = Claim(
            id="",
            doc=self.document.doc,
            article_author=self.document.author,
            quote=self.document.text[start:end],
            char_start=start,
            char_end=end,
            claim_type="forecast" if stance == "forecast" else predicate.claim_type,
            subject="|".join(subject.texts),
            subject_code="|".join(subject.codes),
            predicate=predicate.name,
            plover=predicate.plover,
            object="|".join(target.texts),
            object_code="|".join(target.codes),
            value=value.text,
            value_op=value.op,
            unit=value.unit,
            date_start=first_date,
            date_end=last_date,
            polarity=proposal.polarity,
            stance=stance,
            attributed_to=speaker,
            checkable=predicate.check_key,
            note="; ".join(marks),
        )
        opposition = opposed(claim, self.rules)
        if opposition:
            raise UnfoundedError(opposition)
        return replace(claim, note=f"{claim.note}; {OTHER_ACTORS}") if differs(claim, self.rules) else claim

    def _before(self, passage: Passage) -> str:
        return "\n".join(b.text[: max(0, passage.sentence.start - b.start)] for b in self.passages.blocks)
