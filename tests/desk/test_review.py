"""The review page: the text itself, every claim, spans that overlap, nothing loaded, nothing run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multivector.atlas import Region, load_region
from multivector.desk.cli import main
from multivector.desk.palette import INK, luminance
from multivector.desk.review import render_review, write_reviews
from multivector.desk.review_links import anchor_of, page_names
from multivector.desk.review_spans import DEEPEST, Piece, Span, nested
from multivector.errors import InputError
from multivector.evidence import (
    Claim,
    Contradiction,
    Document,
    Verdict,
    check_claims,
    read_documents,
    write_claims,
)

ARTICLES = Path(__file__).resolve().parents[2] / "examples" / "articles"
NASTY = '<script>alert("x")</script><img src=x onerror=alert(1)></mark></div>&amp;\'"'
VOID = {"meta", "br", "hr", "img", "input", "link"}


class Page(HTMLParser):
    """Tags in order, text by element id and by mark; complains about tags that do not close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.marked: dict[str, str] = {}
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if any(attrs.get("id") == "text" for _, attrs in self.open):
            self.text += data
            for tag, attrs in self.open:
                if tag == "mark":
                    number = str(attrs["class"]).split()[0]
                    self.marked[number] = self.marked.get(number, "") + data
        elif not any(tag == "style" for tag, _ in self.open):
            self.words.append(data)

    def ids(self) -> list[str]:
        return [str(attrs["id"]) for _, attrs in self.tags if "id" in attrs]


def claim(quote: str, start: int, id_: str = "c-1", **other: str) -> Claim:
    about = {"claim_type": "relation", "subject": "Averia", "subject_code": "AVE", "predicate": "rival_of"}
    return Claim(id_, "d.txt", "", quote, start, start + len(quote), **(about | other))


def document(text: str, doc: str = "d.txt") -> Document:
    return Document(doc, Path(doc), "0" * 64, text)


@pytest.fixture(scope="module")
def archipelago_region(archipelago: Path) -> Region:
    return load_region(archipelago)


@dataclass
class Read:
    documents: list[Document]
    claims: list[Claim]
    verdicts: list[Verdict]


@pytest.fixture(scope="module")
def read(region: Region) -> Read:
    documents, claims = read_documents([ARTICLES], region)
    return Read(documents, claims, check_claims(claims, region))


@pytest.fixture(scope="module")
def pages(read: Read, region: Region) -> list[tuple[Document, list[Claim], Page, str]]:
    made = []
    for each in read.documents:
        own = [c for c in read.claims if c.doc == each.doc]
        html = render_review(each, own, read.verdicts, region)
        made.append((each, own, Page(html), html))
    return made


def test_the_text_is_the_documents_own_and_each_mark_its_quote(pages) -> None:
    for each, own, page, _ in pages:
        assert page.text == each.text
        ordered = sorted(own, key=lambda c: (c.char_start, -c.char_end))
        assert page.marked == {f"p{i}": c.quote for i, c in enumerate(ordered, 1)}


def test_every_claim_has_a_card_a_place_and_links_both_ways(pages) -> None:
    for _, own, page, _ in pages:
        ids, links = page.ids(), [str(a["href"]) for _, a in page.tags if "href" in a]
        assert len(ids) == len(set(ids))
        assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
        for each in own:
            anchor = anchor_of(each.id)
            assert {anchor, f"card-{anchor}"} <= set(ids)
            assert {f"#{anchor}", f"#card-{anchor}"} <= set(links)
            assert any(each.quote in word for word in page.words)


def test_verdicts_say_what_was_computed_from_what(pages) -> None:
    said = " ".join(" ".join(page.words) for _, _, page, _ in pages)
    for needed in (
        "Israel provides 48 percent of the arms imports of Azerbaijan, 2011 to 2020",
        "25.9 percent", "Deliveries of major arms", "vintages differ: 93.9 to 94.5 percent",
        "SIPRI Arms Transfers Database", "rule arms-share.account", "the author, asserted",
    ):  # fmt: skip
        assert needed in said


