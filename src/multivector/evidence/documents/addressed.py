"""Passages that speak to a reading machine, not about the world: no reader takes claims from them.

Marks of chat templates, lines that play a role, orders to forget instructions, ready-made answers; and paragraphs in
a language that is not read. This is a first line only: such passages can be written in a thousand ways. What holds
against all of them is that nothing in a text is an order to a reader, and that a claim must have its ground in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from multivector.evidence.documents.language import READ, language_name, language_of

SPEAKS_TO_MACHINES = "it speaks to a reading machine"
NO_PROSE = "it has 2,000 characters without a space: no prose"
_RUN = 2_000  # characters without a space: keys, data, walls of signs; parsers choke on them
_FARTHEST = 4_000  # characters from a mark that opens a turn to the one that closes it
_SHORTEST = 6  # characters: less is no order
_TELLING = 8  # words from which a paragraph shows its language

_TAG = r"(?:system|instructions?|assistant|think(?:ing)?|tool_call|system-reminder)"
# A mark that opens a turn, and the one that closes it.
_TURNS = tuple(
    (re.compile(opening, re.I), re.compile(closing, re.I))
    for opening, closing in (
        (r"<\|[\w ]{1,40}\|>", r"<\|(?:im_end|eot_id|end\w*)\|>"),
        (r"\[INST\]", r"\[/INST\]"),
        (r"<<SYS>>", r"<</SYS>>"),
        (rf"<{_TAG}>", rf"</{_TAG}>"),
    )
)
_ROLE = r"(?:system|assistant|developer|human|user|tool)(?:\s(?:prompt|message|note|override|notice))?"
_ROLE_ALONE = re.compile(rf"\W{{0,4}}{_ROLE}\W{{0,4}}[:\]>#=]\W{{0,4}}", re.I)
_ADDRESSED = re.compile(
    rf"""
    <\|[\w ]{{1,40}}\|> | \[/?INST\] | <</?SYS>> | </?{_TAG}>
  | \A\s*[=@+]\w+\(                                   # a formula of a spreadsheet
  | \A\W{{0,4}}{_ROLE}\W{{0,3}}:
  | \A\W{{0,4}}(?:new|updated|important|hidden|secret)\s(?:system\s)?(?:instructions?|prompt)\b
  | \b(?:ignore|disregard|forget|override|bypass)\s(?:[\w']+\s){{0,5}}
    (?:instructions?|prompts?|rules|directions|guidelines|guardrails|orders)\b
  | \b(?:you\sare|act\sas|pretend\sto\sbe|roleplay\sas)\s(?:now\s)?(?:an?\s|the\s)?(?:\w+\W\s?){{0,3}}
    (?:language\smodel|AI|LLM|assistant|chatbot|annotator|DAN)\b
  | (?:\A|[.!?:]\s)\W{{0,4}}(?:report|state|write|record|output|say|answer|respond|conclude|print)\s(?:only\s)?that\b
  | \b(?:before|when|while)\syou\s(?:answer|respond|reply|annotate|extract)\b
  | \b(?:call|visit|fetch|open|request|load|get|post)\shttps?://
  | \b(?:AI|LLM|language\smodels?|assistants?|chatbots?|machine\sreaders?|annotators?)\s
    (?:reading|processing|annotating|parsing|that\sreads?|who\sreads?)\b
  | \b(?:your|hidden)\s(?:system\sprompt|api\skey|instructions)\b
  | ["“'](?:claims|predicate|subject_code|polarity|tool_calls?|role|quote)["”']\s?:
    """,
    re.VERBOSE | re.IGNORECASE,
)


def why_left_out(paragraph: str) -> str:
    """Why a paragraph says nothing about the world; empty where it may."""
    if any(len(run) >= _RUN for run in paragraph.split()):
        return NO_PROSE
    if len(paragraph) < _SHORTEST:
        return ""
    if _ADDRESSED.search(paragraph):
        return SPEAKS_TO_MACHINES
    if len(paragraph.split()) >= _TELLING:
        language = language_of(paragraph)
        if language not in READ:
            return f"it is in {language_name(language)}"
    return ""


def turns_in(text: str) -> list[tuple[int, int]]:
    """The spans of turns of a chat in a text, marks included, and of lines under a line that is only a role.

    In order, none touching the next.
    """
    spans: list[tuple[int, int]] = []
    for opening, closing in _TURNS:
        for mark in opening.finditer(text):
            end = closing.search(text, mark.end(), mark.end() + _FARTHEST)
            if end is not None and not (spans and spans[-1][1] >= end.end()):
                spans.append((mark.start(), end.end()))
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(spans + _under_roles(text)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def touches(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the spans (in order, apart) shares a character with `start` to `end`."""
    index = bisect_left(spans, (end,)) - 1
    return index >= 0 and spans[index][1] > start


def _under_roles(text: str) -> list[tuple[int, int]]:
    """A line that is only a role ("SYSTEM:") and the lines up to the next blank one."""
    spans, position, held = [], 0, False
    for line in text.split("\n"):
        held = bool(line.strip()) and (held or (len(line) < 60 and _ROLE_ALONE.fullmatch(line) is not None))
        if held:
            spans.append((position, position + len(line)))
        position += len(line) + 1
    return spans
