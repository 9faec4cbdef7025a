"""The page: self-contained, safe, consistent, the same every time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from multivector.desk import context as c
from multivector.desk.brief import render_brief, safe_link, write_brief
from multivector.desk.estimative import scale
from multivector.errors import ComputationError, StorageError

NASTY = '<script>alert("x")</script><img src=x onerror=alert(1)>&"\''
VOID = {"meta", "br", "hr", "img", "input", "link"}


class Page(HTMLParser):
    """Tags, attributes and running text; complains about tags that do not close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)


@pytest.fixture(scope="module")
def html(brief: c.BriefContext) -> str:
    return render_brief(brief)


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_every_tag_closes(page: Page) -> None:
    assert page.open == []


def test_nothing_is_loaded_and_nothing_runs(html: str, page: Page) -> None:
    assert not {"script", "iframe", "object", "embed", "link", "base", "form"} & {tag for tag, _ in page.tags}
    for tag, attributes in page.tags:
        assert not any(name.startswith("on") for name in attributes)
        assert "src" not in attributes
        for name in ("href", "xlink:href"):
            target = attributes.get(name) or "#"
            assert target.startswith("#") or (tag == "a" and target.startswith(("https://", "http://")))
    assert all(
        url.startswith("data:font/woff2") or url.startswith("#") for url in re.findall(r"url\(([^)]+)", html)
    )
    assert "@import" not in html


def test_the_policy_forbids_what_the_page_does_not_need(page: Page) -> None:
    policies = [a.get("content") for t, a in page.tags if t == "meta" and a.get("http-equiv")]
    assert len(policies) == 1
    assert "default-src 'none'" in str(policies[0])
    assert "script-src" not in str(policies[0])


