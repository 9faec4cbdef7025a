"""`multivector read --reader llm`, from the command line to the claims file, against a local server."""

from __future__ import annotations

import json

import pytest

from multivector.desk.cli import main
from multivector.evidence import read_claims

ARTICLE = "Kazakhstan joined the Eurasian Economic Union in January 2015. It borders Uzbekistan.\n"
CLAIMS = [
    {
        "paragraph": 1,
        "quote": "Kazakhstan joined the Eurasian Economic Union in January 2015",
        "predicate": "member_of",
        "subject": ["Kazakhstan"],
        "object": ["Eurasian Economic Union"],
        "figure": "",
        "direction": "",
        "period": "in January 2015",
        "polarity": "+",
        "stance": "asserted",
        "attributed_to": "AUTHOR",
    },
    {
        "paragraph": 1,
        "quote": "It borders Uzbekistan",
        "predicate": "borders",
        "subject": ["Kazakhstan"],
        "object": ["Uzbekistan"],
        "figure": "",
        "direction": "",
        "period": "",
        "polarity": "+",
        "stance": "asserted",
        "attributed_to": "AUTHOR",
    },
    {"paragraph": 1, "quote": "Uzbekistan left the Union"},
]


@pytest.fixture
def command(tmp_path, key, capsys):
    """Run the command; returns exit code, standard output and standard error."""
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE, encoding="utf-8")

    def run(url: str, *more: str) -> tuple[object, str, str]:
        flags = ["--reader", "llm", "--endpoint", url, "--model", "m", "--cache", str(tmp_path / "answers")]
        with pytest.raises(SystemExit) as left:
            main(["read", str(article), "-o", str(tmp_path / "c.csv"), *flags, *more])
        said = capsys.readouterr()
        assert key not in said.out + said.err
        return left.value.code, said.out, said.err

    return run


def test_reading_and_replaying(command, serve, completion, tmp_path):
    endpoint = serve(lambda _: completion({"claims": CLAIMS}))
    code, out, err = command(endpoint.url, "--json")
    assert (code, err) == (0, "")
    report = json.loads(out)
    assert (report["claims"], report["rejected"]) == (2, 1)
    claims = read_claims(tmp_path / "c.csv")
    assert [(c.subject_code, c.predicate, c.object_code) for c in claims] == [
        ("KAZ", "member_of", "EAEU"),
        ("KAZ", "borders", "UZB"),
    ]
    assert all(c.quote == ARTICLE[c.char_start : c.char_end] for c in claims)

    code, out, err = command("http://127.0.0.1:9/v1")  # nothing listens: all is in the cache
    assert (code, err) == (0, "")
    assert "2 claims from 1 documents" in out
    assert "1 proposals and passages rejected" in out


def test_an_endpoint_that_refuses_the_key(command, serve, tmp_path):
    code, out, err = command(serve(lambda _: (401, b"", {})).url)
    assert (code, out) == (2, "")
    assert "the key is not accepted (HTTP 401)" in err
    assert "repair: set the environment variable MULTIVECTOR_LLM_KEY" in err
    assert not (tmp_path / "c.csv").exists()