def test_nothing_is_loaded_and_nothing_runs(pages) -> None:
    for _, _, page, html in pages:
        assert not {"script", "iframe", "object", "embed", "link", "base", "img"} & {t for t, _ in page.tags}
        for tag, attributes in page.tags:
            assert not any(name.startswith("on") for name in attributes)
            assert not {"src", "action", "style"} & set(attributes)
            target = attributes.get("href") or "#"
            assert target.startswith("#") or (tag == "a" and target.startswith(("https://", "http://")))
        assert all(url.startswith("data:font/woff2") for url in re.findall(r"url\(([^)]+)", html))
        (policy,) = [a["content"] for t, a in page.tags if t == "meta" and a.get("http-equiv")]
        assert "default-src 'none'" in str(policy)
        assert "script" not in str(policy)
        assert len(html.encode()) < 300_000


def test_hostile_words_stay_words(archipelago_region: Region) -> None:
    text = f"{NASTY}\r\nAveria\r rivals\x00 {NASTY}\u202eend\u200b"
    hostile = claim(
        NASTY, 0, NASTY, subject=NASTY, object=NASTY, subject_code=f"{NASTY}|A", object_code=NASTY,
        value=NASTY, unit=NASTY, attributed_to=NASTY, stance=NASTY, note=NASTY, date_start=NASTY,
    )  # fmt: skip
    verdict = Verdict(NASTY, "partly", NASTY, NASTY, NASTY, NASTY, None, NASTY, NASTY, NASTY, (NASTY,))
    about = replace(document(text, NASTY), title=NASTY, author=NASTY, date=NASTY)
    page = Page(render_review(about, [hostile], [verdict], archipelago_region))
    assert not {"script", "img"} & {tag for tag, _ in page.tags}
    assert page.text == text.replace("\0", "\ufffd")
    assert page.marked == {"p1": NASTY}
    assert " ".join(page.words).count("<script>alert") > 10


@pytest.mark.parametrize(
    "doc", ["../../etc/passwd", "a/b.md", ".hidden", "x" * 300, "Отчёт.md", "..", "con:aux?"]
)
def test_names_of_pages_are_plain_file_names(doc: str) -> None:
    (name,) = page_names([doc]).values()
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*\.html", name)
    assert len(name) < 110


def test_names_of_pages_differ_even_where_case_does_not_count() -> None:
    names = page_names(["a/b.md", "a-b.md", "A-B.md"])
    assert len({name.casefold() for name in names.values()}) == 3


def test_two_claims_of_one_id_and_odd_ids_have_their_own_places(archipelago_region: Region) -> None:
    text = "Averia rivals Belmaria"
    both = [claim("Averia", 0, "same"), claim("Belmaria", 14, "same"), claim("rivals", 7, 'q" <x> ü')]
    page = Page(render_review(document(text), both, [], archipelago_region))
    assert len(page.ids()) == len(set(page.ids()))
    assert page.marked == {"p1": "Averia", "p2": "rivals", "p3": "Belmaria"}
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+", name) for name in page.ids())


def test_a_quote_that_is_not_there_is_listed_and_not_highlighted(archipelago_region: Region) -> None:
    page = Page(render_review(document("Averia"), [claim("Corvenia", 0)], [], archipelago_region))
    assert page.marked == {}
    assert "does not hold this quote" in " ".join(page.words)
    assert "unchecked" in " ".join(page.words)


def test_contradictions_stand_on_the_pages_of_their_claims(
    archipelago_region: Region, tmp_path: Path
) -> None:
    one, two = claim("Averia", 0, "one"), replace(claim("Corvenia", 0, "two"), doc="e.txt")
    documents = [document("Averia"), document("Corvenia", "e.txt")]
    written = write_reviews(
        documents,
        [one, two],
        [],
        archipelago_region,
        tmp_path,
        [Contradiction(one, two, "They differ")],
    )
    html = written[0].file.read_text("utf-8")
    assert 'href="e.txt.html#c-two"' in html
    assert "They differ" in html