def test_ids_are_unique_and_inner_links_lead_somewhere(page: Page) -> None:
    ids = [str(a["id"]) for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    inner = {str(a["href"])[1:] for _, a in page.tags if str(a.get("href", "")).startswith("#")}
    assert inner <= set(ids)


def test_no_missing_value_is_printed(page: Page) -> None:
    assert not re.search(r"\b(NaN|nan|None|null|undefined|inf)\b", " ".join(page.words))


def test_the_file_is_small(html: str) -> None:
    assert len(html.encode()) < 600_000


def test_the_same_context_gives_the_same_bytes(brief: c.BriefContext, html: str) -> None:
    assert render_brief(brief) == html


def test_what_a_reader_must_find_is_there(html: str, page: Page, brief: c.BriefContext) -> None:
    said = " ".join(page.words)
    for needed in (
        brief.title, brief.bottom_line, "Very likely", "In 1,240 of 2,000 runs", "Confidence in the analysis",
        "Russia supplied 94 percent", "characters 10–36", "supported", "No endorsement.", "invented numbers",
        "60% to", "flips", "0.0500", "Has not beaten every baseline.", "import multivector as mv",
    ):  # fmt: skip
        assert needed in said
    assert 'href="https://example.org/r"' in html


def test_the_word_stands_only_with_a_track_record(page: Page) -> None:
    said = " ".join(" ".join(page.words).split())
    start = said.index("J2 In 1,240")
    second = said[start : said.index("Sources", start)].lower()
    terms = {word for term in scale() for word in (term.term, term.alternative)}
    assert not any(re.search(rf"\b{word}\b", second) for word in terms)


def test_everything_from_documents_and_data_is_escaped(brief: c.BriefContext) -> None:
    judged = replace(brief.judgements[0], track=NASTY, confidence=c.Confidence("low", NASTY))
    row = c.CellRow(NASTY, NASTY, 1, 2, 3, "stated", NASTY, ("register",), NASTY, 0.5, NASTY)
    cells = c.Cells((c.CellGroup(NASTY, (row,), NASTY),), NASTY, NASTY)
    hostile = replace(
        brief, title=NASTY, question=NASTY, bottom_line=NASTY, region_title=NASTY, claims_note=NASTY,
        judgements=(judged,), meta=(c.MetaItem(NASTY, NASTY),), notices=(c.Notice(NASTY, NASTY),),
        claims=(replace(brief.claims[0], quote=NASTY, document=NASTY, speaker=NASTY, why=NASTY, computed=NASTY, dataset=NASTY),),
        assumptions=(replace(brief.assumptions[0], text=NASTY, status=NASTY, untested=NASTY),),
        sections=(c.Section("s", NASTY, (NASTY,), tables=(c.Table((NASTY,), ((NASTY,),), (), NASTY),), cells=cells),),
        assumption_figures=(replace(brief.assumption_figures[0], title=NASTY, caption=NASTY, reading=(NASTY,)),),
        sources=(replace(brief.sources[0], title=NASTY, publisher=NASTY, url="javascript:alert(1)", licence=NASTY),),
        manifest=((NASTY, NASTY),), reproduce=c.Reproduce(NASTY, NASTY), data_notes=(c.DataNote(NASTY, NASTY),),
        alternatives=(replace(brief.alternatives[0], statement=NASTY, data_say=NASTY),),
    )  # fmt: skip
    html = render_brief(hostile)
    page = Page(html)
    assert not {"script", "img"} & {tag for tag, _ in page.tags}
    assert not any(str(a.get("href", "")).startswith("javascript") for _, a in page.tags)
    assert " ".join(page.words).count('<script>alert("x")') > 33


def test_a_plain_string_is_no_picture(brief: c.BriefContext) -> None:
    """Only drawing functions make an Svg; text in a picture's place is escaped."""
    fake = replace(brief.assumption_figures[0], panels=("<svg onload=alert(1)></svg>",))
    assert "<svg onload" not in render_brief(replace(brief, assumption_figures=(fake,)))


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://www.sipri.org/x", True), ("http://example.org", True), ("javascript:alert(1)", False),
        ("JAVASCRIPT://example.org/%0aalert(1)", False), ("data:text/html,x", False), ("file:///etc/passwd", False),
        ("//example.org", False), ("sipri.org", False), ("https://", False), ("http://[", False), ("", False),
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(url: str, kept: bool) -> None:
    assert bool(safe_link(url)) is kept


def test_parts_that_are_empty_are_left_out(brief: c.BriefContext) -> None:
    bare = replace(
        brief, map=None, claims=(), assumptions=(), assumption_figures=(), alternatives=(), track=None,
        data_notes=(), judgements=(), sections=(c.Section("only", "Only this", with_map=True),),
    )  # fmt: skip
    html = render_brief(bare)
    for heading in (
        "Key judgements",
        "Claims checked",
        "Track record",
        "figure-map",
        "Alternatives considered",
    ):
        assert heading not in html
    assert "Only this" in html


@pytest.fixture(scope="module")
def cells() -> c.Cells:
    """The evidence of two stakeholders."""
    stated = c.CellRow(
        "position", "when", 20, 30, 50, "stated", "not before then", ("register",), "line 38", 0.7, "so 30"
    )
    assumed = c.CellRow("salience", "when", 0, 50, 100, "assumed")
    return c.Cells(
        (c.CellGroup("Alder", (stated, assumed), "a state"), c.CellGroup("Berun", (assumed,))), "Triangular."
    )


def alone(brief: c.BriefContext, cells: c.Cells) -> c.BriefContext:
    """A page on one issue: its section, and nothing that a brief on a scenario has."""
    table = c.Table(("A",), (("one",),))
    section = c.Section(
        "issue", "At the table", tables=(table, replace(table, rows=(("two",),))), cells=cells
    )
    return replace(
        brief,
        bottom_line="",
        region_title="",
        region_id="",
        region_version="",
        judgements=(),
        notices=(),
        map=None,
        claims=(),
        assumptions=(),
        assumption_figures=(),
        alternatives=(),
        track=None,
        data_notes=(),
        sections=(section,),
    )


def test_a_page_on_one_issue_has_nothing_empty(brief: c.BriefContext, cells: c.Cells) -> None:
    html = render_brief(alone(brief, cells))
    said = " ".join(" ".join(Page(html).words).split())
    for absent in ("Bottom line", "How likely", "How we say", "@", "Brief ·", "Key judgements"):
        assert absent not in said, absent
    assert said.index("one") < said.index("two") < said.index("The evidence behind each number")


def test_cells_are_folded_by_stakeholder_with_their_words_and_ground(
    brief: c.BriefContext, cells: c.Cells
) -> None:
    html = render_brief(alone(brief, cells))
    said = " ".join(" ".join(Page(html).words).split())
    assert html.count('<details class="folded cells">') == 2
    assert "Alder a state 1 stated, 1 assumed What" in said
    assert "30 (20 to 50) stated confidence 0.7 not before then S1 line 38 so 30" in said
    assert "50 (0 to 100) assumed nothing but judgement" in said
    signs = re.findall(r'class="verdict verdict-(\w+)"><svg.*?(class="solid"|/></svg>)', html, flags=re.S)
    assert [word for word, sign in signs if "solid" in sign] == ["stated"]  # full; assumed is an empty ring


def test_a_page_without_sources_has_no_table_of_them(brief: c.BriefContext, cells: c.Cells) -> None:
    bare = replace(alone(brief, replace(cells, groups=cells.groups[1:])), sources=())
    assert 'id="sources"' not in render_brief(bare)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"sources": ()}, "sections[issue].cells.groups[0].rows[0]: stated, but no source"),
        ({"quote": ""}, "stated, but no quote"),
        ({"sources": ("lost",)}, "'lost' is not among the brief's sources"),
        ({"low": 40}, "40 <= 30 <= 50 does not hold"),
        ({"confidence": float("nan")}, "is not a number"),
    ],
)
def test_a_cell_without_its_ground_is_refused(
    brief: c.BriefContext, cells: c.Cells, change: dict[str, Any], fault: str
) -> None:
    first, *others = cells.groups[0].rows
    groups = (replace(cells.groups[0], rows=(replace(first, **change), *others)),)
    with pytest.raises(ComputationError, match=re.escape(fault)):
        render_brief(alone(brief, replace(cells, groups=groups)))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda b: {"sources": ()}, "'register' is not among the brief's sources"),
        (lambda b: {"assumptions": ()}, "'A1' is not among the brief's assumptions"),
        (lambda b: {"claims": ()}, "'C1' is not among the brief's claims"),
        (lambda b: {"judgements": b.judgements[1:]}, "assumption A1: no judgement 'J1'"),
        (lambda b: {"judgements": (replace(b.judgements[0], sources=()), b.judgements[1])}, "numbers without a source"),
        (lambda b: {"judgements": (replace(b.judgements[0], low=0.9), b.judgements[1])}, "does not hold within 0 and 1"),
        (lambda b: {"judgements": (replace(b.judgements[0], p=float("nan")), b.judgements[1])}, "is not a number"),
        (lambda b: {"track": replace(b.track, rows=(replace(b.track.rows[0], n=0),))}, "a score of no cells"),
    ],
)  # fmt: skip
def test_a_context_that_does_not_hold_is_refused(
    brief: c.BriefContext, change: Callable[[c.BriefContext], dict[str, object]], fault: str
) -> None:
    with pytest.raises(ComputationError, match=re.escape(fault)):
        render_brief(replace(brief, **change(brief)))


