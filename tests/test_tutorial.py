"""The tutorials are run as they stand: what they show is what is printed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from multivector.desk.cli import main

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    name: (ROOT / "docs" / f"{name}.md").read_text("utf-8")
    for name in ("tutorial-evidence", "tutorial-indices", "tutorial-bargaining", "composite", "bargaining")
}
WRITES = {
    "tutorial-evidence": "drafts/stakeholders.csv",
    "tutorial-indices": "asem/ranks.csv",
    "tutorial-bargaining": "weir.html",
    "composite": "asem/manifest.json",
    "bargaining": "positions.csv",
}
"""A file of each page's last steps."""
every_page = pytest.mark.parametrize("name", PAGES)


def console(page: str) -> list[tuple[str, list[str]]]:
    """Each command of the page with the lines that it shows."""
    steps: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^```console\n(.*?)^```", page, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                steps.append((line[2:], []))
            else:
                steps[-1][1].append(line)
    return steps


def code_of(command: str, shown: list[str]) -> int:
    """The exit code that the page's words give: 1 where data refute a claim, 2 for wrong input, else 0."""
    if shown and shown[0].startswith("wrong input: "):
        return 2
    return 1 if command.startswith("multivector check ") else 0


def pattern_of(shown: list[str]) -> str:
    """A line of three points stands for any lines, three points within a line for any words."""
    lines = [
        r"(?:.*\n)*?" if line == "..." else re.escape(line).replace(r"\.\.\.", ".*") + r"\n" for line in shown
    ]
    return "".join(lines)


def write_files(page: str, folder: Path) -> None:
    """The files that the page writes out: each block of data or YAML after a sentence that ends with its name."""
    for name, text in re.findall(
        r"`([\w.-]+)`:\n\n```(?:csv|yaml)\n(.*?)^```", page, re.MULTILINE | re.DOTALL
    ):
        (folder / name).write_text(text, "utf-8")


@pytest.fixture
def folder(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a reader of the page stands: the examples beside the files that the page writes out."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    write_files(PAGES[name], tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def typed(folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):
    """What a command prints, in that folder; our own run here, others in a shell."""
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")

    def run(command: str) -> tuple[int, str]:
        code: object
        if command.startswith("multivector "):
            with pytest.raises(SystemExit) as left:
                main(shlex.split(command)[1:])
            code = left.value.code or 0
        else:
            code = subprocess.run(["bash", "-c", command], check=False).returncode
        printed, said = capfd.readouterr()
        assert isinstance(code, int), code
        return code, printed + said

    return run


@every_page
def test_every_command_prints_what_the_page_shows(typed, folder: Path, name: str) -> None:
    steps = console(PAGES[name])
    assert steps
    for command, shown in steps:
        code, printed = typed(command)
        assert code == code_of(command, shown), (command, printed)
        assert re.fullmatch(pattern_of(shown), printed), (command, printed)
    assert (folder / WRITES[name]).is_file()


@every_page
def test_every_command_that_prints_shows_a_line_with_words(name: str) -> None:
    """Three points alone would accept any output; what shows nothing prints nothing."""
    assert all(any(re.search(r"\w", line) for line in shown) for _, shown in console(PAGES[name]) if shown)


@every_page
def test_the_python_of_the_page_runs(folder: Path, name: str) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```", PAGES[name], re.MULTILINE | re.DOTALL)
    exec(compile(code, f"{name}.md", "exec"), {"__name__": "__main__"})


@every_page
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", PAGES[name]):
        assert (ROOT / "docs" / target).exists(), target
