"""Passages that speak to a reading machine, not about the world: they are left out, and said.

Marks of chat templates, lines that play a role, orders to forget instructions, ready-made answers, letters shown
in another order than they are read. This is a first line only: such passages can be written in a thousand ways, and
what holds against all of them is that a claim must have its ground in the visible text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from multivector.evidence.documents.view import Block, View
from multivector.evidence.reading.protocol import Rejected

_FARTHEST = 4_000  # characters from a mark that opens a turn to the one that closes it

# A mark that opens a turn, and the one that closes it.
_TURNS = (
    (
        r"<\|(?:im_start|start_header_id|system|user|assistant|begin_of_text)\|>",
        r"<\|(?:im_end|eot_id|end\w*)\|>",
    ),
    (r"\[INST\]", r"\[/INST\]"),
    (r"<<SYS>>", r"<</SYS>>"),
    (
        r"<(?:system|instructions?|assistant|tool_call|system-reminder)>",
        r"</(?:system|instructions?|assistant|tool_call|system-reminder)>",
    ),
    (r"(?m)^-{2,} ?(?:BEGIN|START) (?:SYSTEM|INSTRUCTIONS?|PROMPT)\b", r"(?m)^-{2,} ?END\b"),
)
_OPEN = tuple((re.compile(opening, re.I), re.compile(closing, re.I)) for opening, closing in _TURNS)

# A paragraph with one of these speaks to a machine.
_ADDRESSED = re.compile(
    r"""
    <\|[\w ]{1,40}\|>                                                             # any mark of a chat template
  | \[/?INST\] | <</?SYS>>
  | ^\W{0,4}(?:system|assistant|user|human|developer|tool)\s?(?:prompt|message|note|override|notice)?\W{0,3}:
  | ^\W{0,4}(?:new|updated|important|hidden|secret)\s(?:system\s)?(?:instructions?|prompt)\b
  | \b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,40}\b
    (?:previous|prior|above|earlier|preceding|original|system|all|your|any|the)\b[^.!?]{0,30}\b
    (?:instructions?|prompts?|rules|directions|guidelines|guardrails|orders|context)\b
  | \b(?:you\sare|act\sas|pretend\sto\sbe|roleplay\sas|you're)\s(?:now\s)?(?:an?\s|the\s)?
    (?:\w+\s){0,3}(?:language\smodel|AI|LLM|assistant|chatbot|annotator|claim\sextractor|DAN)\b
  | \b(?:AI|LLM|language\smodels?|assistants?|chatbots?|machine\sreaders?|annotators?)\s
    (?:reading|processing|annotating|parsing|must|should|that\sreads?|who\sreads?)\b
  | \b(?:your|the|hidden)\s(?:system\sprompt|api\skey|instructions)\b
  | \bMULTIVECTOR_LLM_KEY\b
  | ["“'](?:claims|predicate|subject_code|polarity|tool_calls?|role|quote)["”']\s*:          # a ready-made answer
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ROLE_ALONE = re.compile(
    r"\W{0,4}(?:system|assistant|developer)(?:\s(?:prompt|message|note|override))?\W{0,4}", re.I
)
_REORDERED = re.compile("[\u202d\u202e][^\u202c\n]*[\u202c\n]?")


@dataclass(frozen=True)
class Prose:
    """The running text to read, and the passages left out of it."""

    blocks: list[Block]
    left_out: list[Rejected]


def prose_of(view: View, blocks: list[Block], text: str) -> Prose:
    """Running text without what speaks to machines; `text` is the document's, `view` its view."""
    spans = [*_turns(view.text), *_reordered(view, text), *_after_role(view.text)]
    kept: list[Block] = []
    left_out: list[Rejected] = []
    for block in blocks:
        end = block.start + len(block.text)
        if any(first < end and block.start < last for first, last in spans) or _ADDRESSED.search(block.text):
            left_out.append(Rejected(block.text[:200], "left out: it speaks to a reading machine"))
        else:
            kept.append(block)
    return Prose(kept, left_out)


def _turns(text: str) -> list[tuple[int, int]]:
    """From each mark that opens a turn to the one that closes it, where one does."""
    spans = []
    for opening, closing in _OPEN:
        for mark in opening.finditer(text):
            end = closing.search(text, mark.end(), mark.end() + _FARTHEST)
            spans.append((mark.start(), end.end() if end else mark.end()))
    return spans


def _after_role(text: str) -> list[tuple[int, int]]:
    """A line that is only a role ("SYSTEM:") and the lines up to the next blank one."""
    spans, position, held = [], 0, False
    for line in text.split("\n"):
        if _ROLE_ALONE.fullmatch(line) and line.strip().rstrip("*_ ").endswith((":", "]", ">", "#", "=")):
            held = True
        held = held and bool(line.strip())
        if held:
            spans.append((position, position + len(line) + 1))
        position += len(line) + 1
    return spans


def _reordered(view: View, text: str) -> list[tuple[int, int]]:
    """Text under a mark that overrides its direction: a person sees other words than a machine reads."""
    if view.first is None:
        return []
    spans = []
    for mark in _REORDERED.finditer(text):
        inside = [i for i, at in enumerate(view.first) if mark.start() <= at < mark.end()]
        if inside:
            spans.append((inside[0], inside[-1] + 1))
    return spans
