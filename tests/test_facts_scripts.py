"""The scripts that write the tables: their sums, and that they write the same text every time."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pycountry
import pytest

from billingcore._facts import countries

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "scripts"
FACTS = Path(countries.__file__).parent
pytestmark = pytest.mark.skipif(not SCRIPTS.is_dir(), reason="the scripts are not part of an installation")


def script(name, monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(name, *arguments):
    command = [sys.executable, "-B", str(SCRIPTS / f"{name}.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def values(path):
    names = {}
    exec(compile(path.read_text(encoding="utf-8"), path.name, "exec"), names)
    return names


CURRENCIES = """code,name,minor_units,status,withdrawn,babel_2_18_digits,icu_78_digits,java17_digits
EUR,Euro,2,active,,2,2,2
LBP,Lebanese Pound,2,active,,0,0,2
XAU,Gold,,active,,2,,-1
ITL,Italian Lira,,withdrawn,2002-03,0,,0
BEF,Belgian Franc,,withdrawn,2002-03,2,,0
GWP,Guinea-Bissau Peso,,withdrawn,1997-05,2,,2
XFU,UIC-Franc,,withdrawn,2013-11,2,,-1
ESB,"""  # the last name holds quotes
CURRENCIES += '"""A"" Account",,withdrawn,1989 to 1990,2,,2\n'


def test_a_withdrawn_currency_needs_two_tables_that_agree_and_a_month_since_1999(tmp_path):
    (tmp_path / "in.csv").write_text(CURRENCIES, encoding="utf-8")
    done = run("generate_currencies", tmp_path / "in.csv", "--out", tmp_path / "out.py")
    assert done.returncode == 0, done.stderr
    written = values(tmp_path / "out.py")
    assert written["EXPONENTS"] == {"EUR": 2, "LBP": 2}  # ISO's digits, whatever CLDR says
    assert written["NO_MINOR_UNIT"] == {"XAU"}
    assert written["WITHDRAWN"] == {"ITL": (0, "2002-03")}
    assert written["WITHDRAWN_UNKNOWN"] == {"BEF", "GWP", "XFU", "ESB"}
    assert written["NAMES"]["ESB"] == '"A" Account'


def test_a_code_that_is_listed_twice_is_refused(tmp_path):
    (tmp_path / "in.csv").write_text(CURRENCIES + "EUR,Euro,2,active,,2,2,2\n", encoding="utf-8")
    done = run("generate_currencies", tmp_path / "in.csv", "--out", tmp_path / "out.py")
    assert done.returncode == 1
    assert not (tmp_path / "out.py").exists()


def test_the_countries_are_written_as_they_stand(tmp_path):
    if {country.alpha_2 for country in pycountry.countries} != countries.COUNTRIES:
        pytest.skip("the installed pycountry has other countries")
    shutil.copy(FACTS / "countries.py", tmp_path / "out.py")
    done = run("generate_countries", "--out", tmp_path / "out.py")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.py").read_bytes() == (FACTS / "countries.py").read_bytes()


def test_a_hint_for_a_country_is_refused(tmp_path):
    text = (FACTS / "countries.py").read_text(encoding="utf-8")
    (tmp_path / "out.py").write_text(text.replace('    "UK":', '    "GB":'), encoding="utf-8")
    done = run("generate_countries", "--out", tmp_path / "out.py")
    assert done.returncode == 1
    assert "GB" in done.stderr


def test_the_last_day_of_membership_becomes_the_first_day_after_it(tmp_path):
    text = "country,member_from,member_until,note\nGB,1973-01-01,2020-12-31,transition\nDE,1958-01-01,,\n"
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    done = run("generate_eu_membership", tmp_path / "in.csv", "--out", tmp_path / "out.py")
    assert done.returncode == 0, done.stderr
    members = values(tmp_path / "out.py")["MEMBERS"]
    assert list(members) == ["DE", "GB"]
    assert members["GB"] == ("1973-01-01", "2021-01-01", "transition")


def test_percents_become_parts_per_million_and_last_days_half_open(monkeypatch):
    vat = script("generate_vat_rates", monkeypatch)
    assert [vat.ppm(rate) for rate in ("0", "20", "25.5", "19.25")] == [0, 200_000, 255_000, 192_500]
    with pytest.raises(SystemExit, match="too many digits"):
        vat.ppm("9.97505")
    assert vat.half_open("2024-02-28") == "2024-02-29"
    assert vat.half_open("2020-12-31") == "2021-01-01"
    assert vat.half_open("") is None


def test_a_source_is_named_once_and_shortly(monkeypatch):
    vat = script("generate_vat_rates", monkeypatch)
    row = {"source1": "ibericode/vat-rates vat-rates.json @5abb1e1 (2025-08-12)", "source2": "a circular"}
    assert vat.source_of(row) == "ibericode/vat-rates @5abb1e1; a circular"
    assert vat.source_of(row | {"source2": row["source1"]}) == "ibericode/vat-rates @5abb1e1"
    assert vat.source_of(row | {"source2": ""}) == "ibericode/vat-rates @5abb1e1"


def vat_row(country, rate, first="2020-01-01", last="", place=("", "")):
    fields = {"country": country, "subdivision": place[0], "postal_pattern": place[1], "standard_rate": rate}
    return fields | {"effective_from": first, "effective_to": last, "territory_name": ""}


def test_a_territory_that_follows_a_country_gets_its_whole_history(monkeypatch):
    vat = script("generate_vat_rates", monkeypatch)
    place = ("GB-NIR", "BT")
    monkeypatch.setattr(vat, "FOLLOWS", {("GB", *place): ("GB", "Northern Ireland", "goods_only")})
    history = [vat_row("GB", "17.5", "2010-01-01", "2011-01-03"), vat_row("GB", "20", "2011-01-04")]
    rows = vat.following([*history, vat_row("GB", "20", "2021-01-01", place=place)])
    own = [(row["standard_rate"], row["effective_from"]) for row in rows if row["subdivision"]]
    assert own == [("17.5", "2010-01-01"), ("20", "2011-01-04")]
    with pytest.raises(SystemExit, match="does not have the rate"):
        vat.following([*history, vat_row("GB", "19", "2021-01-01", place=place)])


def test_a_table_without_the_countries_that_others_follow_is_refused(tmp_path):
    columns = "country,subdivision,postal_pattern,territory_name,standard_rate,effective_from,effective_to"
    (tmp_path / "in.csv").write_text(columns + "\n", encoding="utf-8")
    done = run("generate_vat_rates", tmp_path / "in.csv", "--out", tmp_path)
    assert done.returncode == 1
    assert "does not have the rate of" in done.stderr
    assert list(tmp_path.glob("*.py")) == []
