"""The tables of VAT and GST rates: form, sources, no gap and no overlap, and every change of the EU and GB."""

import re
from datetime import date
from itertools import pairwise

import pytest

from billingcore._facts import vat_rates, vat_rates_world, vat_territories
from billingcore._facts.countries import COUNTRIES
from billingcore._facts.eu_membership import MEMBERS
from billingcore.sourced import Confidence, Sourced
from samples import ONE_DAY

EU_AND_GB = vat_rates.ROWS
WORLD = vat_rates_world.ROWS
TERRITORIES = vat_territories.ROWS

CHANGES = """
country day         before after
CY      2000-07-01  8      10
CY      2002-07-01  10     13
CY      2003-01-01  13     15
CY      2012-03-01  15     17
CY      2013-01-14  17     18
CY      2014-01-13  18     19
CZ      2004-05-01  22     19
CZ      2010-01-01  19     20
CZ      2013-01-01  20     21
DE      2007-01-01  16     19
DE      2020-07-01  19     16
DE      2021-01-01  16     19
EE      2009-07-01  18     20
EE      2024-01-01  20     22
EE      2025-07-01  22     24
ES      2010-07-01  16     18
ES      2012-09-01  18     21
FI      2010-07-01  22     23
FI      2013-01-01  23     24
FI      2024-09-01  24     25.5
FR      2000-04-01  20.6   19.6
FR      2014-01-01  19.6   20
GB      2008-12-01  17.5   15
GB      2010-01-01  15     17.5
GB      2011-01-04  17.5   20
GR      2005-04-01  18     19
GR      2010-03-15  19     21
GR      2010-07-01  21     23
GR      2016-06-01  23     24
HR      2009-08-01  22     23
HR      2012-03-01  23     25
HU      2006-01-01  25     20
HU      2009-07-01  20     25
HU      2012-01-01  25     27
IE      2001-01-01  21     20
IE      2002-03-01  20     21
IE      2008-12-01  21     21.5
IE      2010-01-01  21.5   21
IE      2012-01-01  21     23
IE      2020-09-01  23     21
IE      2021-03-01  21     23
IT      2011-09-17  20     21
IT      2013-10-01  21     22
LT      2009-01-01  18     19
LT      2009-09-01  19     21
LU      2015-01-01  15     17
LU      2023-01-01  17     16
LU      2024-01-01  16     17
LV      2009-01-01  18     21
LV      2011-01-01  21     22
LV      2012-07-01  22     21
MT      2004-01-01  15     18
NL      2001-01-01  17.5   19
NL      2012-10-01  19     21
PL      2011-01-01  22     23
PT      2002-06-05  17     19
PT      2005-07-01  19     21
PT      2008-07-01  21     20
PT      2010-07-01  20     21
PT      2011-01-01  21     23
RO      2010-07-01  19     24
RO      2016-01-01  24     20
RO      2017-01-01  20     19
RO      2025-08-01  19     21
SI      2002-01-01  19     20
SI      2013-07-01  20     22
SK      2003-01-01  23     20
SK      2004-01-01  20     19
SK      2011-01-01  19     20
SK      2025-01-01  20     23
"""
CHANGES = [tuple(line.split()) for line in CHANGES.split("\n")[2:-1]]

TODAY = {
    "AT": "20",
    "BE": "21",
    "BG": "20",
    "CY": "19",
    "CZ": "21",
    "DE": "19",
    "DK": "25",
    "EE": "24",
    "ES": "21",
    "FI": "25.5",
    "FR": "20",
    "GB": "20",
    "GR": "24",
    "HR": "25",
    "HU": "27",
    "IE": "23",
    "IT": "22",
    "LT": "21",
    "LU": "17",
    "LV": "21",
    "MT": "18",
    "NL": "21",
    "PL": "23",
    "PT": "23",
    "RO": "21",
    "SE": "25",
    "SI": "22",
    "SK": "23",
}


def percent(text):
    """Give a rate in percent, with one digit at most, in parts per million."""
    whole, _, tenth = text.partition(".")
    return int(whole) * 10_000 + int(tenth or 0) * 1_000


def holding(rows, day):
    day = day.isoformat()
    return [row for row in rows if (row[1] or "") <= day and (row[2] is None or day < row[2])]


def rate_on(rows, day):
    (row,) = holding(rows, day)
    return row[0]


def places():
    """Give each whole country and each part of one, with its rows."""
    for table in (EU_AND_GB, WORLD):
        yield from table.items()
    for country, rows in TERRITORIES.items():
        for part in dict.fromkeys((row[8], row[9], row[10]) for row in rows):
            yield f"{country}: {part[2]}", [row for row in rows if row[8:11] == part]


