"""Endpoints that misbehave: every fault is an error that names the endpoint and the repair, none a traceback."""

from __future__ import annotations

import json
import socket

import pytest

from multivector.errors import ComputationError, InputError
from multivector.evidence.llm import LanguageModelReader
from multivector.evidence.llm.client import KEY

TEXT = "Averia supports Belmaria in the League of Straits."
CUT = '{"claims": [{"paragraph": 1, "quote": "Averia supp'


def bad(completion):
    """Answers that are none, each with what is said of it."""
    return {
        "cut off": (200, completion(CUT), "it breaks off"),
        "prose": (200, completion("Here are your claims!"), "not JSON"),
        "wrong shape": (200, completion([1, 2]), 'no object with a list "claims"'),
        "claims no list": (200, completion({"claims": {"a": 1}}), 'no object with a list "claims"'),
        "empty": (200, completion(""), "it is empty"),
        "deep": (200, completion('{"claims":' + "[" * 100_000), "nested too deeply|not JSON"),
        "no content": (200, b'{"choices": [{"message": {"content": null}}]}', "it is empty"),
        "no choices": (200, b'{"choices": []}', "no chat completion"),
        "no body": (200, b"", "no chat completion"),
        "no object": (200, b"[]", "no chat completion"),
        "not UTF-8": (200, b'{"choices": [{"message": {"content": "\xff\xfe"}}]}', "no chat completion"),
        "10 MB": (200, b" " * 10_000_000, "larger than 4 MB"),
        "HTTP 400": (400, b'{"error": "context too long"}', "refuses the request"),
        "HTTP 401": (401, b"", "key is missing"),
        "HTTP 403": (403, b"", "key is missing"),
        "HTTP 404": (404, b"", "answers HTTP 404"),
        "HTTP 429": (429, b"", "HTTP 429 4 times"),
        "HTTP 500": (500, b"<html>sorry</html>", "HTTP 500 4 times"),
        "HTTP 204": (204, b"", "answers HTTP 204"),
    }


NAMES = list(bad(lambda _: b""))


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_answer_is_an_error_that_teaches(name, serve, reader_at, article, completion, tmp_path):
    status, raw, what = bad(completion)[name]
    endpoint = serve(lambda _: (status, raw, {}))
    with pytest.raises((ComputationError, InputError), match=what) as caught:
        reader_at(endpoint, tmp_path).read(article(TEXT))
    assert caught.value.where == endpoint.url
    assert caught.value.repair
    assert list(tmp_path.iterdir()) == []  # nothing of it is kept


def test_a_passing_fault_is_tried_again(serve, reader_at, article, completion):
    waits = []
    answers = iter([(429, b"", {"Retry-After": "7"}), (503, b"", {"Retry-After": "9999"}), (500, b"", {})])
    endpoint = serve(lambda _: next(answers, (200, completion({"claims": []}), {})))
    reading = reader_at(endpoint, wait=waits.append).read(article(TEXT))
    assert reading.claims == []
    assert waits == [7.0, 30.0, 4.0]
    assert len(endpoint.requests) == 4


def test_what_is_wrong_for_good_is_asked_once(serve, reader_at, article):
    endpoint = serve(lambda _: (404, b"", {}))
    with pytest.raises(InputError):
        reader_at(endpoint).read(article(TEXT))
    assert len(endpoint.requests) == 1


def test_a_redirect_is_refused(serve, reader_at, article, connections):
    elsewhere = serve()
    endpoint = serve(lambda _: (307, b"", {"Location": elsewhere.url + "/chat/completions"}))
    with pytest.raises(InputError, match="sends elsewhere"):
        reader_at(endpoint).read(article(TEXT))
    assert elsewhere.requests == []
    assert len(connections) == 1


def test_nothing_listens(reader_at, article):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    waits = []
    with pytest.raises(ComputationError, match="connection refused") as caught:
        reader_at(url, wait=waits.append).read(article(TEXT))
    assert caught.value.where == url
    assert "start the model's server" in caught.value.repair
    assert waits == [1.0, 2.0, 4.0]


def test_no_answer_in_time(reader_at, article):
    with socket.create_server(("127.0.0.1", 0)) as deaf:  # takes connections, never answers
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/v1"
        with pytest.raises(ComputationError, match=r"no answer within 0\.05 s"):
            reader_at(url, timeout=0.05).read(article(TEXT))


