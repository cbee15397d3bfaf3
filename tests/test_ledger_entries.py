"""The kinds of entries: what each says of itself, and what none of them takes."""

import re
from datetime import date, datetime

import attrs
import pytest

from billingcore.errors import CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.invoices import credit_in_full
from billingcore.ledger import (
    Agreed,
    Applied,
    Contested,
    Credited,
    Decline,
    Entry,
    Failed,
    FoldedInvoice,
    Instalment,
    Issued,
    Portion,
    Promised,
    Received,
    Refunded,
    Reinstated,
    Released,
    Resolved,
    Reversed,
    Started,
    WrittenOff,
)
from billingcore.money import Money
from billingcore.records import from_record, to_record
from samples import invoice

DAY, NEXT = date(2026, 3, 2), date(2026, 3, 3)


def eur(text):
    return Money.of(text, "EUR")


FIVE = eur("5.00")
EACH = {  # an entry, its words, what it adds to the balance, its invoices, its sources
    Issued("1", DAY, FIVE): ("issued 1", 500, ("1",), ()),
    Credited("c", DAY, FIVE): ("credited c", -500, (), ("c",)),
    Credited("c", DAY, FIVE, "1"): ("credited c of 1", -500, ("1",), ("c",)),
    Received("p", DAY, FIVE, ["1", "2"]): ("received p", -500, ("1", "2"), ("p",)),
    Started("p", DAY, FIVE, "1"): ("started p", 0, ("1",), ("p",)),
    Failed("p", DAY, "1"): ("failed p of 1", 0, ("1",), ("p",)),
    Applied("a", DAY, FIVE, "p", "1"): ("applied a of p and 1", 0, ("1",), ("p",)),
    Released("a", DAY, FIVE, "p", "1"): ("released a of p and 1", 0, ("1",), ("p",)),
    Refunded("r", DAY, FIVE, "p"): ("refunded r of p", 500, (), ("p",)),
    Refunded("r", DAY, FIVE, "p", "1"): ("refunded r of p and 1", 500, ("1",), ("p",)),
    Reversed("b", DAY, FIVE, "p"): ("reversed b of p", 500, (), ("p",)),
    Reinstated("b", DAY, FIVE, "p"): ("reinstated b of p", -500, (), ("p",)),
    WrittenOff("w", DAY, FIVE, "1"): ("written off w of 1", -500, ("1",), ()),
    WrittenOff("w", DAY, FIVE, "p", over=True): ("written off w of p", 500, (), ("p",)),
    Contested("d", DAY, "1"): ("contested d of 1", 0, ("1",), ()),
    Resolved("d", DAY, "1"): ("resolved d of 1", 0, ("1",), ()),
    Promised("y", DAY, FIVE, NEXT): ("promised y", 0, (), ()),
    Promised("y", DAY, FIVE, NEXT, "1"): ("promised y of 1", 0, ("1",), ()),
    Agreed("z", DAY, FIVE): ("agreed z", 0, (), ()),
}


def test_each_kind_is_here_and_has_a_rank_of_its_own():
    kinds = {type(entry) for entry in EACH}
    assert kinds == set(Entry.__args__)
    assert sorted(kind.rank for kind in kinds) == list(range(15))
    assert [kind.kind for kind in sorted(kinds, key=lambda kind: kind.rank)] == [
        "issued", "credited", "received", "started", "failed", "applied", "released", "refunded", "reversed",
        "reinstated", "written off", "contested", "resolved", "promised", "agreed",
    ]  # fmt: skip


@pytest.mark.parametrize("entry", EACH, ids=lambda entry: entry.describe())
def test_an_entry_says_what_it_is_and_what_it_moves(entry):
    assert (entry.describe(), entry.signed_minor, entry.invoices, entry.sources) == EACH[entry]
    assert entry.key[:2] == (entry.kind, entry.reference)
    assert entry.known_on == DAY
    assert attrs.evolve(entry, recorded_on=NEXT).known_on == NEXT


@pytest.mark.parametrize("entry", EACH, ids=lambda entry: entry.describe())
def test_the_day_on_which_it_was_recorded_is_its_own_or_later(entry):
    assert attrs.evolve(entry, recorded_on=DAY) == entry
    with pytest.raises(InvalidValueError, match=r"^recorded_on 2026-03-01: nothing is recorded before its day, 2026-03-02$"):  # fmt: skip
        attrs.evolve(entry, recorded_on=date(2026, 3, 1))
    with pytest.raises(InvalidTypeError, match=r"^recorded_on must be a datetime.date"):
        attrs.evolve(entry, recorded_on=datetime(2026, 3, 3))  # noqa: DTZ001 - that it has no zone is not the point