@pytest.mark.parametrize(("country", "day", "before", "after"), CHANGES)
def test_each_change_happens_on_its_day(country, day, before, after):
    day = date.fromisoformat(day)
    assert rate_on(EU_AND_GB[country], day - ONE_DAY) == percent(before)
    assert rate_on(EU_AND_GB[country], day) == percent(after)


def test_the_list_of_changes_is_complete():
    ours = {(country, row[1]) for country, rows in EU_AND_GB.items() for row in rows[1:]}
    assert {(country, day) for country, day, _, _ in CHANGES} == ours


def test_the_rates_on_the_checked_on_day():
    today = date.fromisoformat(vat_rates.CHECKED_ON)
    ours = {country: rate_on(rows, today) for country, rows in EU_AND_GB.items()}
    assert ours == {country: percent(rate) for country, rate in TODAY.items()}


@pytest.mark.parametrize(
    ("country", "first_day", "last_day", "rate", "around"),
    [
        ("DE", date(2020, 7, 1), date(2020, 12, 31), "16", "19"),  # the cut of the second half of 2020
        ("IE", date(2020, 9, 1), date(2021, 2, 28), "21", "23"),  # missing in kdeldycke/vat-rates and in GOBL
        ("LU", date(2023, 1, 1), date(2023, 12, 31), "16", "17"),
        ("GB", date(2008, 12, 1), date(2009, 12, 31), "15", "17.5"),
    ],
)
def test_a_temporary_cut_ends_after_its_last_day(country, first_day, last_day, rate, around):
    rows = EU_AND_GB[country]
    days = [first_day - ONE_DAY, first_day, last_day, last_day + ONE_DAY]
    assert [rate_on(rows, day) for day in days] == [percent(around), percent(rate), percent(rate), percent(around)]


def test_estonia_raised_its_rate_twice_in_two_years():
    # 20 % to the end of 2023, 22 % for a year and a half, then 24 %.
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2025, 6, 30), date(2025, 7, 1)]
    assert [rate_on(EU_AND_GB["EE"], day) for day in days] == [200_000, 220_000, 220_000, 240_000]


def test_the_tables_cover_the_eu_and_gb_and_countries_outside():
    assert set(EU_AND_GB) == set(MEMBERS)
    assert not set(EU_AND_GB) & set(WORLD)
    assert set(WORLD) - COUNTRIES == {"XK"}
    assert set(TERRITORIES) <= COUNTRIES


@pytest.mark.parametrize("country", sorted(MEMBERS))
def test_members_have_a_rate_on_every_day_since_2004_05_01_or_their_accession(country):
    start = max(date(2004, 5, 1), date.fromisoformat(MEMBERS[country][0]))
    assert EU_AND_GB[country][0][1] <= start.isoformat()
    assert EU_AND_GB[country][-1][2] is None  # and no gap: see below


@pytest.mark.parametrize(("place", "rows"), list(places()), ids=lambda value: value if type(value) is str else "")
def test_rows_of_a_place_follow_each_other_without_gap_or_overlap(place, rows):
    for earlier, later in pairwise(rows):
        assert earlier[2] == later[1], "there is no place with a gap, so none is listed"
    assert rows[-1][2] is None
    assert all(row[1] is not None for row in rows[1:])


@pytest.mark.parametrize(("place", "rows"), list(places()), ids=lambda value: value if type(value) is str else "")
def test_rows_are_sourced_and_dated(place, rows):
    for rate, since, until, name, source, confidence, note in (row[:7] for row in rows):
        assert type(rate) is int
        assert 0 <= rate <= 1_000_000
        assert rate % 100 == 0  # a hundredth of a percent is the finest step of any law here
        assert all(type(text) is str and text == text.strip() for text in (name, source, note))
        assert name
        assert confidence in {"high", "medium", "low"} or (place, since) == ("PT: Madeira", "2011-01-01")
        first = date.fromisoformat(since) if since else date.min
        # The row can become a fact: this checks the days, the source and the confidence once more.
        end = date.fromisoformat(until) if until else None
        Sourced(rate, first, end, source, date(2026, 11, 23), Confidence(confidence), note)


def test_first_days_are_known_in_the_eu_and_gb():
    assert all(row[1] for rows in EU_AND_GB.values() for row in rows)


