"""A claim's content is that of its number, however the number is written."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from multivector.evidence import Claim

CLAIM = Claim("c-1", "a.txt", "", "", 0, 1, "quantity", "", "", "gdp", unit="percent")
WRITTEN = ("{:.1f}", "{:.2f}", "{:.4f}", "{:,.1f}")


def _content(value: str) -> str:
    return replace(CLAIM, value=value).content


@given(st.integers(-9_999_999, 9_999_999).map(lambda n: n / 10))
def test_one_number_has_one_content(number):
    assert len({_content(form.format(number)) for form in WRITTEN}) == 1
    if abs(number) < 1000:
        assert _content(f"{number:.1f}".replace(".", ",")) == _content(f"{number:.1f}")


@given(st.floats(-1e12, 1e12), st.floats(-1e12, 1e12))
def test_two_numbers_have_two(one, other):
    assert (_content(repr(one)) == _content(repr(other))) == (one == other)


def test_a_decimal_comma_is_no_thousands():
    assert _content("94,0") == _content("94") != _content("940")
    assert _content("94,000") == _content("94000")
