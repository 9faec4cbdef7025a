"""The figure of the flow is drawn by the code that it shows."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from multivector.desk.flow_chart import flow_chart
from multivector.world.step import WORLD

FIGURE = Path(__file__).parents[2] / "docs" / "flow.svg"


def test_the_published_figure_is_what_the_world_is_now():
    """Mend: write what `flow_chart` gives into the file."""
    assert FIGURE.read_text("utf-8") == flow_chart(WORLD, "The world step")


def test_every_flow_stands_in_the_figure():
    words = " ".join(ElementTree.fromstring(flow_chart(WORLD, "a < b & c")).itertext())
    for writer, field, reader in WORLD.flow():
        assert writer in words
        assert field in words
        assert reader in words
    assert "a < b & c" in words
