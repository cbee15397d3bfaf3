"""What the tax rooms refuse where a value is made: texts that forge lines, shares that cannot be written, other places."""

from datetime import UTC, date, datetime
from fractions import Fraction

import attrs
import pytest

from billingcore._tax import tables
from billingcore._tax.words import listed
from billingcore.cycles import Period
from billingcore.errors import (
    InvalidTypeError,
    InvalidValueError,
    OutOfRangeError,
    UnknownCountryError,
    UnknownSubdivisionError,
)
from billingcore.money import MAX_AMOUNT_MINOR, Money
from billingcore.parties import CertificateKind, ExemptionCertificate, Registration, Scheme, Seller
from billingcore.places import Address
from billingcore.sourced import Confidence, History, Sourced
from billingcore.tax import (
    Apportionment,
    Charged,
    Disputed,
    Exempt,
    Fact,
    FactKind,
    LateExemption,
    LocalRate,
    NotCollecting,
    NotCollectingReason,
    Note,
    NoteCode,
    NotTaxable,
    OutsideScope,
    Override,
    SupplyCategory,
    TaxComponent,
    TaxFacts,
    TaxSlice,
    Undetermined,
    UndeterminedReason,
    VatRate,
    assess_tax,
    certificate_end,
    decide_tax,
    default_facts,
    late_exemption,
    mixed_categories,
    slice_by_day,
    tax_changes,
)
from samples import BOSTON, DUBLIN, EARLY, ONE_DAY, TODAY, UNION, buyer, company, decide, seller

FACTS = default_facts()
FIFTH = Fraction(1, 5)
HUGE = Fraction(1, 10**5000)
FORGED = "Austin\n  due 0.00 USD"
UNPRINTABLE = [FORGED, "\x1b[2K", "\ud800", "a\x00b", "", " ", "\u202egnirts", "x" * 30_000]
COMPONENT = TaxComponent("TVA", "FR", FIFTH)
CHARGED = Charged("FR", (COMPONENT,), Scheme.LOCAL, (), "e")
ROW = Sourced(VatRate("TVA", FIFTH), EARLY, None, "us", TODAY)
CERTIFICATE = ExemptionCertificate("N1", CertificateKind.RESALE, "Buyer", ("US-TX",), date(2024, 1, 1))
FACT = Fact(FactKind.RATE, "FR", "TVA 20 %", EARLY, TODAY, "us", TODAY, Confidence.HIGH)
FEBRUARY = Period(date(2026, 2, 1), date(2026, 3, 1))
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
TEN = Money.of("10.00", "EUR")
SAAS = SupplyCategory.SAAS


def own(row):
    return History("ours", (row,))


# Texts that stand on documents


PRINTED = [
    (COMPONENT, "name"),
    (COMPONENT, "source"),
    (ROW.value, "name"),
    (LocalRate("Austin", "US-TX", Fraction(1, 100)), "authority"),
    (LocalRate("Austin", "US-TX", Fraction(1, 100)), "source"),
    (LocalRate("Austin", "US-TX", Fraction(1, 100), "73301"), "postal_code"),
    (Override("FR", SAAS, True, "us"), "source"),
    (Note(NoteCode.ROW, "x"), "text"),
    (CHARGED, "edition"),
    (Disputed("FR", (), "e", "x"), "detail"),
    (Undetermined("FR", (), "e", UndeterminedReason.NO_RATE_FOR_DATE, "x"), "detail"),
    (FACT, "text"),
    (FACT, "source"),
]
EMPTY_TOO = [(COMPONENT, "note"), (NotTaxable("FR", (), "e"), "source"), (FACT, "note")]


def names(case):
    return f"{type(case[0]).__name__}.{case[1]}"


@pytest.mark.parametrize("case", PRINTED + EMPTY_TOO, ids=names)
def test_a_text_on_a_document_is_one_printable_line(case):
    value, name = case
    for text in UNPRINTABLE:
        if text or case not in EMPTY_TOO:
            with pytest.raises(InvalidValueError) as caught:
                attrs.evolve(value, **{name: text})
            assert caught.value.name == name
    for other in (5, b"x", ["x"]):
        with pytest.raises(InvalidTypeError):
            attrs.evolve(value, **{name: other})
    assert getattr(attrs.evolve(value, **{name: "Société d'exemple"}), name) == "Société d'exemple"