@pytest.mark.parametrize("entry", EACH, ids=lambda entry: entry.describe())
def test_its_fingerprint_is_that_of_its_content(entry):
    assert attrs.evolve(entry, recorded_on=NEXT).content == entry.content
    changed = [attrs.evolve(entry, on=date(2026, 3, 1)).content, attrs.evolve(entry, reference="other").content]
    if entry.amounts:
        name = "balance" if isinstance(entry, Agreed) else "amount"
        changed += [attrs.evolve(entry, **{name: amount}).content for amount in (eur("6.00"), Money.of("5.00", "USD"))]
    assert len({entry.content, *changed}) == len(changed) + 1
    assert len({each.content for each in EACH}) == len(EACH)


def test_a_fingerprint_tells_words_from_what_they_stand_beside():
    one = Received("p", DAY, FIVE, ["1", "2"])
    other = Received("p", DAY, FIVE, ["1', None), ('2"])  # a reference that spells the end of a portion
    assert one.content != other.content
    assert Failed("p", DAY, "1").content != Failed("p", DAY, "1", Decline.SOFT).content


@pytest.mark.parametrize(
    "entry", [each for each in EACH if hasattr(each, "amount")], ids=lambda entry: entry.describe()
)
def test_an_amount_says_how_much_and_the_kind_which_way(entry):
    with pytest.raises(InvalidValueError, match=r"^amount Money.*which way says its kind$"):
        attrs.evolve(entry, amount=eur("-0.01"))
    if isinstance(entry, Issued | Credited):
        assert attrs.evolve(entry, amount=eur("0.00")).signed_minor == 0
    else:
        with pytest.raises(
            InvalidValueError, match=r"^amount Money.*: an entry moves something; which way says its kind$"
        ):
            attrs.evolve(entry, amount=eur("0.00"))
    with pytest.raises(InvalidTypeError, match="amount"):
        attrs.evolve(entry, amount=500)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Issued("", DAY, FIVE), "reference"),
        (lambda: Issued("x" * 61, DAY, FIVE), "reference"),
        (lambda: Issued("1", DAY, FIVE, ()), "due (): the instalments add up to the 5.00 EUR of the invoice"),
        (lambda: Issued("1", DAY, FIVE, (Instalment(DAY, eur("4.99")),)), "the instalments add up to the 5.00 EUR"),
        (lambda: Issued("1", DAY, eur("0.00"), ()), "due (): the instalments add up to the 0.00 EUR of the invoice"),
        (lambda: Instalment(DAY, eur("-1.00")), "an entry moves nothing or more; which way says its kind"),
        (lambda: Credited("c", DAY, FIVE, ""), "of"),
        (lambda: Received("p", DAY, FIVE, ["1", "1"]), "pays ('1', '1'): an invoice is named twice; give its amounts as one"),
        (lambda: Received("p", DAY, FIVE, {"1": eur("3.00"), "2": eur("2.01")}), "pays Money.of('5.01', 'EUR'): more is shared out than the 5.00 EUR of the payment"),
        (lambda: Started("p", DAY, FIVE, {"1": eur("5.01")}), "more is shared out than the 5.00 EUR of the payment"),
        (lambda: Portion("1", eur("0.00")), "an entry moves something; which way says its kind"),
        (lambda: Portion(""), "of"),
        (lambda: Promised("y", NEXT, FIVE, DAY), "until_on 2026-03-02: the promise was given on 2026-03-03"),
        (lambda: Promised("y", DAY, FIVE, DAY, ""), "of"),
        (lambda: Refunded("r", DAY, FIVE, "p", ""), "reopens"),
        (lambda: Contested("d", DAY, "1", eur("0.00")), "an entry moves something; which way says its kind"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused(make, message):
    with pytest.raises(InvalidValueError, match=re.escape(message)):
        make()


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: Issued("1", "2026-03-02", FIVE), "on"),
        (lambda: Issued("1", DAY, FIVE, "2026-03-02"), "due"),
        (lambda: Issued("1", DAY, FIVE, (DAY,)), "due"),
        (lambda: Issued("1", DAY, FIVE, [Instalment(DAY, FIVE)]), "due"),
        (lambda: Instalment("2026-03-02", FIVE), "due_on"),
        (lambda: Credited("c", DAY, FIVE, 1), "of"),
        (lambda: Credited("c", DAY, FIVE, apart=1), "apart"),
        (lambda: Credited("c", DAY, FIVE, due_on="soon"), "due_on"),
        (lambda: Received("p", DAY, FIVE, 1), "pays"),
        (lambda: Received("p", DAY, FIVE, {"1": 5}), "amount"),
        (lambda: Received("p", DAY, FIVE, [1]), "pays"),
        (lambda: Failed("p", DAY, "1", "soft"), "decline"),
        (lambda: WrittenOff("w", DAY, FIVE, "1", over=1), "over"),
        (lambda: Agreed("z", DAY, 5), "balance"),
        (lambda: Applied("a", DAY, FIVE, 1, "1"), "source"),
        (lambda: Applied("a", DAY, FIVE, "p", 1), "to"),
        (lambda: Resolved("d", DAY, 1), "of"),
        (lambda: FoldedInvoice("1", FIVE), "entry"),
        (lambda: Issued.of("1"), "invoice"),
        (lambda: Credited.of_note("c"), "note"),
    ],
)
def test_another_type_is_refused(make, name):
    with pytest.raises(InvalidTypeError) as refused:
        make()
    assert refused.value.name == name


