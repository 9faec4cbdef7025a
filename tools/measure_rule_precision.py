"""Write how often each rule of the reader is right: column `precision` of `vocabulary/en/patterns.csv`.

    python tools/measure_rule_precision.py

With n the claims that a rule made on the texts that the rules were developed on, and k those of them that
agree with an annotated claim in span, pair of actors, family of the predicate and sign, the rule has

    precision = (k + 4 m) / (n + 4),    m = sum of k / sum of n over all rules

so that a rule that made few claims stands near the mean, and one that made none has m. The texts: the
annotated reference article and samples in ../shared, and the invented articles one to five. What was
measured on the texts of development flatters the rules; the ledger's curation corrects it.

Source: shrinkage of a share to the mean by pseudo-counts, Efron & Morris 1975, JASA 70:311-319.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from claim_scores import candidates, own_vocabulary
from multivector.atlas import Region, load_region
from multivector.evidence import Claim, read_claims, read_documents
from multivector.files import write_text_whole

WORTH = 4.0  # claims that the mean is worth
ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
INVENTED = ROOT / "tests" / "evidence" / "invented"
TABLE = ROOT / "src" / "multivector" / "evidence" / "vocabulary" / "en" / "patterns.csv"
_RULE = re.compile(r"rule ([^\s;,]+)")


def texts_of_development() -> Iterator[tuple[Path, Path]]:
    """Texts and their annotations."""
    articles, samples = SHARED / "articles", SHARED / "reading"
    yield articles / "fazl-e-haider-arms-race.txt", articles / "claims_fazl-e-haider.csv"
    yield samples / "dev_docs", samples / "dev_claims.csv"
    for name in ("one", "two", "three", "four", "five"):
        yield INVENTED / name / "text.txt", INVENTED / name / "claims.csv"


def count(region: Region) -> tuple[Counter[str], Counter[str]]:
    """Claims made and claims right, by rule."""
    made: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for text, table in texts_of_development():
        _, read = read_documents([text], region)
        pairs = candidates(read_claims(table), read, own_vocabulary())
        agreeing = {j for _, _, j, agreed in pairs if agreed.loose}
        made.update(rule_of(claim) for claim in read)
        right.update(rule_of(read[j]) for j in agreeing)
    return made, right


def rule_of(claim: Claim) -> str:
    """The rule that the claim's note names."""
    named = _RULE.match(claim.note)
    return named[1] if named else ""


def precisions(rules: list[str], made: Mapping[str, int], right: Mapping[str, int]) -> dict[str, float]:
    """(k + 4 m) / (n + 4) by rule."""
    mean = sum(right.get(r, 0) for r in rules) / sum(made.get(r, 0) for r in rules)
    return {r: (right.get(r, 0) + WORTH * mean) / (made.get(r, 0) + WORTH) for r in rules}


def main() -> None:
    """Measure, write the column, say what it holds."""
    rows = list(csv.DictReader(io.StringIO(TABLE.read_text(encoding="utf-8"))))
    rules = [row["id"] for row in rows]
    made, right = count(load_region())
    measured = precisions(rules, made, right)
    columns = [name for name in rows[0] if name != "precision"] + ["precision"]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, "precision": f"{measured[row['id']]:.2f}"} for row in rows)
    write_text_whole(TABLE, text.getvalue())
    claims, agree = sum(made[r] for r in rules), sum(right[r] for r in rules)
    print(
        f"{agree} of {claims} claims of {sum(made[r] > 0 for r in rules)} rules agree: mean {agree / claims:.2f}"
    )
    print(f"{len(rules)} rules: {min(measured.values()):.2f} to {max(measured.values()):.2f}")


if __name__ == "__main__":
    main()