def test_two_pictures_with_one_prefix_are_refused(brief: c.BriefContext) -> None:
    twice = replace(brief.assumption_figures[0], panels=brief.assumption_figures[0].panels * 2)
    with pytest.raises(ComputationError, match="tornado-title"):
        render_brief(replace(brief, assumption_figures=(twice,)))


def test_wide_things_scroll_or_stack(html: str, page: Page) -> None:
    """Static signs that a small page does not scroll sideways: tables are wrapped, pictures scale."""
    assert html.count("<table") == html.count('<div class="scroll"><table')
    assert all("viewBox" in a or "viewbox" in a for tag, a in page.tags if tag == "svg")
    assert not any(
        a.get("width", "").isdigit() and int(str(a["width"])) > 364
        for t, a in page.tags
        if t in {"svg", "table"}
    )
    style = html[html.index(":root") : html.index("</style>")]
    assert re.search(r"pre \{[^}]*overflow-x: auto", style)
    assert "@media print" in style


def test_verdicts_carry_a_sign_and_a_word(html: str) -> None:
    shown = re.findall(
        r'class="verdict [^"]+"><svg.*?<path[^>]*/>\s*</svg>(\w[\w ]*)</span>', html, flags=re.S
    )
    assert shown == ["supported"]


def test_the_file_is_written_whole(brief: c.BriefContext, html: str, tmp_path: Path) -> None:
    out = write_brief(brief, tmp_path / "briefs" / "preview.html")
    assert out.read_text(encoding="utf-8") == html
    assert [p.name for p in out.parent.iterdir()] == ["preview.html"]
    with pytest.raises(StorageError):
        write_brief(brief, out / "inside" / "a-file.html")
