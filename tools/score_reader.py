"""Print how well the reader reads: the annotated reference article and the invented ones.

    python tools/score_reader.py [--kept-apart] [--plover [--half even|odd|all]]

For each article: recall and precision of spans; of all annotated claims the share that is loosely right (pair,
family, sign) and strictly (pair, predicate, value, sign); recall and precision of numbers (value and unit); and,
of the texts that the rules were developed on, what is missed most. Where ../shared is there its scorer gives
the numbers. Run --kept-apart and --half odd seldom, and look at no miss: what is kept apart tells how well an
article is read that nobody has seen, until rules are written for it.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from claim_scores import matches, own_vocabulary, score, score_figures
from multivector.atlas import Region, load_region
from multivector.evidence import Claim, read_claims, read_documents, write_claims
from multivector.evidence.reading.gazetteer import Gazetteer
from plover_scores import HALVES, plover_shares

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
INVENTED = ROOT / "tests" / "evidence" / "invented"
WORST = 3


@dataclass(frozen=True, slots=True)
class Article:
    """A text and its annotation; `open` where the rules were developed on it, so that misses may be shown."""

    name: str
    text: Path
    annotation: Path
    open: bool


def articles(*, kept_apart: bool = False) -> Iterator[Article]:
    """What there is to score."""
    folder = SHARED / "articles"
    if folder.is_dir():
        yield Article(
            "fazl-e-haider",
            folder / "fazl-e-haider-arms-race.txt",
            folder / "claims_fazl-e-haider.csv",
            open=True,
        )
        if kept_apart:
            text, table = folder / "astana-times-middle-power.txt", folder / "claims_astana-times.csv"
            yield Article("astana-times", text, table, open=False)
    for name in ("one", "two", "three", "four", "five", "six", "seven"):
        here = INVENTED / name
        yield Article(name, here / "text.txt", here / "claims.csv", open=name not in ("six", "seven"))


def rates(annotation: Path, read: Sequence[Claim]) -> dict[str, float]:
    """Recall, precision, loose and strict: by the reference scorer where it is there, else by our own."""
    if not SHARED.is_dir():
        return score(read_claims(annotation), read).rates
    with tempfile.TemporaryDirectory() as folder:
        return reference_rates(annotation, write_claims(read, Path(folder) / "read.csv"), SHARED)


def reference_rates(annotation: Path, read: Path, shared: Path) -> dict[str, float]:
    """What the reference scorer says of a file of claims."""
    tool, vocabulary = (shared / "reading" / name for name in ("score_claims.py", "ontology_predicates.csv"))
    command = [sys.executable, str(tool), str(annotation), str(read), str(vocabulary)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    first = {name: float(re.findall(rf"{name} ([\d.]+)", said)[0]) for name in ("recall", "precision")}
    return first | {
        name: float(re.findall(rf"{name} \(.*?\) ([\d.]+)", said)[0]) for name in ("loose", "strict")
    }


def misses(annotated: Sequence[Claim], read: Sequence[Claim]) -> tuple[Counter[str], Counter[str]]:
    """Annotated claims that are not loosely right: how many by reason, and by family, predicate and reason.

    Of a matched claim the reason is the first that holds: family wrong, pair wrong, sign wrong.
    """
    vocabulary = own_vocabulary()
    found = matches(annotated, read)
    reasons: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for place, claim in enumerate(annotated):
        agreed = found[place][1] if place in found else None
        if agreed is not None and agreed.loose:
            continue
        if agreed is None:
            reason = "no span"
        elif not agreed.family:
            reason = "family wrong"
        else:
            reason = "sign wrong" if agreed.pair else "pair wrong"
        reasons[reason] += 1
        kinds[f"{vocabulary[claim.predicate][0]}/{claim.predicate}: {reason}"] += 1
    return reasons, kinds


def show(article: Article, region: Region) -> None:
    """Score one article and print it."""
    _, read = read_documents([article.text], region)
    annotated = read_claims(article.annotation)
    found = rates(article.annotation, read)
    recall, precision = score_figures(annotated, read)
    cells = [*found.values(), recall, precision]
    print(f"{article.name:14}{len(annotated):6}{len(read):6}" + "".join(f"{cell:10.3f}" for cell in cells))
    if article.open:
        for counted in misses(annotated, read):
            print("    " + "; ".join(f"{kind} {n}" for kind, n in counted.most_common(WORST)))


def main() -> None:
    """Score what is asked for."""
    parser = argparse.ArgumentParser(description="How well the reader reads.")
    parser.add_argument(
        "--kept-apart", action="store_true", help="also the article kept apart from development"
    )
    parser.add_argument("--plover", action="store_true", help="also the sentences of PLOVER's gold standard")
    parser.add_argument("--half", choices=HALVES, default="even", help="which of them (default: even)")
    asked = parser.parse_args()
    region = load_region()
    heads = ("recall", "precision", "loose", "strict", "figures", "precision")
    print(f"{'article':14}{'marked':>6}{'read':>6}" + "".join(f"{head:>10}" for head in heads))
    for article in articles(kept_apart=asked.kept_apart):
        show(article, region)
    if asked.plover:
        table = SHARED / "reading" / "gold" / "gold_plover_events.csv"
        if not table.is_file():
            sys.exit(f"the sentences are not here: {table}")
        shares = plover_shares(table, Gazetteer.from_table(region.table("gazetteer")), asked.half)
        for way, each in shares.items():
            print(
                f"PLOVER, {asked.half}, {each.sentences} sentences, {way}: "
                f"source {each.source:.3f}, target {each.target:.3f}, both {each.both:.3f}"
            )


if __name__ == "__main__":
    main()
