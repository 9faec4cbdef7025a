"""Templates that read the quote: each with a claim that holds and one that does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from multivector.atlas import load_region
from multivector.evidence import Claim, check_claims
from multivector.evidence.checking.book import book_of
from multivector.evidence.checking.precision import stated_in
from multivector.evidence.checking.said import Said
from multivector.evidence.checking.units import base_of

FIGURE = Claim("f-1", "a.txt", "", "", 0, 1, "quantity", "", "", "states_figure", value_op="=")
DATE = Claim("d-1", "a.txt", "", "", 0, 1, "event", "", "", "states_date")


def _figure(quote, value, unit, year="", **about):
    return replace(FIGURE, quote=quote, value=str(value), unit=unit, date_start=year, date_end=year, **about)


def _date(quote, day=""):
    return replace(DATE, quote=quote, date_start=day, date_end=day)


@pytest.fixture
def word(central):
    def of(claim: Claim) -> str:
        [verdict] = check_claims([claim], central)
        return verdict.verdict

    return of


@pytest.mark.parametrize(
    ("quote", "unit", "year", "true", "wrong"),
    [
        ("Kazakhstan produced {} million tonnes of coal in 2023", "tonnes", "2023", 120e6, 90e6),
        ("Turkmenistan's gas output was {} billion cubic metres in 2023", "cubic metres", "2023", 84e9, 50e9),
        ("Kazakhstan pumped {} barrels of oil a day in 2023", "barrels", "2023", 1955000, 1200000),
        ("Kazakhstan mined {} percent of the world's uranium in 2023", "percent", "2023", 39, 60),
        ("Kyrgyzstan bought {} percent of its imports from China in 2023", "percent", "2023", 44, 20),
        ("China took {} percent of Turkmenistan's exports in 2023", "percent", "2023", 63, 30),
        ("Azerbaijan supplied {} percent of Georgia's gas imports in 2022", "percent", "2022", 79, 21),
        ("Kazakhstan's exports of goods were worth {} billion dollars in 2022", "USD", "2022", 84.6e9, 120e9),
        ("Kazakhstan's unemployment rate was {} percent in 2024", "percent", "2024", 4.8, 9.5),
        ("The BTC pipeline is {} kilometres long", "km", "", 1768, 2400),
        ("The BTC pipeline is {} miles long", "miles", "", 1099, 1500),
        ("The Middle Corridor carried {} tonnes in 2023", "tonnes", "2023", 2764000, 5000000),
        ("TANAP can carry {} bcm a year", "bcm", "", 16, 40),
        ("CPC carried {} percent of Kazakhstan's crude exports in 2022", "percent", "2022", 81, 40),
        ("{} percent of the oil that Kazakhstan exported crossed Russia", "percent", "2022", 94, 55),
        ("Serbia delivered {} Nora-B-52 howitzers to Azerbaijan", "howitzers", "", 24, 60),
        ("The second Karabakh war lasted {} days", "days", "", 44, 70),
    ],
)
def test_figures(word, quote, unit, year, true, wrong):
    assert word(_figure(quote.format(f"{true:g}"), f"{true:.10g}", unit, year)) == "supported"
    assert word(_figure(quote.format(f"{wrong:g}"), f"{wrong:.10g}", unit, year)) == "refuted"


@pytest.mark.parametrize(
    ("quote", "true", "wrong"),
    [
        ("The Baku-Tbilisi-Kars railway opened in {}", "2017", "2012"),
        ("Construction of the China-Kyrgyzstan-Uzbekistan railway began in {}", "2024", "2019"),
        ("Russia recognised Abkhazia and South Ossetia in {}", "2008", "2014"),
        ("Pakistan and Armenia established diplomatic relations in {}", "2025", "2019"),
        ("The European Union imposed sanctions on Uzbekistan in {}", "2005", "2011"),
        ("Kazakhstan and Uzbekistan signed the Treaty of Eternal Friendship in {}", "1998", "2006"),
        ("Hungary became an observer in the Organization of Turkic States in {}", "2018", "2012"),
        ("Georgia's departure from the CIS took effect in {}", "2009", "2004"),
        ("The four Swathi radars that Armenia bought from India were delivered in {}", "2021", "2018"),
        ("The second Karabakh war broke out in {}", "2020", "2018"),
    ],
)
def test_dates(word, quote, true, wrong):
    assert word(_date(quote.format(true), true)) == "supported"
    assert word(_date(quote.format(wrong), wrong)) in ("refuted", "partly")


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("Italy was Azerbaijan's best customer in 2023", "supported"),
        ("Türkiye was Azerbaijan's best customer in 2023", "refuted"),
        (
            "In the decade to 2020 Israel was second only to Russia among Azerbaijan's arms suppliers",
            "supported",
        ),
        (
            "In the decade to 2020 Russia was second only to Israel among Azerbaijan's arms suppliers",
            "refuted",
        ),
        ("China overtook Russia in 2023 as the leading source of Kazakhstan's imports", "supported"),
        ("Kazakhstan is the largest economy in Central Asia", "supported"),
        ("Kyrgyzstan has the largest population in Central Asia", "refuted"),
        ("China became the first state to recognise the Taliban government", "refuted"),
        ("Kazakhstan has not joined the sanctions against Russia", "supported"),
        ("Tajikistan is a full member of the Organization of Turkic States", "refuted"),
    ],
)
def test_ranks_and_relations(word, quote, found):
    assert word(_date(quote)) == found


def test_a_number_is_read_with_its_own_words(word):
    quote = "China bought 63 percent of Turkmenistan's exports in 2023 and Türkiye 11 percent"
    assert word(_figure(quote, 63, "percent", "2023")) == "supported"
    assert word(_figure(quote, 11, "percent", "2023")) == "supported"
    years = "Azerbaijan's crude output fell from 38.8 million tonnes in 2018 to 29.1 million tonnes in 2024"
    assert word(_figure(years, 38800000, "tonnes", "2018")) == "supported"
    assert word(_figure(years, 29100000, "tonnes", "2018")) == "supported"


@pytest.mark.parametrize(
    "quote",
    [
        "Growth came to 4.8 percent in Kazakhstan and 6.5 percent in Uzbekistan in 2024",
        "In 2024 Kazakhstan's economy grew by 4.8 percent and Uzbekistan's by 6.5 percent",
    ],
)
def test_two_states_in_a_sentence(word, quote):
    assert word(_figure(quote, 4.8, "percent", "2024")) == "supported"
    assert word(_figure(quote, 6.5, "percent", "2024")) == "supported"


def test_series_that_count_differently_are_both_named(central):
    [found] = check_claims(
        [_figure("The Middle Corridor carried 4.5 million tonnes in 2024", 4500000, "tonnes", "2024")],
        central,
    )
    assert found.verdict == "supported"
    assert "the sources differ" in found.why
    assert "3,300,000" in found.why


def test_the_largest_number_of_deliveries_is_not_a_contract(word):
    claim = replace(
        FIGURE, predicate="arms_contract_value", subject_code="IND", object_code="ARM", value="5", unit="USD"
    )
    assert word(claim) == "not checkable"


def test_was_a_member_in_a_year_is_not_joined_in_it(word):
    base = Claim(
        "m", "a", "", "Armenia was a member of the EAEU in 2018", 0, 9, "membership", "", "ARM", "member_of",
        object_code="EAEU", date_start="2018", date_end="2018",
    )  # fmt: skip
    assert word(base) == "supported"
    assert word(replace(base, quote="Armenia joined the EAEU in 2018")) == "partly"
    assert (
        word(
            replace(
                base, quote="Armenia was a member of the EAEU in 2010", date_start="2010", date_end="2010"
            )
        )
        == "refuted"
    )


@pytest.mark.parametrize(
    ("value", "number", "half"), [("94,0", 94.0, 0.05), ("94,000", 94000.0, None), ("94", 94.0, 0.5)]
)
def test_decimal_commas(value, number, half):
    claim = _figure("about that much", value, "percent")
    assert claim.number == number
    if half is not None:
        stated = stated_in(claim)
        assert stated is not None
        assert stated.tolerance == pytest.approx(half)


@pytest.mark.parametrize(
    ("unit", "base", "factor"),
    [
        ("Mt", "t", 1e6),
        ("bcm", "m3", 1e9),
        ("fifths", "percent", 20.0),
        ("GW", "MW", 1e3),
        ("carrots", "carrots", 1.0),
    ],
)
def test_units(unit, base, factor):
    assert base_of(unit) == (base, factor)


def test_names_in_the_quote_become_codes(central):
    said = Said(
        _figure("Kyrgyz imports from China through the Baku-Tbilisi-Kars railway", 1, ""), book_of(central)
    )
    assert said.text.startswith("<KGZ> imports from <CHN> through the Baku-Tbilisi-Kars")
    assert [route.code for route in said.routes] == ["BTK"]


def test_a_region_without_these_tables_says_so(request):
    archipelago = load_region(request.config.rootpath / "tests" / "regions" / "archipelago")
    claims = [
        _figure("Averia produced 5 tonnes of coal in 2023", 5, "tonnes", "2023"),
        _date("Averia recognised Belmaria in 2003", "2003"),
        _date("The Averian railway opened in 2003", "2003"),
    ]
    assert {v.verdict for v in check_claims(claims, archipelago)} == {"not checkable"}


@pytest.mark.parametrize(
    ("quote", "day", "found"),
    [
        (
            "The HQ-9 system that Azerbaijan received in 2025 had been bought from {}",
            "2025",
            ("Russia", "China"),
        ),
        ("Armenia bought its Akash air-defence systems from {}", "", ("Russia", "India")),
    ],
)
def test_another_supplier_than_reported(word, quote, day, found):
    wrong, true = found
    assert word(_date(quote.format(wrong), day)) == "refuted"
    assert word(_date(quote.format(true), day)) != "refuted"


@pytest.mark.parametrize(
    "quote",
    [
        "Armenia, which had long bought arms from Russia, received Akash systems in 2024",
        "Pakistan refused for decades to establish diplomatic relations with Armenia, but did so in August 2025",
        "Pakistan did not establish diplomatic relations with Armenia until August 2025",
        "The fighting between Kyrgyzstan and Tajikistan in 2022 did not become a full-scale war",
        "China and Russia are Kazakhstan's main partners, and Italy took some of its exports in 2023",
        "Turkmenistan is an associate, not a member, of the CIS",
    ],
)
def test_a_true_sentence_of_several_clauses_is_not_refuted(word, quote):
    day = {"2025": "2025-08", "2024": "2024", "2023": "2023", "2022": "2022"}.get(quote[-4:], "")
    assert word(_date(quote, day)) in ("supported", "not checkable")
