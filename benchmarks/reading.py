"""Speed and memory of the default reader: one JSON line each. Takes about ten minutes.

Documents of 1,000 words are put together from the sentences of the example articles. Each measurement is a
process of its own: what is timed is the reading of all documents and the writing of their claims, after
the model was loaded by a first document; workers' start-up counts. Nothing is asserted here.

    python benchmarks/reading.py [DOCUMENTS]
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lines import line

ARTICLES = Path(__file__).resolve().parents[1] / "examples" / "articles"
DOCUMENTS, WORDS = 1000, 1000


def main() -> None:
    """Make the documents, measure, print."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS
    with tempfile.TemporaryDirectory() as folder:
        many, few = Path(folder, "many"), Path(folder, "few")
        words = write_documents(many, number)
        write_documents(few, number // 10)
        one, two, small = measured(many, 1), measured(many, 2), measured(few, 1)
    print(line("read: default reader on one core", words / one["seconds"], "words/s", words=words))
    print(
        line(
            f"read: {number} documents of {WORDS} words on two processes",
            words / two["seconds"],
            "words/s",
            words / one["seconds"],
            "one process",
        )
    )
    print(
        line(
            f"read: peak memory at {number} documents", one["peak"], "MB", small["peak"], f"{number // 10} documents"
        )
    )  # fmt: skip


def write_documents(folder: Path, number: int) -> int:
    """Write so many documents; the number of their words."""
    folder.mkdir()
    prose = " ".join(
        text for path in sorted(ARTICLES.glob("*.md")) for text in path.read_text("utf-8").split("\n\n")[2:]
    )
    sentences = re.split(r"(?<=[.!?])\s+", prose)
    draw = random.Random(7)
    total = 0
    for index in range(number):
        text, count = "", 0
        while count < WORDS:
            sentence = draw.choice(sentences)
            count += len(sentence.split())
            text += sentence + ("\n\n" if draw.random() < 0.2 else " ")
        (folder / f"{index:04}.txt").write_text(text, "utf-8")
        total += count
    return total


def measured(folder: Path, processes: int) -> dict[str, float]:
    """Seconds and peak memory (MB) of reading a folder in a fresh process, each worker on one core."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, __file__, "--read", str(folder), str(processes)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def read_folder(folder: Path, processes: int) -> None:
    """Read a folder as `multivector read` does, and print the measures."""
    from multivector.atlas import load_region
    from multivector.evidence import read_documents, write_claims
    from multivector.evidence.documents.corpus import corpus_of
    from multivector.evidence.read_each import read_each
    from multivector.evidence.reading.gazetteer import Gazetteer
    from multivector.evidence.reading.reader import RuleReader

    region = load_region()
    read_documents(next(folder.iterdir()), region)
    reader = RuleReader(Gazetteer.from_table(region.table("gazetteer")))
    start = time.perf_counter()
    with corpus_of(folder) as corpus:
        claims = (claim for _, reading in read_each(corpus, reader, processes) for claim in reading.claims)
        write_claims(claims, folder.parent / "claims.csv")
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak": peak}))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        read_folder(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
