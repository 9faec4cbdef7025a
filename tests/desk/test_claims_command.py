"""`multivector claims` as a user meets it, and its page."""

from __future__ import annotations

import dataclasses
import json
import re
import shlex
import shutil
import sqlite3
from pathlib import Path

import pytest

from multivector.desk.cli import main
from multivector.evidence import Claim, write_claims

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "evidence.md"
ARTICLE = ROOT / "examples" / "articles" / "south-caucasus-arms.md"
QUOTE = "Israel accounted for 48 percent of Azerbaijan's arms imports between 2011 and 2020"
# The belief follows from the precision that was measured for the rule.
LISTED = r"1a449223b122  open +0\.\d\d  refuted +ISR arms_share_of_imports AZE = 48 percent, 2011 to 2020\n"
HAND = ["--by", "A. Reader", "--why", "as quoted"]


@pytest.fixture
def multivector(capsys, tmp_path, monkeypatch):
    """Run the command line in an empty folder: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MULTIVECTOR_CLAIMS", raising=False)

    def call(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(left.value.code or 0), out, err

    return call


def share(key: str = "c-1", **more: str) -> Claim:
    start = ARTICLE.read_text("utf-8").index(QUOTE)
    said = {
        "claim_type": "share", "subject": "Israel", "subject_code": "ISR", "predicate": "arms_share_of_imports",
        "object": "Azerbaijan", "object_code": "AZE", "value": "48", "value_op": "=", "unit": "percent",
        "date_start": "2011", "date_end": "2020", "note": "rule arms-share.account",
    } | more  # fmt: skip
    return Claim(key, ARTICLE.name, "", QUOTE, start, start + len(QUOTE), **said)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    """A folder with a claims file of one claim, and a store of it, checked."""
    folder = tmp_path_factory.mktemp("kept")
    write_claims([share()], folder / "claims.csv")
    words = ["--documents", str(ARTICLE), "--check", "--quiet", "--store", str(folder / "claims.sqlite")]
    with pytest.raises(SystemExit) as left:
        main(["claims", "add", str(folder / "claims.csv"), *words])
    assert not left.value.code
    return folder


@pytest.fixture
def stored(multivector, kept):
    """The command line in a copy of that folder."""
    for name in ("claims.csv", "claims.sqlite"):
        shutil.copy(kept / name, name)
    return multivector


def test_add_says_what_is_new(multivector):
    write_claims([share()], "claims.csv")
    code, out, err = multivector("claims", "add", "claims.csv", "--documents", ARTICLE, "--check")
    assert (code, err) == (0, "")
    assert out == "1 mention of 1 new claim in 1 new document -> claims.sqlite; 1 new verdict\n"
    out = multivector("claims", "add", "claims.csv", "--store", "other.sqlite")[1]
    assert "not compared with a document: 1 quote; name it with --documents" in out


def test_the_same_again_adds_nothing(stored):
    code, out, _ = stored("claims", "add", "claims.csv", "--check", "--json")
    report = json.loads(out)
    assert (code, report["claims"], report["mentions"], report["known"], report["verdicts"]) == (
        0,
        0,
        0,
        1,
        0,
    )
    assert report["unverified"] == 0  # the store has the document


def test_list_and_filters(stored):
    code, out, _ = stored("claims", "list")
    assert code == 0
    assert re.fullmatch(LISTED, out)
    for words in (["--actor", "aze"], ["--predicate", "arms_share_of_imports"], ["--status", "open"]):
        assert json.loads(stored("claims", "list", *words, "--json")[1])["claims"][0]["id"] == "1a449223b122"
    for words in (["--actor", "KAZ"], ["--predicate", "member_of"], ["--status", "merged"]):
        assert stored("claims", "list", *words)[1] == "no claims\n"
    code, _, err = stored("claims", "list", "--status", "opened")
    assert code == 2
    assert "one of open, accepted, rejected, corrected, merged, split" in err


def test_show_and_the_mention_of_a_claims_file(stored):
    one, other = stored("claims", "show", "1a449223b122"), stored("claims", "show", "c-1")
    assert one == other
    assert f"[{QUOTE}]" in one[1]
    report = json.loads(stored("claims", "show", "c-1", "--json")[1])
    assert report["mentions"][0]["quote"] == QUOTE
    assert report["latest_verdicts"][0]["verdict"] == "refuted"
    assert report["latest_verdicts"][0]["window"]


def test_curation_conflicts_and_rules(stored):
    code, out, _ = stored("claims", "curate", "correct", "c-1", "--set", "value=49", *HAND, "--json")
    (made,) = json.loads(out)["curations"]
    assert code == 0
    assert made["changed"]["set"] == [{"value": ["48", "49"]}]
    assert stored("claims", "conflicts")[:2] == (0, "no conflicts\n")
    stored("claims", "curate", "reject", "c-1", "--by", "B. Reader", "--why", "no figure")
    code, out, _ = stored("claims", "conflicts")
    assert code == 1
    assert out.startswith("conflict on 1a449223b122: curators differ; the last decides\n")
    assert "1 conflict: see" in stored("claims", "list")[1]
    (rule,) = json.loads(stored("claims", "rules", "--json")[1])["rules"]
    assert (rule["rule"], rule["accepted"], rule["wrong"]) == ("arms-share.account", 0, 1)
    assert rule["low"] < rule["mean"] < 0.5
    assert "arms-share.account" in stored("claims", "rules")[1]


def test_merge_and_split(stored):
    made = json.loads(stored("claims", "curate", "correct", "c-1", "--set", "value=49", *HAND, "--json")[1])
    (new,) = made["curations"][0]["changed"]["into"]
    parts = ["--set", "object_code=ARM", "--set", "object_code=GEO"]
    code, out, _ = stored("claims", "curate", "split", new, *parts, *HAND)
    assert code == 0
    assert "in its place stands" in stored("claims", "show", new)[1]
    one, two = out.split(" into ")[1].split(":")[0].split(", ")
    assert stored("claims", "curate", "merge", one, "--into", two, *HAND)[0] == 0
    assert json.loads(stored("claims", "show", "c-1", "--json")[1])["survivors"] == [two]


@pytest.mark.parametrize(
    ("words", "what", "repair"),
    [
        (["curate", "accept", "1a449223b12", *HAND], "there is no claim '1a449223b12'", "1a449223b122"),
        (["curate", "accept", "c-1", "--by", "A.", "--why", ""], "why: is empty", "plain sentence"),
        (["curate", "correct", "c-1", "--set", "valeu=1", *HAND], "there is no field 'valeu'", "value"),
        (["curate", "correct", "c-1", "--set", "value", *HAND], "'value' sets nothing", "FIELD=VALUE"),
        (
            ["curate", "correct", "c-1", "--set", "date_start=2011-05", "--set", "date_end=2011-03", *HAND],
            "ends before it starts (2011-05)",
            "swap the dates",
        ),
        (["curate", "merge", "c-1", *HAND], "merge takes one --into", "merge ID ID --into ID"),
        (["show", "c-2"], "there is no claim 'c-2'", "c-1"),
        (["list", "--store", "none.sqlite"], "there is no such store", "multivector claims add"),
        (["list", "--store", "claims.csv"], "is no database", "name a store"),
        (["add", "none.csv"], "cannot be read", "multivector read"),
        (["import", "none.jsonl"], "cannot be read", "multivector claims export"),
        (["export", "claims.sqlite"], "the output is one of the inputs", "name another file"),
    ],
)
def test_bad_input_is_told_with_its_repair(stored, words, what, repair):
    before = Path("claims.sqlite").read_bytes()
    code, out, err = stored("claims", *words)
    assert (code, out) == (2, "")
    assert what in err
    assert repair in err
    assert Path("claims.sqlite").read_bytes() == before


def test_a_claims_file_with_an_id_twice_is_refused(multivector):
    write_claims([share(), share()], "twice.csv")
    code, _, err = multivector("claims", "add", "twice.csv", "--documents", ARTICLE)
    assert code == 2
    assert "the claim id 'c-1' is given twice" in err


def test_a_newer_store_is_refused(stored):
    raw = sqlite3.connect("claims.sqlite")
    raw.execute("UPDATE store SET schema_version = 9")
    raw.commit()
    raw.close()
    code, _, err = stored("claims", "list")
    assert code == 2
    assert "install a newer multivector" in err


def test_export_and_import(stored):
    stored("claims", "curate", "accept", "c-1", *HAND)
    rows = json.loads(stored("claims", "export", "ledger.jsonl", "--json")[1])["rows"]
    code, out, _ = stored("claims", "import", "ledger.jsonl", "--store", "other.sqlite")
    assert (code, out) == (0, f"{rows} of {rows} rows were new -> other.sqlite\n")
    stored("claims", "export", "again.jsonl", "--store", "other.sqlite")
    assert Path("again.jsonl").read_bytes() == Path("ledger.jsonl").read_bytes()
    lines = Path("ledger.jsonl").read_text("utf-8").splitlines()
    Path("cut.jsonl").write_text("\n".join([*lines[:-1], lines[-1][:50]]))
    code, _, err = stored("claims", "import", "cut.jsonl", "--store", "third.sqlite")
    assert code == 2
    assert f"cut.jsonl, line {len(lines)}: is no JSON" in err
    stored("claims", "export", "bare.jsonl", "--without-text")
    assert '"kind":"text"' not in Path("bare.jsonl").read_text("utf-8")


def test_what_a_curator_wrote_is_checked_like_what_was_read(stored):
    code, out, _ = stored("claims", "check")
    assert code == 1
    assert re.fullmatch(rf"{LISTED}0 new verdicts\n", out)
    stored("claims", "curate", "correct", "c-1", "--set", "value=26", *HAND)
    code, out, _ = stored("claims", "check", "--json")
    report = json.loads(out)
    assert (code, report["refuted"]) == (0, [])
    assert [each["verdict"] for each in report["new"]] == ["supported"]
    assert stored("claims", "check")[:2] == (0, "0 new verdicts\n")
    stored("claims", "export", "ledger.jsonl")
    assert stored("claims", "import", "ledger.jsonl", "--store", "other.sqlite")[0] == 0


def test_a_document_cannot_speak_to_the_terminal(multivector):
    said = "Israel \u202eaccounted\x1b[2J for 48 percent of it."
    Path("odd.txt").write_text(said, encoding="utf-8")
    odd = dataclasses.replace(share(), doc="odd.txt", quote=said, char_start=0, char_end=len(said))
    write_claims([odd], "odd.csv")
    code, _, err = multivector("claims", "add", "odd.csv", "--documents", "odd.txt")
    assert code == 0, err
    out = multivector("claims", "show", "c-1")[1]
    assert "accounted [2J for" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_check_keeps_its_verdicts(stored):
    code, _, _ = stored("check", "claims.csv", "--store", "checked.sqlite", "--quiet")
    assert code == 1
    assert "refuted" in stored("claims", "list", "--store", "checked.sqlite")[1]


def test_the_store_may_be_named_by_the_environment(stored, monkeypatch):
    Path("claims.sqlite").rename("elsewhere.sqlite")
    monkeypatch.setenv("MULTIVECTOR_CLAIMS", "elsewhere.sqlite")
    assert "1a449223b122" in stored("claims", "list")[1]
    assert stored("claims", "list", "--quiet")[:2] == (0, "")


def without_moments(text: str) -> str:
    """The text without when it was: seconds of a decision, the day of a verdict."""
    return re.sub(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?(?= [AB]\. Reader|: )", "THEN", text)


def test_the_session_of_the_page_prints_what_it_says(multivector):
    """All but moments: counts and beliefs follow from the reader, and the page says those of today."""
    section = PAGE.read_text("utf-8").partition("## The ledger of claims")[2]
    blocks = re.findall(r"^```console\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    Path("examples").symlink_to(ROOT / "examples")
    said, commands = "", 0
    for line in "".join(blocks).splitlines():
        if line.startswith("$ "):
            code, out, err = multivector(*shlex.split(line[2:])[1:])
            said = out + err
            assert code == (2 if "wrong input" in said else 0), said
            commands += 1
        else:
            assert any(
                printed.startswith(without_moments(line)) for printed in without_moments(said).splitlines()
            ), (line, said)
    assert commands == 10


def test_the_code_of_the_page_runs():
    section = PAGE.read_text("utf-8").partition("## The ledger of claims")[2]
    (block,) = re.findall(r"^```python\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    exec(compile(block, str(PAGE), "exec"), {})