class Odd:
    """Something that cannot be compared."""

    def __eq__(self, other):
        raise KeyError

    __hash__ = None


@pytest.mark.parametrize("category", [None, 5, ["S"], Odd()], ids=["none", "number", "list", "odd"])
def test_a_category_is_a_text(category):
    with pytest.raises(InvalidTypeError, match="category"):
        attrs.evolve(CHARGED, category=category)


@pytest.mark.parametrize("value", [COMPONENT, CHARGED, FACT], ids=lambda value: type(value).__name__)
def test_a_place_is_a_code(value):
    for place in ("", "fr", "France", "FR\n", "US-TX-1", "IT/\x1b[2K", "IT/a\u202eb", "IT/" + "x" * 41):
        with pytest.raises(InvalidValueError, match="a place is a country"):
            attrs.evolve(value, place=place)
    with pytest.raises(InvalidTypeError):
        attrs.evolve(value, place=None)
    assert attrs.evolve(value, place="IT/Campione d'Italia").place == "IT/Campione d'Italia"


def test_a_remark_names_eight_authorities_at_most():
    assert listed(["a", "b"]) == "a, b"
    assert listed([str(n) for n in range(9)]) == "0, 1, 2, 3, 4, 5, 6, 7, …"
    towns = tuple([LocalRate(f"{n} {'x' * 190}", "US-NY", Fraction(1, 10_000)) for n in range(100)])
    untaxed = FACTS.with_override(Override("US-NY", SAAS, False, "us"))
    follows = [attrs.evolve(each, follows_state=True) for each in towns]
    american = seller("US", "US-NY", subdivision="US-NY")
    for given, code in ((towns, NoteCode.LOCAL_ALONE), (follows, NoteCode.LOCAL_DROPPED)):
        ruling = decide_tax(american, buyer("US", "US-NY"), TODAY, untaxed, local=given)
        assert [note.text.count("xxx, ") for note in ruling.notes if note.code is code] == [8]


# Shares that can be written out


@pytest.mark.parametrize(
    ("value", "name", "most"),
    [
        (COMPONENT, "rate", 1), (COMPONENT, "base", 2), (ROW.value, "rate", 1), (ROW.value, "base", 2),
        (LocalRate("Austin", "US-TX", Fraction(1, 100)), "rate", Fraction(1, 4)),
        (Override("FR", SAAS, True, "us"), "rate", 1), (Override("FR", SAAS, True, "us"), "base", 1),
    ],
    ids=lambda value: value if type(value) is str else type(value).__name__,
)  # fmt: skip
def test_a_share_has_its_bounds_and_can_be_written_out(value, name, most):
    assert getattr(attrs.evolve(value, **{name: Fraction(most)}), name) == most
    for share, error in (
        (HUGE, OutOfRangeError),
        (Fraction(-1, 100), InvalidValueError),
        (most + Fraction(1, 100), InvalidValueError),
        (0.2, InvalidTypeError),
        (1, InvalidTypeError),
    ):
        with pytest.raises(error) as caught:
            attrs.evolve(value, **{name: share})
        assert caught.value.name == name


def test_the_rates_of_a_decision_can_be_written_out_together():
    tiny = [TaxComponent(f"t{n}", "US-TX", Fraction(1, 10**300 + n)) for n in range(3)]
    with pytest.raises(OutOfRangeError):
        Charged("US-TX", tuple(tiny), Scheme.LOCAL, (), "e")
    assert Charged("US-TX", (tiny[0],), Scheme.LOCAL, (), "e").describe()


@pytest.mark.parametrize("residue", [MAX_AMOUNT_MINOR, -MAX_AMOUNT_MINOR])
def test_a_residue_is_an_amount(residue):
    assert Apportionment(residues_minor=(residue,)).residues_minor == (residue,)
    beyond = residue * 10
    with pytest.raises(InvalidValueError):
        Apportionment(residues_minor=(beyond,))


def test_an_override_needs_a_base():
    with pytest.raises(InvalidTypeError, match="base must be a Fraction"):
        Override("FR", SAAS, True, "us", base=None)


# Value classes with a check for every field


