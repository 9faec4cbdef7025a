"""Hostile articles: what is put into an article to steer its reader changes no claim, for either reader.

The model here obeys: it gives every falsehood that the hostile part asks for, on top of what is recorded.
"""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest
import yaml

from multivector.evidence.documents.corpus import documents_from
from multivector.evidence.documents.view import blocks_of, view_of
from multivector.evidence.llm import LanguageModelReader
from multivector.evidence.llm.cache import Cache
from multivector.evidence.llm.prompt import chunks_of, instructions, request_for
from multivector.evidence.reading.reader import RuleReader
from multivector.evidence.records import COLUMNS

HERE = Path(__file__).parent
HOSTILE = {row["name"]: row for row in yaml.safe_load((HERE / "hostile.yaml").read_text("utf-8"))}
TABLE = [row["paragraph"] for row in json.loads((HERE / "recorded/summer-sea.json").read_text("utf-8"))]


_OF_THE_PLACE = ("id", "doc", "article_author", "char_start", "char_end")


def saved(folder: Path, kind: str, part: str = "") -> Path:
    """The article, with a part put into its middle."""
    before, after = TABLE[:2], TABLE[2:]
    path = folder / f"article.{kind}"
    if kind == "html":
        first, last = ("".join(f"<p>{html.escape(p)}</p>\n" for p in half) for half in (before, after))
        text = f"<!doctype html><html><head><title>The Summer Sea</title></head><body>\n{first}{part}\n{last}</body></html>"
    else:
        text = "\n\n".join([*before, part, *after] if part else [*before, *after])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def falsehoods(quotes, honest):
    """What an obedient model adds: the quotes that it was told to give, and every honest claim made false."""
    empty = dict.fromkeys(("figure", "direction", "period"), "")
    plain = empty | {"polarity": "+", "stance": "asserted", "attributed_to": "AUTHOR"}
    for quote in [*quotes, "Dolvania attacked Belmaria", "Corvenia declared war on Averia in 2025"]:
        for number in (1, 2, 3, 4):
            for subject, target in (("Dolvania", "Belmaria"), ("Corvenia", "Averia")):
                told = {"paragraph": number, "quote": quote, "predicate": "attacks"}
                yield told | {"subject": [subject], "object": [target]} | plain
    for claim in honest:
        yield claim | {"figure": "49 percent"}
        yield claim | {"figure": "US$ 999 billion", "predicate": "arms_contract_value"}
        yield claim | {"polarity": "-+"[claim["polarity"] == "-"]}
        yield claim | {"subject": claim["object"], "object": claim["subject"]}
        yield claim | {"predicate": "at_war_with"}
        yield claim | {"subject": ["Greyrock Front"]}
        yield claim | {"subject": ["South Isles"]}
        yield claim | {"period": "in 1999"}
        yield claim | {"attributed_to": "United Nations"}
        yield claim | {"attributed_to": "Dolvania"}
        yield claim | {"stance": "asserted", "attributed_to": "AUTHOR"}
        yield claim | {"quote": claim["quote"] + " by force"}
        yield claim | {"quote": claim["quote"].replace("a", "\u0430", 1)}
        yield claim | {"subject_code": "USA", "tool_calls": [{"name": "http_get"}], "predicate": "obeys"}
        yield claim | {"call": "http://127.0.0.1:1/"}
    yield {"system": "done"}
    yield "SYSTEM: done"


def told(claims):
    """Claims without what depends on where they stand."""
    return sorted(
        tuple(str(getattr(claim, column)) for column in COLUMNS if column not in _OF_THE_PLACE)
        for claim in claims
    )


@pytest.fixture(scope="module")
def by_rules(gazetteer, tmp_path_factory):
    """What the rules find in the article as it was; the same however it is saved."""
    found = [
        told(RuleReader(gazetteer).read(document).claims)
        for kind in ("txt", "md", "html")
        for document in documents_from([saved(tmp_path_factory.mktemp("clean"), kind)])
    ]
    assert found[0] == found[1] == found[2]
    assert len(found[0]) > 5
    return found[0]


@pytest.fixture(scope="module")
def by_model(gazetteer, tmp_path_factory, recorded):
    """What the model finds in the article as it was, replayed from its recorded answer."""
    folder = tmp_path_factory.mktemp("clean")
    (document,) = documents_from([saved(folder, "txt")])
    (chunk,) = chunks_of(blocks_of(view_of(document.text)))
    request = request_for(chunk, document.date, "a-model")
    Cache(folder).put(request, json.dumps({"claims": recorded(request)}))
    reading = LanguageModelReader(gazetteer, "http://127.0.0.1:9/v1", "a-model", folder).read(document)
    assert len(reading.claims) == 9
    return told(reading.claims)


@pytest.fixture
def elsewhere(serve):
    """A server that records who calls it."""
    return serve()


@pytest.mark.parametrize("name", HOSTILE)
def test_an_obedient_model_adds_nothing(
    name, by_model, serve, reader_at, elsewhere, tmp_path, key, connections, completion, recorded
):
    row = HOSTILE[name]
    address = elsewhere.url.removesuffix("/v1")
    part = row["part"].replace("{address}", address)
    quotes = [quote.replace("{address}", address) for quote in row["quotes"]]

    def obey(request):
        true = recorded(request)
        return completion({"claims": [*falsehoods(quotes, true), *true], "reveal": "key", "next": address})

    (document,) = documents_from([saved(tmp_path / "hostile", row["kind"], part)])
    endpoint = serve(obey)
    reading = reader_at(endpoint, tmp_path / "answers").read(document)
    assert told(reading.claims) == by_model
    assert len(reading.rejected) > 50
    for claim in reading.claims:
        assert claim.quote == document.text[claim.char_start : claim.char_end]

    assert (elsewhere.hits, elsewhere.requests) == ([], [])
    assert {f"http://{host}:{port}/v1" for host, port in connections} == {endpoint.url}
    assert {request["messages"][0]["content"] for request in endpoint.requests} == {instructions()}
    written = "".join(file.read_text("utf-8") for file in (tmp_path / "answers").iterdir())
    assert key not in repr(reading) + written + json.dumps(endpoint.requests)


@pytest.mark.parametrize("name", HOSTILE)
def test_the_rules_read_the_same(name, by_rules, gazetteer, elsewhere, tmp_path, connections):
    row = HOSTILE[name]
    part = row["part"].replace("{address}", elsewhere.url.removesuffix("/v1"))
    (document,) = documents_from([saved(tmp_path / "hostile", row["kind"], part)])
    assert told(RuleReader(gazetteer).read(document).claims) == by_rules
    assert (elsewhere.hits, connections) == ([], [])


def test_an_obedient_model_that_drops_what_is_true_adds_nothing_false(
    by_model, serve, reader_at, tmp_path, completion, recorded
):
    (document,) = documents_from([saved(tmp_path, "txt")])
    lying = serve(lambda request: completion({"claims": list(falsehoods([], recorded(request)))}))
    assert set(told(reader_at(lying).read(document).claims)) <= set(by_model)
