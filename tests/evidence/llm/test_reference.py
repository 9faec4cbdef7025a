"""What the checks cost: answers as right as the annotation, read through them. Local: the articles stay out."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import replace

import pytest

from multivector.evidence.documents.corpus import documents_from
from multivector.evidence.reading.gazetteer import Gazetteer
from multivector.evidence.reading.quantities import quantities_of

pytestmark = pytest.mark.reference
_RANK = re.compile(
    r"(?:second|third|fourth)?[- ]?(?:largest|biggest|leading|main|top)|second|\d+(?:st|nd|rd|th)"
)


def figure_of(row):
    """The words of the quote that state the annotated value."""
    for quantity in quantities_of(row["quote"]):
        if quantity.text == row["value"]:
            return row["quote"][quantity.start : quantity.end]
    rank = _RANK.search(row["quote"]) if row["unit"].startswith("rank") else None
    return rank.group().strip(" -") if rank else ""


def proposal_of(row):
    way = row["value"] if row["value"] in ("increase", "decrease") else ""
    names = {side: [name for name in row[side].split("|") if name] for side in ("subject", "object")}
    copied = {column: row[column] for column in ("quote", "predicate", "polarity", "stance", "attributed_to")}
    return copied | names | {"figure": figure_of(row), "direction": way, "period": ""}


@pytest.mark.parametrize(
    ("annotated", "article", "least"),
    [
        ("articles/claims_fazl-e-haider.csv", "articles/fazl-e-haider-arms-race.txt", 0.88),
        ("reading/dev_claims.csv", "reading/dev_docs", 0.84),
    ],
)
def test_answers_as_right_as_the_annotation_pass(
    annotated, article, least, shared, central, serve, reader_at, completion, paragraphs_of
):
    with (shared / annotated).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    def annotation(request):
        claims = [
            {"paragraph": paragraph["n"], **proposal_of(row)}
            for paragraph in paragraphs_of(request)
            for row in rows
            if row["quote"].replace("\u2019", "'") in paragraph["text"]
        ]
        return completion({"claims": claims})

    reader = replace(reader_at(serve(annotation)), gazetteer=Gazetteer.from_table(central.table("gazetteer")))
    readings = [reader.read(document) for document in documents_from([shared / article])]
    found = Counter(claim.predicate for reading in readings for claim in reading.claims)
    wanted = Counter(row["predicate"] for row in rows)
    assert (found & wanted).total() >= least * len(rows)