@pytest.mark.parametrize(
    ("value", "changes"),
    [
        (COMPONENT, {"since": "2026-01-01", "confidence": "high", "on": "price"}),
        (COMPONENT, {"since": NOON, "on": None}),
        (ROW.value, {"on": "x"}),
        (FACT, {"kind": "rate", "since": 1, "until": NOON, "checked_on": None, "confidence": None}),
        (TaxSlice(TODAY, FEBRUARY, TEN), {"tax_point": NOON, "period": (TODAY, TODAY), "net": 10}),
        (
            LateExemption(CERTIFICATE, date(2024, 1, 1), None, ("1",), ()),
            {
                "certificate": "N1",
                "exempt_from": "x",
                "exempt_until": NOON,
                "to_credit": ["1"],
                "too_late": (1,),
            },
        ),
        (OutsideScope("FR", (), "e"), {"model": "none", "notes": [], "rules": ("x",), "confidence": 1}),
        (Exempt("US-TX", (), "e", CERTIFICATE), {"certificate": None}),
    ],
    ids=lambda value: "" if type(value) is dict else type(value).__name__,
)
def test_a_field_of_another_type_is_refused(value, changes):
    for name, junk in changes.items():
        with pytest.raises(InvalidTypeError) as caught:
            attrs.evolve(value, **{name: junk})
        assert caught.value.name == name


def test_a_fact_ends_after_it_starts():
    for until in (EARLY, EARLY - ONE_DAY):
        with pytest.raises(InvalidValueError, match="must end after it starts"):
            attrs.evolve(FACT, until=until)
    assert attrs.evolve(FACT, since=None, until=EARLY).until == EARLY


def test_a_late_exemption_has_the_days_of_its_certificate():
    florida = attrs.evolve(CERTIFICATE, jurisdictions=("US-FL",))
    assert LateExemption(florida, date(2024, 1, 1), date(2025, 1, 1), (), ()).exempt_until == date(2025, 1, 1)
    for since, until in ((date(2024, 1, 2), date(2025, 1, 1)), (date(2024, 1, 1), None)):
        with pytest.raises(InvalidValueError, match="counts from 2024-01-01 until 2025-01-01"):
            LateExemption(florida, since, until, (), ())
    with pytest.raises(InvalidValueError, match="from 2024-01-01 on, without an end"):
        LateExemption(CERTIFICATE, date(2024, 1, 1), TODAY, (), ())
    for name in ("to_credit", "too_late"):
        with pytest.raises(InvalidValueError):
            attrs.evolve(LateExemption(CERTIFICATE, date(2024, 1, 1), None, (), ()), **{name: ("a\nb",)})


# The doors of TaxFacts


DOORS = [
    FACTS.history, FACTS.covers, FACTS.membership,
    lambda place: FACTS.rate(place, TODAY), lambda place: FACTS.rate_on(place, TODAY),
    lambda place: FACTS.in_eu(place, TODAY), lambda place: FACTS.override(place, SAAS, TODAY),
]  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_a_place_that_is_none_is_refused_at_every_door(door):
    for junk in (None, 5, [], range(10**12), b"FR", ("FR",)):
        with pytest.raises(InvalidTypeError, match="must be the code of a place"):
            door(junk)
    for code, remedy in (("UK", "GB"), ("EL", "GR")):
        with pytest.raises(UnknownCountryError, match=remedy):
            door(code)
    for code, error in (("", UnknownCountryError), ("fr", UnknownCountryError), ("US-XX", UnknownSubdivisionError)):
        with pytest.raises(error):
            door(code)
    for code, shown in (("MC", "FR"), ("PR", "US-PR"), ("ES-TF", "ES-CN")):
        with pytest.raises(InvalidValueError, match=f"results show '{shown}' there"):
            door(code)
    with pytest.raises(InvalidValueError, match="no territory"):
        door("IT/Atlantis")


@pytest.mark.parametrize("day", [None, 5, "2026-01-01", NOON])
@pytest.mark.parametrize("place", ["FR", "AF"])  # one that the tables know, one that they do not
def test_a_day_is_looked_at_whatever_the_place(place, day):
    calls = [
        lambda: FACTS.rate(place, day),
        lambda: FACTS.rate_on(place, day),
        lambda: FACTS.in_eu(place, day),
        lambda: FACTS.override(place, SAAS, day),
        lambda: FACTS.local("US-TX", None, day),
    ]
    for call in calls:
        with pytest.raises(InvalidTypeError, match="day must be"):
            call()