def test_columns_of_the_world_hold_known_words():
    b2b = {
        "charged",
        "charged_once_registered",
        "charged_unless_supplier_is_b2b_only",
        "not_charged",
        "psp_or_buyer_withholds",
        "reverse_charge",
        "reverse_charge_only_if_business_only_service",
        "unknown",
    }
    for country, rows in WORLD.items():
        assert len({row[9:] for row in rows}) == 1, "these columns speak of the country, not of a rate"
        for tax_type, digital, nonresident_from, cross_border, in_area, unverified, regime, sure in (
            row[7:] for row in rows
        ):
            assert tax_type in {"VAT", "GST", "JCT", "SST", "OTHER", "NONE", "OUTSIDE_EU_VAT"}, country
            assert digital is None or 0 <= digital <= 1_000_000
            assert nonresident_from is None or date.fromisoformat(nonresident_from)
            assert cross_border in b2b
            assert in_area in {"yes", "no"}
            assert unverified is None or (date.fromisoformat(unverified) and nonresident_from is None)
            assert type(regime) is type(sure) is bool
            assert regime or (nonresident_from is None and unverified is None)
        if rows[-1][7] == "NONE":
            assert rows[-1][0] == 0
    assert [country for country, rows in WORLD.items() if rows[-1][11] == "yes"] == ["MC"]


@pytest.mark.parametrize(
    ("country", "day", "rate"),
    [
        ("CH", date(2023, 12, 31), "7.7"),
        ("CH", date(2024, 1, 1), "8.1"),
        ("LI", date(2024, 1, 1), "8.1"),
        ("NO", date(2026, 1, 1), "25"),
        ("JP", date(2019, 9, 30), "8"),
        ("JP", date(2019, 10, 1), "10"),
        ("SG", date(2023, 12, 31), "8"),
        ("SG", date(2024, 1, 1), "9"),
        ("SA", date(2020, 6, 30), "5"),
        ("SA", date(2020, 7, 1), "15"),
        ("AU", date(2026, 1, 1), "10"),
        ("NZ", date(2026, 1, 1), "15"),
        ("IN", date(2026, 1, 1), "18"),
        ("ZA", date(2018, 3, 31), "14"),
        ("ZA", date(2018, 4, 1), "15"),
        ("TR", date(2023, 7, 9), "18"),
        ("TR", date(2023, 7, 10), "20"),
        ("IM", date(2026, 1, 1), "20"),
        ("MC", date(2013, 12, 31), "19.6"),
        ("HK", date(2026, 1, 1), "0"),
    ],
)
def test_a_country_of_the_world_has_its_rate_on_a_day(country, day, rate):
    assert rate_on(WORLD[country], day) == percent(rate)


def territory_of(country, postal_code):
    names = {row[10] for row in TERRITORIES.get(country, ()) if row[9] and re.fullmatch(row[9], postal_code)}
    assert len(names) <= 1, "a postal code lies in one territory"
    return names.pop() if names else None


@pytest.mark.parametrize(
    ("country", "postal_code", "name"),
    [
        ("ES", "35001", "Canary Islands"),
        ("ES", "38670", "Canary Islands"),
        ("ES", "28001", None),
        ("ES", "51001", "Ceuta"),
        ("DE", "78266", "Büsingen am Hochrhein"),
        ("DE", "78267", None),
        ("DE", "27498", "Heligoland"),
        ("DE", "27499", None),
        ("IT", "23041", "Livigno"),
        ("IT", "23030", None),  # old and shared: in AMBIGUOUS_POSTAL
        ("IT", "22061", "Campione d'Italia"),
        ("FR", "97110", "Guadeloupe"),
        ("FR", "97133", "Saint-Barthélemy"),
        ("FR", "97150", "Saint-Martin"),
        ("FR", "98000", "Monaco (French post code)"),
        ("FR", "98800", "New Caledonia"),
        ("FR", "75001", None),
        ("FR", "20000", "Corsica"),
        ("PT", "9000-001", "Madeira"),
        ("PT", "9500-001", "Azores"),
        ("PT", "9500", "Azores"),
        ("PT", "1000-001", None),
        ("GB", "BT1 1AA", "Northern Ireland (services)"),
        ("GB", "BT11AA", "Northern Ireland (services)"),
        ("GB", "IM1 1AA", "Isle of Man (UK-style post code)"),
        ("GB", "IGHJ987ERT35", None),  # a code that only begins like one
        ("GB", "BF1 2AT", "Akrotiri and Dhekelia (forces post)"),
        ("GB", "SW1A 1AA", None),
        ("AT", "6691", "Jungholz"),
        ("AT", "6900", None),  # Bregenz: the state around Mittelberg is not in the territory
        ("FI", "22100", "Åland Islands"),
        ("FI", "00100", None),
        ("GR", "63086", "Mount Athos"),
        ("DK", "3900", "Greenland"),
    ],
)
def test_a_postal_code_lies_in_its_territory(country, postal_code, name):
    assert territory_of(country, postal_code) == name


