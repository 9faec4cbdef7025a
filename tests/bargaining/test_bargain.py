"""What a bargain is asked with: options, seed, days, models, and draws of the forecast block by block."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from multivector.bargaining import bargain as module
from multivector.bargaining.bargain import Bargain, bargain_over
from multivector.bargaining.calibration.calibrated import calibrated
from multivector.bargaining.models.registry import MODELS
from multivector.errors import InputError, IssueError

XML = """<?xml version="1.0" encoding="UTF-8"?><Scenario><name>Valley</name><desc>Water</desc><prngSeed>0x89B9</prngSeed>
<ModelParameters><VictoryProbModel>Square</VictoryProbModel><PCEModel>MarkovUniform</PCEModel>
<StateTransitions>Stochastic</StateTransitions><VotingRule>Proportional</VotingRule><BigRAdjust>No</BigRAdjust>
<BigRRange>Mid</BigRRange><ThirdPartyCommit>SemiCommit</ThirdPartyCommit><InterVecBrgn>S2P2</InterVecBrgn>
<BargnModel>InitOnlyInterp</BargnModel></ModelParameters><Dimensions><dName>Dams</dName></Dimensions><Actors>
<Actor><name>Upper</name><description>u</description><capability>100</capability>
<Position><dCoord>10</dCoord></Position><Salience><dSal>30</dSal></Salience></Actor>
<Actor><name>Lower</name><description>l</description><capability>60</capability>
<Position><dCoord>90</dCoord></Position><Salience><dSal>50</dSal></Salience></Actor></Actors></Scenario>"""


def cell(low: float, mode: float, high: float) -> dict[str, Any]:
    return {"low": low, "mode": mode, "high": high, "evidence": "assumed"}


def stored(folder: Path, dimensions: Any = ({"name": "x"},), **more: Any) -> Path:
    names = [each["name"] for each in dimensions]
    content = {
        "id": "lock",
        "title": "t",
        "question": "q",
        "as_of": "2024-02-29",
        "dimensions": list(dimensions),
        "stakeholders": [
            {
                "name": who,
                "capability": cell(5, 10, 20),
                "position": {name: cell(*at) for name in names},
                "salience": {name: cell(10, 20, 45) for name in names},
            }
            for who, at in (("upper", (0, 5, 30)), ("lower", (60, 80, 100)), ("boatmen", (20, 40, 70)))
        ],
    } | more
    path = folder / "lock.yaml"
    path.write_text(yaml.safe_dump(content), "utf-8")
    return path


def test_options_given_stand_over_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "valley.xml"
    path.write_text(XML, "utf-8")
    plain = bargain_over(path, seed=3)
    assert (plain.options.pce, plain.options.victory, plain.options.choice) == (
        "MarkovUniform",
        "Square",
        "Stochastic",
    )
    assert (plain.options.seed, plain.seed, plain.name) == (0x89B9, 3, "Valley")
    given = bargain_over(path, options={"PCEModel": "Conditional", "turns": 5})
    assert (given.options.pce, given.options.turns) == ("Conditional", 5)
    assert (given.options.victory, given.options.seed) == ("Square", 0x89B9)
    assert bargain_over(path, options={"seed": 4}).options.seed == 4
    assert given.chosen == {"PCEModel": "Conditional", "turns": 5}
    assert bargain_over(path, spread=10).issue.stakeholders[0].position["Dams"].width == 20


@pytest.mark.parametrize(
    ("as_of", "day"),
    [("2024-02-29", "2029-02-28"), ("2025-02-28", "2030-02-28"), ("2023-12-31", "2028-12-31")],
)
def test_the_day_is_five_years_on(tmp_path: Path, as_of: str, day: str) -> None:
    assert bargain_over(stored(tmp_path, as_of=as_of)).day == dt.date.fromisoformat(day)


def test_without_an_as_of_date_there_is_no_day(tmp_path: Path) -> None:
    with pytest.raises(IssueError, match=r"(?s)lock: has no as-of date.*write as_of"):
        _ = bargain_over(stored(tmp_path, as_of=None)).day


def test_models_are_those_that_say_something_of_the_issue(tmp_path: Path) -> None:
    one = bargain_over(stored(tmp_path))
    assert set(one.models) == set(MODELS) - {"exchange"}
    with pytest.raises(InputError, match=r"(?s)if nobody agrees.*reference_point"):
        one.model("nash")
    two = bargain_over(stored(tmp_path, [{"name": "x", "reference_point": 0}, {"name": "y"}]))
    assert set(two.models) == set(MODELS)  # Nash bargaining needs a reference point on every dimension
    both = bargain_over(
        stored(tmp_path, [{"name": "x", "reference_point": 0}, {"name": "y", "reference_point": 50}])
    )
    assert set(both.models) == {*MODELS, "nash"}


def test_a_forecast_pooled_in_blocks_is_that_pooled_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BLOCK", 40)
    bargain = bargain_over(stored(tmp_path), draws=110, seed=2)
    at_once = calibrated(bargain.drawn).pooled()
    np.testing.assert_allclose(bargain.forecast.cdf, at_once.cdf, atol=1e-12)
    assert bargain.forecast.cdf.shape == (1, 101)
    assert bargain.forecast.cdf[0, -1] == pytest.approx(1)


def test_the_record_speaks_for_legislation_of_one_dimension_alone(tmp_path: Path) -> None:
    assert bargain_over(stored(tmp_path, kind="eu-legislation")).outside == ""
    several = stored(tmp_path, [{"name": "x"}, {"name": "y"}], kind="eu-legislation")
    assert bargain_over(several).outside == "calibrated on issues of one dimension"
    assert "another kind" in bargain_over(stored(tmp_path)).outside


def test_only_a_question_of_when_has_dates(tmp_path: Path) -> None:
    marks = [
        {"at": 0, "means": "never", "never": {"low": 1, "mode": 1, "high": 1}},
        {"at": 50, "means": "late", "years": {"low": 5, "mode": 8, "high": 9}},
        {"at": 100, "means": "soon", "years": {"low": 1, "mode": 1, "high": 2}},
    ]
    where, when, agreed = (
        bargain_over(stored(tmp_path, [{"name": "x", "marks": given}], **more), draws=20)
        for given, more in (([], {}), (marks, {}), (marks, {"consent": ["lower"]}))
    )
    assert (where.waiting, where.readings) == ({}, ())
    assert list(when.waiting) == ["lottery", "effort"]
    assert list(agreed.waiting) == ["lottery", "effort", "consent"]
    assert when.quantity().name == "chance by 2029-02-28 (lottery)"
    assert agreed.quantity().name == "chance by 2029-02-28 (consent)"
    assert agreed.quantity("compromise").name == where.quantity().name == "compromise"
    assert where.quantity("smp").name == "smp-mean"


def test_a_dimension_is_found_by_its_name(tmp_path: Path) -> None:
    bargain: Bargain = bargain_over(stored(tmp_path, [{"name": "x"}, {"name": "y"}]))
    assert [bargain.dimension(name) for name in ("", "x", "y")] == [0, 0, 1]
    with pytest.raises(InputError, match=r"(?s)lock has no dimension 'z'.*take one of x, y"):
        bargain.dimension("z")
