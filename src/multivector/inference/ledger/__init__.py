"""The forecast ledger: probabilities stored before the answer is known, and scored when data arrive.

forecast = make_forecast(region, parse_rule("gdp_growth KAZ 2026 above 4"), text=..., probability=0.6)
add_forecasts(path, [forecast])
resolve_by_data(path, region)
score(resolved(open_ledger(path)))
"""

from multivector.inference.ledger.book import Book, add_forecasts, open_ledger
from multivector.inference.ledger.by_data import Resolved, resolve_by_data
from multivector.inference.ledger.by_hand import make_forecast, resolve_by_hand
from multivector.inference.ledger.entry import Forecast, Resolution, Runs
from multivector.inference.ledger.rule import NumberRule, Rule, StatusRule, parse_rule
from multivector.inference.ledger.score import Score, Scored, resolved, score

__all__ = [
    "Book",
    "Forecast",
    "NumberRule",
    "Resolution",
    "Resolved",
    "Rule",
    "Runs",
    "Score",
    "Scored",
    "StatusRule",
    "add_forecasts",
    "make_forecast",
    "open_ledger",
    "parse_rule",
    "resolve_by_data",
    "resolve_by_hand",
    "resolved",
    "score",
]