def test_the_other_arguments_of_the_doors():
    with pytest.raises(InvalidTypeError):
        FACTS.override("FR", "saas", TODAY)
    for postal_code, error in ((73301, InvalidTypeError), ("", InvalidValueError), ("7\n3", InvalidValueError)):
        with pytest.raises(error, match="postal_code"):
            FACTS.local("US-TX", postal_code, TODAY)
    for state, error in ((None, InvalidTypeError), ("US-XX", UnknownSubdivisionError), ("TX", UnknownSubdivisionError)):
        with pytest.raises(error):
            FACTS.local(state, None, TODAY)
    assert FACTS.local("US-TX", "73301", TODAY) is None
    assert not FACTS.in_eu("US", TODAY)
    assert not FACTS.covers("US")  # its states levy the tax


def test_junk_places_are_not_kept():
    before = tables.rates.cache_info().currsize, tables.membership.cache_info().currsize
    for n in range(200):
        with pytest.raises(UnknownCountryError):
            FACTS.covers(f"place {n}")
        with pytest.raises(UnknownCountryError):
            FACTS.membership(f"place {n}")
    assert (tables.rates.cache_info().currsize, tables.membership.cache_info().currsize) == before


@pytest.mark.parametrize(
    ("pairs", "error"),
    [
        (((),), InvalidTypeError), ((("FR", own(ROW), 3),), InvalidTypeError), (((["FR"], own(ROW)),), InvalidTypeError),
        (((None, own(ROW)),), InvalidTypeError), (None, InvalidTypeError), ((("UK", own(ROW)),), UnknownCountryError),
        ((("MC", own(ROW)),), InvalidValueError), ((("FR", own(attrs.evolve(ROW, value=True))),), InvalidTypeError),
    ],
)  # fmt: skip
def test_own_rates_are_pairs_of_a_place_and_its_rates(pairs, error):
    with pytest.raises(error):
        TaxFacts(own_rates=pairs)


def test_own_members_are_pairs_of_a_country_and_its_membership():
    with pytest.raises(InvalidTypeError):
        TaxFacts(own_members=(("RS", own(ROW)),))
    with pytest.raises(UnknownCountryError):
        TaxFacts(own_members=(("US-TX", own(attrs.evolve(ROW, value=True))),))


# Iterables and windows of the functions


@pytest.mark.parametrize("junk", [None, 5, "text", [1], [None], {"a": 1}])
def test_an_iterable_of_something_else_is_our_error(junk):
    calls = [
        lambda: late_exemption(CERTIFICATE, "Buyer", TODAY, junk),
        lambda: mixed_categories(junk),
        lambda: slice_by_day(FEBRUARY, TEN, junk),
        lambda: assess_tax(junk, "EUR"),
        lambda: attrs.evolve(CHARGED, components=junk),
    ]
    for call in calls:
        with pytest.raises(InvalidTypeError):
            call()


def test_an_iterable_that_raises_is_our_error():
    def broken():
        yield from ()
        raise KeyError

    for call in (lambda: assess_tax(broken(), "EUR"), lambda: mixed_categories(broken())):
        with pytest.raises(InvalidValueError, match="it raised KeyError while it was read") as caught:
            call()
        assert type(caught.value.__cause__) is KeyError


@pytest.mark.parametrize(
    ("holder", "error"),
    [(1, InvalidTypeError), (None, InvalidTypeError), ("", InvalidValueError), ("a\nb", InvalidValueError)],
)
def test_the_holder_of_a_certificate_has_a_name(holder, error):
    with pytest.raises(error, match="holder"):
        late_exemption(CERTIFICATE, holder, TODAY, [])


@pytest.mark.parametrize("given", [("1", TODAY), ("1",), (), ("1", TODAY, CHARGED, 4), (1, TODAY, CHARGED)])
def test_a_charged_document_is_three_things(given):
    with pytest.raises(InvalidTypeError, match="charged"):
        late_exemption(CERTIFICATE, "Buyer", TODAY, [given])


def test_a_window_may_be_as_wide_as_one_likes():
    taxed = Charged("US-TX", (TaxComponent("sales tax", "US-TX", FIFTH),), Scheme.LOCAL, (), "e")
    late = late_exemption(CERTIFICATE, "Buyer", date.max, [("1", date(2024, 1, 1), taxed)], within_days=10**18)
    assert late.to_credit == ("1",)
    days = (date.max - date(2024, 1, 1)).days
    for window, answer in ((days, ("1",)), (days - 1, ())):
        document = ("1", date(2024, 1, 1), taxed)
        assert late_exemption(CERTIFICATE, "Buyer", date.max, [document], within_days=window).to_credit == answer