def test_territories_are_found_by_a_subdivision_or_a_postal_code_in_ascii():
    for country, rows in TERRITORIES.items():
        for tax_type, subdivisions, pattern, name, in_area in (row[7:] for row in rows):
            assert subdivisions or pattern, name
            assert all(re.fullmatch(rf"{country}-[0-9A-Z]{{1,3}}", code) for code in subdivisions)
            assert pattern is None or (pattern.isascii() and r"\d" not in pattern)
            assert tax_type in {"VAT", "GST", "OTHER", "NONE", "OUTSIDE_EU_VAT"}
            assert in_area in {"yes", "no", "goods_only"}


def test_a_subdivision_that_decides_is_the_territory_and_not_a_state_around_it():
    # Baden-Württemberg is not Büsingen: its buyers would pay no VAT.
    deciding = {code for rows in TERRITORIES.values() for row in rows for code in row[8]}
    assert not deciding & {"AT-7", "AT-8", "DE-BW", "DE-SH", "IT-CO", "IT-SO"}


def test_a_subdivision_lies_in_one_territory():
    owners = {(code, row[10]) for rows in TERRITORIES.values() for row in rows for code in row[8]}
    assert len({code for code, _ in owners}) == len(owners)


def test_ambiguous_postal_codes_lie_in_no_territory():
    for country, pairs in vat_territories.AMBIGUOUS_POSTAL.items():
        for code, remedy in pairs:
            assert territory_of(country, code) is None
            assert "ask" in remedy


@pytest.mark.parametrize(
    ("country", "subdivision", "day", "rate"),
    [
        ("PT", "PT-20", date(2021, 6, 30), "18"),
        ("PT", "PT-20", date(2021, 7, 1), "16"),  # several public tables still print 18
        ("PT", "PT-30", date(2012, 3, 31), "16"),
        ("PT", "PT-30", date(2012, 4, 1), "22"),
        ("ES", "ES-GC", date(2019, 12, 31), "6.5"),
        ("ES", "ES-TF", date(2020, 1, 1), "7"),
        ("GB", "GB-NIR", date(2010, 12, 31), "17.5"),
        ("GB", "GB-NIR", date(2021, 1, 1), "20"),
        ("FI", "FI-01", date(2026, 1, 1), "0"),
        ("GR", "GR-L", date(2026, 1, 1), "24"),
    ],
)
def test_a_territory_has_its_rate_on_a_day(country, subdivision, day, rate):
    assert rate_on([row for row in TERRITORIES[country] if subdivision in row[8]], day) == percent(rate)


@pytest.mark.parametrize(
    ("country", "name", "followed"),
    [
        ("GB", "Northern Ireland (services)", EU_AND_GB["GB"]),
        ("GB", "Isle of Man (UK-style post code)", WORLD["IM"]),
        ("FR", "Monaco (French post code)", WORLD["MC"]),
        ("CH", "Büsingen am Hochrhein (Swiss post code)", WORLD["CH"]),
    ],
)
def test_territories_that_follow_a_country_have_its_rates(country, name, followed):
    assert [row[:3] for row in TERRITORIES[country] if row[10] == name] == [row[:3] for row in followed]


def test_places_that_have_two_addresses_have_one_current_rate():
    def now(country, name):
        return [row for row in TERRITORIES[country] if row[10].startswith(name)][-1][0]

    assert now("CH", "Campione") == now("IT", "Campione") == WORLD["CH"][-1][0]
    assert now("AT", "Jungholz") == now("DE", "Jungholz") == now("AT", "Mittelberg") == now("DE", "Mittelberg")
    codes = {"FR-971": "GP", "FR-972": "MQ", "FR-973": "GF", "FR-974": "RE", "FR-976": "YT", "FR-BL": "BL"}
    for subdivision, country in codes.items():
        rows = [row for row in TERRITORIES["FR"] if subdivision in row[8]]
        assert [row[:3] for row in rows] == [row[:3] for row in WORLD[country]]


@pytest.mark.parametrize("module", [vat_rates, vat_rates_world, vat_territories])
def test_tables_name_their_edition_and_the_day_they_were_checked(module):
    assert date.fromisoformat(module.CHECKED_ON) <= date.fromisoformat(module.EDITION)
