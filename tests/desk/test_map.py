"""The drawn map: complete, legible, safe, the same every time."""

from __future__ import annotations

import re
from datetime import date
from itertools import combinations
from xml.etree import ElementTree

import pytest

from multivector.desk.map import Choropleth, Tie, draw_map
from multivector.desk.mapdata import RegionMap
from multivector.desk.svg import Svg, text_width

SVG = "{http://www.w3.org/2000/svg}"
ON = date(2021, 12, 31)


def boxes(svg: str, size: float) -> dict[str, tuple[float, float, float, float]]:
    """The boxes of the words of one size, by word."""
    found = {}
    for node in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        if float(node.attrib["font-size"]) == size:
            words, x, y = node.text or "", float(node.attrib["x"]), float(node.attrib["y"])
            half = text_width(words, size, bold=True) / 2
            found[words] = (x - half, y - size, x + half, y + 0.2 * size)
    return found


def test_both_are_xml_with_a_title_and_a_description(maps: tuple[Svg, Svg]) -> None:
    for svg in maps:
        root = ElementTree.fromstring(svg)
        named = root.attrib["aria-labelledby"].split()
        words = {node.attrib["id"]: node.text for node in root if "id" in node.attrib}
        assert all(words[name] for name in named)


def test_every_state_is_drawn_and_named(
    maps: tuple[Svg, Svg], region_map: RegionMap, names: dict[str, str]
) -> None:
    for svg in maps:
        shown = {node.text for node in ElementTree.fromstring(svg).iter(f"{SVG}text")}
        assert {names[state] for state in region_map.file.states} <= shown
    assert maps[0].count('class="map-state"') == len(region_map.file.states)


def test_a_state_without_a_value_is_hatched_and_reads_not_scored(maps: tuple[Svg, Svg]) -> None:
    states = re.findall(r'<path class="map-state" fill="([^"]+)"[^>]*><title>([^<]+)', maps[0])
    hatched = [words for fill, words in states if fill == "url(#map-missing)"]
    assert hatched == ["Turkmenistan: Evenness not scored"]


@pytest.mark.parametrize(("which", "size"), [(0, 14.5), (1, 11.0)])
def test_names_of_states_do_not_overlap_and_stay_inside(
    maps: tuple[Svg, Svg], region_map: RegionMap, which: int, size: float
) -> None:
    frame, placed = region_map.frame(narrow=bool(which)), boxes(maps[which], size)
    assert len(placed) == len(region_map.file.states)
    for a, b in combinations(placed, 2):
        (l1, t1, r1, b1), (l2, t2, r2, b2) = placed[a], placed[b]
        assert r1 <= l2 or r2 <= l1 or b1 <= t2 or b2 <= t1, (a, b)
    for left, top, right, bottom in placed.values():
        assert left >= 0
        assert top >= 0
        assert right <= frame.width
        assert bottom <= frame.height


def test_ids_and_classes_carry_the_prefix(maps: tuple[Svg, Svg]) -> None:
    for svg in maps:
        assert all(name.startswith("map") for name in re.findall(r'(?:id|class)="([^"]+)"', svg))
        assert all(rule.startswith(".map-") for rule in re.findall(r"(?:<style>|})(\.[a-z-]+)", svg))


def test_the_narrow_map_borrows_only_what_the_wide_one_has(maps: tuple[Svg, Svg]) -> None:
    wide, narrow = maps
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', narrow))
    own = set(re.findall(r'id="([^"]+)"', narrow))
    assert used - own <= set(re.findall(r'id="([^"]+)"', wide))
    assert not own & set(re.findall(r'id="([^"]+)"', wide))


def test_links_are_as_wide_as_their_share(maps: tuple[Svg, Svg]) -> None:
    links = re.findall(
        r"<title>([^<]+ to [^<]+): (\d+)%</title>.*?class=\"map-tie\"[^>]*stroke-width=\"([\d.]+)", maps[0]
    )
    widths = {int(share): float(width) for _, share, width in links}
    assert sorted(widths) == [20, 30, 80, 90]
    assert widths[80] - widths[20] == pytest.approx(6 * (widths[30] - widths[20]), abs=0.5)


def test_names_are_escaped(region_map: RegionMap, choropleth: Choropleth) -> None:
    names = dict.fromkeys(region_map.file.states, "<script>alert(1)</script>")
    svg = draw_map(region_map, names, choropleth, [Tie("ARM", "RUS", 0.5, "<b>")], ON, title="A & <B>")
    assert "<script" not in svg
    assert "<b>" not in svg
    assert ElementTree.fromstring(svg).find(f"{SVG}title").text == "A & <B>"


def test_the_same_input_gives_the_same_bytes(
    region_map: RegionMap, names: dict[str, str], choropleth: Choropleth
) -> None:
    first, second = (draw_map(region_map, names, choropleth, [], ON, title="Arms") for _ in range(2))
    assert first == second


def test_the_description_says_what_is_hatched(maps: tuple[Svg, Svg]) -> None:
    description = ElementTree.fromstring(maps[0]).find(f"{SVG}desc").text or ""
    assert "Crimea" in description
    assert "Russia to Armenia 80%" in description


def test_a_bad_prefix_is_refused(region_map: RegionMap, choropleth: Choropleth) -> None:
    with pytest.raises(ValueError, match="cannot prefix"):
        draw_map(region_map, {}, choropleth, [], ON, title="Arms", prefix="9 lives")