@pytest.mark.parametrize("where", [buyer("FR"), buyer("US", "US-TX"), buyer("US"), buyer("CA", "CA-ON")])
@pytest.mark.parametrize("junk", [5, "x", {}, [1], [None], (CHARGED,)])
def test_local_rates_are_looked_at_everywhere(where, junk):
    with pytest.raises(InvalidTypeError, match="local"):
        decide_tax(DUBLIN, where, TODAY, local=junk)


def test_a_function_of_local_rates_is_called_in_a_state_alone():
    with pytest.raises(InvalidTypeError, match="local"):
        decide_tax(BOSTON, buyer("US", "US-TX"), TODAY, local=lambda *_: [1])
    assert decide_tax(DUBLIN, buyer("FR"), TODAY, local=lambda *_: [1]) == decide(DUBLIN, buyer("FR"))


@pytest.mark.parametrize(
    ("state", "error"), [(5, InvalidTypeError), (None, InvalidTypeError), ("US-XX", UnknownSubdivisionError)]
)
def test_the_end_of_a_certificate_is_asked_for_a_state(state, error):
    with pytest.raises(error):
        certificate_end(CERTIFICATE, state)


def test_the_rounding_of_slices_is_looked_at_without_a_cut():
    with pytest.raises(InvalidTypeError, match="rounding"):
        slice_by_day(FEBRUARY, TEN, [], "half_up")


# What a registration, a number or a row decides


def test_a_one_stop_shop_counts_on_the_days_on_which_it_is_in_force():
    since, until = date(2024, 3, 1), date(2025, 3, 1)
    shop = Seller(
        "Seller", Address("IE"), (Registration("IE", Scheme.LOCAL, EARLY), Registration("IE", UNION, since, until))
    )
    for day, charged in ((since - ONE_DAY, False), (since, True), (until - ONE_DAY, True), (until, False)):
        ruling = decide(shop, buyer("FR"), day)
        assert isinstance(ruling, Charged if charged else NotCollecting)
        assert charged or ruling.reason is NotCollectingReason.SELLER_NOT_REGISTERED


def test_a_business_with_a_number_on_mount_athos_is_a_buyer_there():
    athos = attrs.evolve(company("EL094259216", "GR"), address=Address("GR", "GR-69"))
    assert decide(DUBLIN, athos).place == "GR-69"


ZA_REMARK = "a seller from abroad with registered businesses as its only customers"
ROWS = [
    ("ES", "35001", ["Canary Islands: no EU VAT"]),
    ("IT", "23041", ["Livigno: no EU VAT"]),
    ("NG", None, ["public tables disagree"]),
    ("ZA", None, ["a seller that sells to registered businesses alone", ZA_REMARK]),
    ("CO", None, []),
]


@pytest.mark.parametrize(("country", "postal_code", "starts"), ROWS)
def test_the_remark_of_a_row_stands_on_the_decision_once(country, postal_code, starts):
    ruling = decide(DUBLIN, buyer(country, postal_code=postal_code))
    found = [note.text for note in ruling.notes if note.code in (NoteCode.ROW, NoteCode.RULE_OF_PLACE)]
    assert len(found) == len(starts)
    assert all(text.startswith(start) for text, start in zip(found, starts, strict=True))


@pytest.mark.parametrize(("country", "words"), [("ZA", ZA_REMARK), ("JP", "a large digital platform")])
def test_the_remark_of_a_country_starts_on_its_day(country, words):
    day = date(2025, 4, 1)
    for each, expected in ((day - ONE_DAY, 0), (day, 1)):
        notes = decide(DUBLIN, buyer(country), each).notes
        assert sum(note.code is NoteCode.RULE_OF_PLACE for note in notes) == expected
        assert sum(note.text.startswith(words) for note in notes) == expected
    assert day in tax_changes(DUBLIN, buyer(country), day - ONE_DAY, day + ONE_DAY)


def test_where_nothing_taxes_sellers_from_abroad_the_decision_says_so():
    notes = decide(BOSTON, buyer("ES", postal_code="35001")).notes
    assert [each.text for each in notes if each.code is NoteCode.LIABILITY_START_UNVERIFIED] == [
        "nothing was found that taxes sellers from abroad there"
    ]
