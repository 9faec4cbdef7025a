"""`multivector read`: what it prints, what it refuses, and that a refusal leaves nothing behind."""

from __future__ import annotations

import json

import pytest

from multivector.desk.cli import main

ENGLISH = (
    "Russia delivered 12 fighters to Armenia in 2019. Kazakhstan joined the World Trade Organization in 2015."
)
RUSSIAN = (
    "Россия поставила Армении в прошлом году сорок новых танков и двенадцать самолётов, сообщило министерство. "
    * 2
)


@pytest.fixture
def multivector(capsys):
    """Run a command; its exit code, output and errors."""

    def run(*words):
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        printed = capsys.readouterr()
        return left.value.code or 0, printed.out, printed.err

    return run


def test_what_was_skipped_and_where_it_was_met(multivector, tmp_path):
    (tmp_path / "a.txt").write_text(ENGLISH)
    (tmp_path / "b.txt").write_text(ENGLISH)
    (tmp_path / "c.txt").write_text(RUSSIAN)
    code, out, err = multivector("read", tmp_path, "--out", tmp_path / "claims.csv", "--json")
    report = json.loads(out)
    assert code == 0
    assert [row["doc"] for row in report["documents"]] == ["a.txt", "c.txt"]
    assert report["documents"][0]["addresses"] == [f"{tmp_path}/a.txt", f"{tmp_path}/b.txt"]
    assert report["documents"][0]["claims"] == report["claims"] > 0
    assert report["rejected"] == 0
    why = "it is in Russian (ru); only English is read"
    assert report["skipped"] == [{"doc": "c.txt", "why": why}]
    assert f"skipped: c.txt: {why}" in err


def test_two_processes_write_the_same(multivector, tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"{ENGLISH} Report {number}.")
    for processes in (1, 2):
        out = tmp_path / f"{processes}.csv"
        assert multivector("read", tmp_path, "-o", out, "--processes", processes, "--quiet") == (0, "", "")
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "no document was named"),
        (("https://example.org/a",), "add --fetch"),
        (("--addresses", "LIST"), "add --fetch"),
        (("--addresses", "BROKEN"), "line 1 is no address"),
        (("--addresses", "LOCAL", "--fetch"), "stands for 127.0.0.1, a loopback address"),
        (("DOC", "--endpoint", "http://localhost:1/v1"), "belong to the reader by a language model"),
        (("DOC", "--reader", "llm", "--model", "m"), "give both"),
        (("DOC", "BAD"), "0x92 is not valid utf-8"),
    ],
)
def test_what_is_refused_leaves_nothing(multivector, tmp_path, words, said):
    files = {
        "LIST": "https://example.org/a\n",
        "BROKEN": "example\n",
        "LOCAL": "http://127.0.0.1:9/x\n",
        "DOC": ENGLISH,
    }
    for name, text in files.items():
        (tmp_path / f"{name}.txt").write_text(text)
    (tmp_path / "BAD.txt").write_bytes(b"It\x92s.")
    given = [tmp_path / f"{word}.txt" if word.isupper() else word for word in words]
    out = tmp_path / "claims.csv"
    code, _, err = multivector("read", *given, "--out", out)
    assert code == 2
    assert said in err
    assert "Traceback" not in err
    assert not out.exists()
