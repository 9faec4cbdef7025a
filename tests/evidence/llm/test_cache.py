"""Answers kept by the hash of the request: replayed without the model, mended where damaged."""

from __future__ import annotations

import json

import pytest

from multivector.errors import ComputationError, InputError
from multivector.evidence.llm.cache import Cache, hash_of

NOWHERE = "http://127.0.0.1:9/v1"  # the port of discard: nothing listens


def test_a_reading_is_replayed_without_the_endpoint(serve, reader_at, article, summer_sea, tmp_path):
    first = reader_at(serve(), tmp_path).read(article(summer_sea))
    again = reader_at(NOWHERE, tmp_path).read(article(summer_sea))
    assert again == first
    assert first.claims


def test_another_model_prompt_or_text_is_another_answer(serve, reader_at, article, summer_sea, tmp_path):
    endpoint = serve()
    reader_at(endpoint, tmp_path).read(article(summer_sea))
    reader_at(endpoint, tmp_path).read(article(summer_sea))
    assert len(endpoint.requests) == 1
    reader_at(endpoint, tmp_path).read(article(summer_sea, date="2023-01-01"))
    reader_at(endpoint, tmp_path).read(article(summer_sea + " Corvenia objects."))
    assert len(endpoint.requests) == 3
    assert len({hash_of(request) for request in endpoint.requests}) == 3
    assert len(list(tmp_path.iterdir())) == 3


def test_a_run_that_broke_off_goes_on_where_it_was(serve, reader_at, article, completion, tmp_path):
    texts = [f"Averia supports Belmaria in case {n}." for n in range(4)]
    down = iter([False, False, True, True, True, True])
    endpoint = serve(lambda _: (500, b"", {}) if next(down, False) else completion({"claims": []}))
    reader = reader_at(endpoint, tmp_path)
    with pytest.raises(ComputationError, match="in the cache"):
        [reader.read(article(text)) for text in texts]
    asked = len(endpoint.requests)
    reader = reader_at(endpoint, tmp_path)
    [reader.read(article(text)) for text in texts]
    assert len(endpoint.requests) - asked == 2  # two of the four were kept


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xff", b"[]", b'{"request": "x", "answer": "y"}'])
def test_a_damaged_file_is_said_and_asked_again(damage, serve, reader_at, article, summer_sea, tmp_path):
    endpoint = serve()
    whole = reader_at(endpoint, tmp_path).read(article(summer_sea))
    (kept,) = tmp_path.iterdir()
    sound = kept.read_bytes()
    kept.write_bytes(damage)
    with pytest.warns(UserWarning, match="damaged; the model is asked again"):
        assert reader_at(endpoint, tmp_path).read(article(summer_sea)) == whole
    assert kept.read_bytes() == sound


def test_an_answer_spoilt_by_hand_is_asked_again(serve, reader_at, article, summer_sea, tmp_path):
    endpoint = serve()
    whole = reader_at(endpoint, tmp_path).read(article(summer_sea))
    (kept,) = tmp_path.iterdir()
    kept.write_text(json.dumps(json.loads(kept.read_text()) | {"answer": "gone"}))
    assert reader_at(endpoint, tmp_path).read(article(summer_sea)) == whole
    assert len(endpoint.requests) == 2


def test_an_answer_added_by_hand_is_held_against_the_text_as_well(
    serve, reader_at, article, summer_sea, tmp_path
):
    whole = reader_at(serve(), tmp_path).read(article(summer_sea))
    (kept,) = tmp_path.iterdir()
    record = json.loads(kept.read_text())
    answer = json.loads(record["answer"])
    forged = answer["claims"][0] | {"quote": "Dolvania attacked Belmaria", "predicate": "attacks"}
    answer["claims"].append(forged)
    kept.write_text(json.dumps(record | {"answer": json.dumps(answer)}))
    reading = reader_at(NOWHERE, tmp_path).read(article(summer_sea))
    assert reading.claims == whole.claims
    assert [rejected.quote for rejected in reading.rejected] == ["Dolvania attacked Belmaria"]


def test_a_file_is_no_cache(tmp_path, reader_at):
    file = tmp_path / "answers"
    file.write_text("")
    with pytest.raises(InputError, match="must be a folder"):
        reader_at(NOWHERE, file)


def test_what_is_kept_names_neither_endpoint_nor_document(serve, reader_at, article, summer_sea, tmp_path):
    endpoint = serve()
    reader_at(endpoint, tmp_path).read(article(summer_sea))
    (kept,) = tmp_path.iterdir()
    record = json.loads(kept.read_text())
    assert set(record) == {"request", "model", "answer"}
    assert record["request"] == hash_of(endpoint.requests[0]) == kept.stem
    assert endpoint.url not in kept.read_text()


def test_nothing_is_kept_of_nothing(tmp_path):
    assert Cache(tmp_path / "new").get({"model": "a-model"}) is None
    assert not (tmp_path / "new").exists()
