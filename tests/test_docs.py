"""README and docs are run: their Python blocks as they stand, their commands with what they should print."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import multivector
from multivector.desk.cli import main
from multivector.world.scenario import Scenario

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(page: Path, language: str) -> list[str]:
    return [body for kind, body in BLOCK.findall(page.read_text("utf-8")) if kind == language]


def test_the_python_of_the_readme_runs_in_a_new_interpreter(tmp_path):
    code = "\n".join(blocks(ROOT / "README.md", "python"))
    assert code
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Russia's share of Armenia's major arms, 2011-2020: 93.9%" in done.stdout


def test_the_python_of_the_model_page_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code = "\n".join(blocks(ROOT / "docs" / "model.md", "python"))
    assert code
    exec(compile(code, "model.md", "exec"), {"__name__": "__main__"})


def test_readme_commands_print_what_they_say(tmp_path, monkeypatch, capfd):
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    commands = [line for body in blocks(ROOT / "README.md", "console") for line in body.splitlines()]
    assert sum(line.startswith("$ ") for line in commands) >= 5
    printed = ""
    for line in commands:
        if line.startswith("$ "):
            words = shlex.split(line[2:])
            assert words[0] == "multivector"
            with pytest.raises(SystemExit) as left:
                main(words[1:])
            printed, said = capfd.readouterr()
            assert (left.value.code or 0) == (1 if words[1] == "check" else 0), said
            assert "Traceback" not in said
        else:
            assert line in printed


def test_the_example_scenario_of_the_docs_holds():
    (text,) = blocks(ROOT / "docs" / "scenario.md", "yaml")
    assert Scenario.model_validate(yaml.safe_load(text)).id == "grid-pause"


def test_every_link_of_the_readme_leads_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text("utf-8")):
        assert (ROOT / target).exists(), target


def test_every_page_of_the_docs_is_linked():
    readme = (ROOT / "README.md").read_text("utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        assert f"docs/{page.name}" in readme, page.name


def test_the_public_face_is_small_and_whole():
    assert len(multivector.__all__) <= 25
    for name in multivector.__all__:
        assert getattr(multivector, name) is not None
    with pytest.raises(AttributeError, match="multivector has no 'nothing'"):
        _ = multivector.nothing


def test_importing_prints_nothing_and_is_light():
    code = "import sys, multivector; print([m for m in ('jax', 'spacy', 'xarray', 'altair') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.replace("'", '"')) == []
    assert done.stderr == ""
