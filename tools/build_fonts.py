"""Cut the brief's fonts from their npm packages.

    npm pack @fontsource-variable/inter@5.3.0 @fontsource/source-serif-4@5.3.1
    python tools/build_fonts.py fontsource-variable-inter-5.3.0.tgz fontsource-source-serif-4-5.3.1.tgz

Needs fonttools and brotli, which the project itself does not depend on. Writes into
src/multivector/desk/assets/fonts:

- inter-latin.woff2, inter-latin-ext.woff2: Inter (no reserved font name), weights 400 to 700; the second
  holds only the letters that names in Latin script need beside Latin-1.
- inter-400.ttf, inter-600.ttf: the same letters for vl-convert, which measures text but reads no WOFF2.
- source-serif-4-600.woff2: the package's file, unaltered ('Source' is a reserved font name).
- the two OFL licence files.
"""

from __future__ import annotations

import sys
import tarfile
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

OUT = Path(__file__).resolve().parents[1] / "src/multivector/desk/assets/fonts"
EXTENDED = "ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīİĶķĻļĽľŁłŃńŅņŇňŌōŐőŘřŚśŞşŠšŢţŤťŪūŮůŰűŹźŻżŽžƏəǦǧȘșȚțʼʿẒẓḤḥṢṣ"


def member(package: Path, name: str) -> bytes:
    """One file of an npm package."""
    with tarfile.open(package) as archive:
        file = archive.extractfile(f"package/{name}")
        if file is None:
            raise SystemExit(f"{package}: no file {name}")
        return file.read()


def cut(font: TTFont, letters: str) -> TTFont:
    """Keep `letters` and the features that tables of figures need."""
    options = Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "calt"]
    options.hinting = False
    options.drop_tables += ["MVAR"]
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    return font


def main(inter: Path, serif: Path) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    latin = member(inter, "files/inter-latin-wght-normal.woff2")
    extended = member(inter, "files/inter-latin-ext-wght-normal.woff2")
    plain = "".join(map(chr, TTFont(BytesIO(latin)).getBestCmap()))
    for name, data, letters in (("latin", latin, plain), ("latin-ext", extended, EXTENDED)):
        font = instantiateVariableFont(cut(TTFont(BytesIO(data)), letters), {"wght": (400, 400, 700)})
        font.flavor = "woff2"
        font.save(OUT / f"inter-{name}.woff2")
    for weight in (400, 600):
        font = instantiateVariableFont(cut(TTFont(BytesIO(latin)), plain), {"wght": weight})
        font.flavor = None
        font.save(OUT / f"inter-{weight}.ttf")
    (OUT / "source-serif-4-600.woff2").write_bytes(
        member(serif, "files/source-serif-4-latin-600-normal.woff2")
    )
    (OUT / "LICENSE-inter.txt").write_bytes(member(inter, "LICENSE"))
    notice = TTFont(BytesIO(member(serif, "files/source-serif-4-latin-600-normal.woff2")))["name"]
    (OUT / "LICENSE-source-serif-4.txt").write_text(
        f"{notice.getDebugName(0)}\n\n{member(serif, 'LICENSE').decode()}", encoding="utf-8"
    )
    for path in sorted(OUT.iterdir()):
        print(f"{path.stat().st_size:>7} {path.name}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