@pytest.mark.parametrize(
    "said", ["response_format json_schema is not supported", 'unknown field "response_format"']
)
def test_an_endpoint_without_schemas_is_asked_for_plain_json(said, serve, reader_at, article, completion):
    def answer(request):
        shape = request.get("response_format", {}).get("type")
        if shape == "json_schema" or (shape and "unknown" in said):
            return 400, json.dumps({"error": {"message": said}}).encode(), {}
        return completion({"claims": []})

    endpoint = serve(answer)
    reader = reader_at(endpoint)
    reader.read(article(TEXT))
    reader.read(article(TEXT + " Corvenia objects."))
    shapes = [request.get("response_format", {}).get("type") for request in endpoint.requests]
    last = None if "unknown" in said else "json_object"
    assert shapes[0] == "json_schema"
    assert shapes[-2:] == [last, last]  # what was refused once is not sent again


def test_an_endpoint_that_takes_no_temperature(serve, reader_at, article, completion):
    def answer(request):
        if "temperature" in request:
            return 400, b"temperature: only the default is supported", {}
        return completion({"claims": []})

    endpoint = serve(answer)
    assert reader_at(endpoint).read(article(TEXT)).claims == []
    assert endpoint.requests[-1]["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("localhost:8000/v1", "does not begin with http"),
        ("ftp://localhost/v1", "does not begin with http"),
        ("file:///etc/passwd", "does not begin with http"),
        ("http://", "names no host"),
        ("http://[::1/v1", "cannot be read"),
        ("http://localhost:99999/v1", "cannot be read"),
        ("http://user:secret@localhost/v1", "user name or password"),
        ("http://localhost/v1?key=secret", "query"),
        ("http://localhost/v1\r\nX: y", "blanks"),
        ("http://locаlhost/v1", "letters"),
    ],
)
def test_an_address_that_is_none(url, what, gazetteer):
    with pytest.raises(InputError, match=what) as caught:
        LanguageModelReader(gazetteer, url, "a-model")
    assert "secret" not in str(caught.value)


def test_a_key_travels_only_encrypted_or_within_the_machine(key, gazetteer):
    for url in ("http://models.example/v1", "http://10.0.0.7/v1", "http://localhost.example/v1"):
        with pytest.raises(InputError, match="unencrypted") as caught:
            LanguageModelReader(gazetteer, url, "a-model")
        assert key not in str(caught.value)
    for url in (
        "https://models.example/v1",
        "http://localhost:1/v1",
        "http://127.0.0.2/v1",
        "http://[::1]/v1",
    ):
        LanguageModelReader(gazetteer, url, "a-model")


def test_a_key_that_is_none(monkeypatch, gazetteer):
    monkeypatch.setenv(KEY, "sk-one\r\nX-Other: two")
    with pytest.raises(InputError, match=KEY) as caught:
        LanguageModelReader(gazetteer, "https://models.example/v1", "a-model")
    assert "sk-one" not in str(caught.value)


def test_the_key_goes_into_the_header_and_nowhere_else(
    key, serve, reader_at, article, summer_sea, tmp_path, capfd, caplog
):
    endpoint = serve()
    reader = reader_at(endpoint, tmp_path)
    reading = reader.read(article(summer_sea))
    assert set(endpoint.keys) == {f"Bearer {key}"}
    seen = repr((reading, reader, reader.version)) + json.dumps(endpoint.requests)
    seen += "".join(file.read_text("utf-8") + file.name for file in tmp_path.iterdir())
    out = capfd.readouterr()
    assert key not in seen + out.out + out.err + caplog.text


@pytest.mark.parametrize("status", [400, 401, 404, 500])
def test_an_endpoint_that_echoes_the_key_is_not_quoted(status, key, serve, reader_at, article):
    endpoint = serve(lambda _: (status, f"bad key {key}".encode(), {}))
    with pytest.raises((InputError, ComputationError, Exception)) as caught:
        reader_at(endpoint).read(article(TEXT))
    assert key not in str(caught.value) + repr(caught.value) + repr(getattr(caught.value, "as_dict", dict)())


def test_proxies_of_the_environment_are_not_used(serve, reader_at, article, monkeypatch, connections):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    endpoint = serve()
    reader_at(endpoint).read(article(TEXT))
    assert {address[1] for address in connections} == {int(endpoint.url.split(":")[2].split("/")[0])}