def test_two_currencies_never_meet_in_an_entry():
    with pytest.raises(CurrencyMismatchError):
        Issued("1", DAY, FIVE, (Instalment(DAY, Money.of("5.00", "USD")),))
    with pytest.raises(CurrencyMismatchError):
        Received("p", DAY, FIVE, {"1": Money.of("5.00", "USD")})
    with pytest.raises(CurrencyMismatchError):
        FoldedInvoice(Issued("1", DAY, FIVE), Money.of("0.00", "USD"))


def test_what_a_payment_pays_is_one_thing_however_it_is_written():
    portion = Portion("1")
    assert Received("p", DAY, FIVE, "1").pays == Received("p", DAY, FIVE, ["1"]).pays == (portion,)
    assert Received("p", DAY, FIVE, portion.of) == Received("p", DAY, FIVE, (portion,))
    assert Received("p", DAY, FIVE, {"1": FIVE}) == Received("p", DAY, FIVE, [Portion("1", FIVE)])
    assert Received("p", DAY, FIVE).pays == ()
    assert Received("p", DAY, FIVE, {"1": FIVE}).amounts == (FIVE, FIVE)


def test_an_invoice_is_due_in_parts_on_a_day_or_at_once():
    parts = Instalment(NEXT, eur("2.00")), Instalment(DAY, eur("3.00"))
    assert Issued("1", DAY, FIVE, parts).instalments == (parts[1], parts[0])  # earliest due first
    assert Issued("1", NEXT, FIVE, DAY).instalments == (Instalment(DAY, FIVE),)  # due before issue is allowed
    assert Issued("1", DAY, FIVE).instalments == (Instalment(DAY, FIVE),)


TWO_PARTS = Instalment(DAY, eur("3.00")), Instalment(NEXT, eur("2.00"))
SAME_DAY = Instalment(NEXT, eur("1.00")), Instalment(NEXT, eur("4.00"))
BY_AMOUNT = {"1": eur("2.00"), "2": eur("3.00")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Received("p", DAY, FIVE, BY_AMOUNT), Received("p", DAY, FIVE, dict(reversed(BY_AMOUNT.items())))),
        (Started("p", DAY, FIVE, BY_AMOUNT), Started("p", DAY, FIVE, dict(reversed(BY_AMOUNT.items())))),
        # What has an amount is paid first, wherever it stands among what has none.
        (Received("p", DAY, FIVE, [Portion("3", FIVE), "2", "1"]), Received("p", DAY, FIVE, ["2", Portion("3", FIVE), "1"])),
        (Issued("1", DAY, FIVE, TWO_PARTS), Issued("1", DAY, FIVE, TWO_PARTS[::-1])),
        (Issued("1", DAY, FIVE, SAME_DAY), Issued("1", DAY, FIVE, SAME_DAY[::-1])),
        (Issued("1", DAY, FIVE), Issued("1", DAY, FIVE, DAY)),
        (Issued("1", DAY, FIVE, NEXT), Issued("1", DAY, FIVE, (Instalment(NEXT, FIVE),))),
        (Issued("1", DAY, FIVE), Issued("1", DAY, FIVE, (Instalment(DAY, FIVE),))),
        (Credited("c", DAY, FIVE), Credited("c", DAY, FIVE, due_on=DAY)),
    ],
)  # fmt: skip
def test_what_means_the_same_is_the_same(one, other):
    assert (one, one.content) == (other, other.content)
    assert from_record(to_record(other)) == one


def test_the_order_of_names_without_an_amount_means_something():
    assert Received("p", DAY, FIVE, ["1", "2"]) != Received("p", DAY, FIVE, ["2", "1"])


def test_documents_give_their_entries():
    document = invoice("30.00", number="2026-7")  # and 20 % of tax
    assert Issued.of(document, NEXT) == Issued("2026-7", document.issued_on, eur("36.00"), NEXT)
    assert Issued.of(document).due is None
    note = credit_in_full(document, "CN-1", DAY)
    assert Credited.of_note(note) == Credited("CN-1", DAY, eur("36.00"), "2026-7")
    assert Credited.of_note(note, apart=True).apart