def test_claims_of_other_documents_are_refused(archipelago_region: Region, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none of the claims is from e\.txt"):
        write_reviews([document("x", "e.txt")], [claim("Averia", 0)], [], archipelago_region, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_every_filter_has_its_rule_and_its_claims(pages) -> None:
    for _, own, page, html in pages:
        choices = [a["id"] for t, a in page.tags if t == "option" and "id" in a]
        cards = [
            str(a["class"]).split()
            for t, a in page.tags
            if t == "li" and str(a.get("id", "")).startswith("card-")
        ]
        assert len(cards) == len(own)
        for choice in choices:
            assert f":root:has(#{choice}:checked) li.k:not(.{choice})" in html
            assert any(choice in classes for classes in cards)


def test_text_on_every_verdicts_colour_is_read_with_ease(pages) -> None:
    """WCAG 2.1 AA asks for 4.5; words keep their ink, badges the line's colour on white."""
    html = pages[0][3]
    backgrounds = re.findall(r"mark[^{]*\{[^}]*background: (#[0-9a-f]{6})", html)
    lines = re.findall(r"--line: (#[0-9a-f]{6})", html)
    assert len(backgrounds) >= 4
    assert len(set(lines)) >= 4
    for background in backgrounds:
        assert (luminance(background) + 0.05) / (luminance(INK) + 0.05) >= 7
    for line in lines:
        assert 1.05 / (luminance(line) + 0.05) >= 4.5
    for verdict, kind in (("supported", "solid"), ("refuted", "double"), ("partly", "dashed")):
        assert re.search(rf"mark\.{verdict} {{[^}}]*{kind}", html)  # no verdict rests on hue alone


def _flat(parts: list[str | Piece], within: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in parts:
        if isinstance(part, str):
            yield part, within
        else:
            yield from _flat(part.parts, (*within, part.name))


def _pieces(parts: list[str | Piece]) -> Iterator[Piece]:
    for part in parts:
        if isinstance(part, Piece):
            yield part
            yield from _pieces(part.parts)


@given(st.lists(st.tuples(st.integers(0, 29), st.integers(1, 30)), max_size=DEEPEST))
def test_overlapping_spans_cover_what_they_should(bounds: list[tuple[int, int]]) -> None:
    text = "".join(chr(ord("a") + i % 26) for i in range(30))
    spans = [Span(str(i), a, b) for i, (a, b) in enumerate(bounds) if a < b]
    parts = nested(text, spans)
    covered = list(_flat(parts))
    assert "".join(part for part, _ in covered) == text
    for span in spans:
        assert "".join(part for part, names in covered if span.name in names) == text[span.start : span.end]
        own = [piece for piece in _pieces(parts) if piece.name == span.name]
        assert [piece.first for piece in own] == [True] + [False] * (len(own) - 1)
        assert [piece.last for piece in own] == [False] * (len(own) - 1) + [True]


def test_spans_past_the_deepest_level_keep_their_place() -> None:
    spans = [Span(str(i), i, 40 - i) for i in range(15)]
    parts = nested("x" * 40, spans)
    assert {piece.name for piece in _pieces(parts)} == {span.name for span in spans}
    assert max(len(names) for _, names in _flat(parts)) == DEEPEST
    assert "".join(part for part, _ in _flat(parts)) == "x" * 40


def test_the_command_writes_a_page_a_document(
    read: Read, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = write_claims(read.claims, tmp_path / "claims.csv")
    with pytest.raises(SystemExit, match="0"):
        main(["review", str(ARTICLES), "--claims", str(claims), "-o", str(tmp_path / "out"), "--json"])
    report = json.loads(capsys.readouterr().out)
    assert [page["claims"] for page in report["pages"]] == [
        sum(c.doc == each.doc for c in read.claims) for each in read.documents
    ]
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == sorted(
        f"{each.doc}.html" for each in read.documents
    )
    one = ARTICLES / "south-caucasus-arms.md"
    with pytest.raises(SystemExit, match="0"):
        main(["review", str(one), "--claims", str(claims), "-o", str(tmp_path / "out")])
    assert "claims are from documents that were not named" in capsys.readouterr().out


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for given_, said in (
        (["nowhere.md", "-o", str(tmp_path / "o")], "there is no such file"),
        (
            [str(ARTICLES), "--claims", str(tmp_path / "none.csv"), "-o", str(tmp_path / "o")],
            "cannot be read",
        ),
    ):
        with pytest.raises(SystemExit) as left:
            main(["review", *given_])
        assert left.value.code == 2
        assert said in capsys.readouterr().err
    assert not (tmp_path / "o").exists()
