"""A value of every public class, and the junk that every constructor must refuse."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import attrs

from billingcore.billed import BilledPeriod
from billingcore.changes import Cart, ChangeOptions, Refused, alter, quote_renewal
from billingcore.collections import ARContact, ARDirectory
from billingcore.cycles import (
    ANNUAL,
    END_OF_MONTH,
    MONTHLY,
    AlignedSchedule,
    Cadence,
    DayOfMonth,
    InstantPeriod,
    MonthDay,
    Period,
    Resume,
    Schedule,
    Term,
    Trial,
    Unit,
    move_bill_date,
    renew_early,
    resume_schedule,
)
from billingcore.deadlines import (
    BusinessCalendar,
    BusinessDaysAfter,
    BusinessDaysBefore,
    DaysAfter,
    DaysBefore,
    DaysThenMonthEnd,
    MonthEndPlus,
)
from billingcore.disputes import (
    DisputeAllowed,
    DisputePolicy,
    DisputeRefused,
    DisputeRefusedReason,
)
from billingcore.invoices import CreditedLine, CreditedTax, CreditNote, DocumentReference, Invoice
from billingcore.ledger import Credited
from billingcore.lines import ChargeLine, CreditLine, OneOffLine
from billingcore.money import ExactAmount, Money, Rounding, total
from billingcore.money._amounts import check_money
from billingcore.parties import Registration, Scheme, Seller
from billingcore.payments import PaymentMethod, PaymentRules
from billingcore.places import Address
from billingcore.plans import FlatPrice, PerSeatPrice, Plan, PriceMode
from billingcore.profiles import GOTO_RESCUE, Profile
from billingcore.proration import (
    Change,
    ChangeHistory,
    DirectionBy,
    FixedDays,
    PlanOrder,
    Proration,
    ProrationPolicy,
    RoundStep,
    Settlement,
    SmallAmount,
    prorate,
    prorate_change,
    settle_small,
)
from billingcore.sourced import History, Sourced
from billingcore.subscriptions import (
    Active,
    Cancelled,
    ClosedPeriods,
    Item,
    Limited,
    NextPause,
    NextSale,
    Paused,
    PauseTerms,
    PriceStep,
    Unbilled,
)
from billingcore.tax import (
    NotCollecting,
    NotCollectingReason,
    Rule,
    TaxComponent,
    TaxGroup,
    VatRate,
    default_facts,
)
from billingcore.tax_ids import TaxId, check_tax_id
from billingcore.vendors import compare, policies_matching
from samples.documents import (
    FRENCH,
    OPENED,
    REVERSED,
    UNKNOWN,
    VAT_20,
    account,
    changed_in_april,
    charged,
    downgrade,
    invoice,
    items,
    upgrade,
)
from samples.ledgers import ledger_samples
from samples.parties import DUBLIN, MARIE, MUSTER
from samples.plans import (
    APRIL,
    EDITION,
    FROM_31_JANUARY,
    HALF_UP,
    LARGE_60,
    MID_APRIL,
    MONTHLY_30,
    SMALL,
    UNTAXED,
    billed,
    money,
)

OWN_RATES = History(
    "standard rate of FR",
    (Sourced(VatRate("TVA", Fraction(21, 100)), date(2027, 1, 1), None, "our adviser", date(2026, 11, 1)),),
)
APART = attrs.evolve(ProrationPolicy.keep_dates(), settlement=Settlement.APART)
WITH_TAX = attrs.evolve(
    BilledPeriod.of_plan(Plan("Gross", FlatPrice(money("9.99"), PriceMode.INCLUSIVE), MONTHLY), 1, APRIL, VAT_20),
    tax=money("1.67"),
)
INSTANTS = InstantPeriod(
    datetime(2026, 3, 28, 12, tzinfo=timezone(timedelta(hours=1))),
    datetime(2026, 3, 29, 12, 0, 0, 1, tzinfo=timezone(timedelta(hours=2))),
)


def _samples():
    first, changed = upgrade()
    active = first.subscription
    bill = changed.document
    lower = downgrade()
    window = DaysAfter(15).deadline(date(2026, 2, 15))
    contact = ARContact("France", "ar@example.com", "+33 1")
    prepaid = invoice("10.00", prepaid=money("2.00"))
    renewed = quote_renewal(FRENCH, active)
    monthly = Schedule(date(2026, 1, 31), MONTHLY)
    change = Change.to(MID_APRIL, LARGE_60)
    result = prorate_change(APART, change, [billed(SMALL, APRIL)])
    compared = compare(change, {"ours": APART}, result.billed)
    return (
        # money, places, parties
        money("30.00"), Money(1000, "JPY"), Money(-1, "KWD"), ExactAmount(Fraction(9750, 7), "EUR"),
        Address("FR"), Address("US", "US-TX", "75001-1234"), MARIE, MUSTER, DUBLIN, TaxId("DE", "123456788"), check_tax_id("DE111111121"),
        Seller("Small", Address("EE"), (), TaxId("EE", "100594102"), below_eu_threshold=True),
        Registration("FR", Scheme.LOCAL, date(2020, 1, 1), date(2025, 1, 1)),
        # time
        Cadence(3, Unit.WEEK), FROM_31_JANUARY, Period(date(2026, 2, 1), date(2026, 2, 10), FROM_31_JANUARY), monthly,
        Schedule(date(2026, 2, 28), MONTHLY, END_OF_MONTH), Schedule(date(2026, 2, 28), MONTHLY, DayOfMonth(30)),
        DayOfMonth(31), MonthDay(2, 29), Term(monthly, 0, 12), AlignedSchedule(date(2026, 1, 10), monthly),
        INSTANTS, InstantPeriod(INSTANTS.start_at, INSTANTS.start_at + timedelta(hours=1), INSTANTS),
        Trial(date(2026, 1, 1), date(2026, 1, 15)), move_bill_date(monthly, 0, date(2026, 2, 15)),
        renew_early(monthly, date(2026, 2, 10)), resume_schedule(monthly, date(2026, 2, 10), date(2026, 2, 20), Resume.KEEP_DAYS),
        # what is sold and billed
        FlatPrice(money("30.00")), PerSeatPrice(Money(500, "JPY")), MONTHLY_30,
        Plan("Seats", PerSeatPrice(money("12.00")), ANNUAL), active.billed[-1], lower.subscription.billed[0],
        Item("main", LARGE_60, 2, trial=Trial(date(2026, 1, 1), date(2026, 1, 15)), steps=(PriceStep(SMALL, 2),)),
        NextSale("main", date(2026, 2, 28), None), NextPause(date(2026, 2, 28), PauseTerms()),
        Paused(active, date(2026, 2, 10)), Unbilled("calls", SMALL, 1, APRIL), active, lower.subscription,
        ClosedPeriods(date(2026, 3, 1), 1, money("30.00"), money("0.00")), active.billed[0].document, changed.outcomes[0],
        Cart(date(2026, 2, 10), alter("main", quantity=2)), ChangeOptions(), DocumentReference("1", date(2026, 1, 31)),
        Limited(active, date(2026, 3, 1), money("36.00")), Cancelled(active, date(2026, 2, 28)),
        # tax
        VAT_20, charged("17.5", "GB"), UNTAXED, REVERSED, UNKNOWN, VatRate("TVA", Fraction(1, 5)),
        NotCollecting("FR", (Rule.SELLER_NOT_REGISTERED,), EDITION, NotCollectingReason.SELLER_NOT_REGISTERED),
        TaxComponent("QST", "CA-QC", Fraction(9975, 100_000), since=date(2013, 1, 1)),
        TaxGroup(money("46.07"), VAT_20, HALF_UP), default_facts(),
        default_facts().with_rates("FR", OWN_RATES),
        # changes
        GOTO_RESCUE.rules, GOTO_RESCUE.rules.upgrade, PlanOrder(DirectionBy.RANK, ("Small", "Large")),
        attrs.evolve(ProrationPolicy.keep_dates(), rounding=Rounding.HALF_EVEN), RoundStep(5, HALF_UP), FixedDays(30),
        changed_in_april("apple"), *changed_in_april("chargebee").document.lines, result, ChangeHistory(APART, result.billed, ()),
        compared, compared.rows[0], policies_matching(change, {"ours": APART}, result.net, result.billed),
        settle_small(money("0.45"), money("0.50"), SmallAmount.DEFER), WITH_TAX,
        prorate(money("30.00"), FROM_31_JANUARY, date(2026, 2, 15)),
        Proration(money("30.00"), FROM_31_JANUARY, date(2026, 2, 15), HALF_UP, money("20.00")),
        FRENCH, account(DUBLIN, MARIE, Credited("CN-0", OPENED, money("5.00")), facts=default_facts()), first, changed, lower, renewed,
        Refused.for_tax(UNKNOWN),
        # documents
        *bill.lines, *items("1.00"), bill, prepaid, lower.document,
        CreditedLine(1, "Credit of it", money("5.00"), VAT_20), CreditedTax(VAT_20, money("5.00"), money("1.00")),
        # disputes, collections, profiles
        DisputePolicy(DaysAfter(15), DaysAfter(15)), DaysBefore(30), MonthEndPlus(10), DaysThenMonthEnd(30),
        BusinessDaysAfter(2, BusinessCalendar([date(2026, 12, 25)])), BusinessCalendar(), DaysAfter(15, inclusive=False),
        BusinessDaysBefore(2, BusinessCalendar()), DaysBefore(30).deadline(date(2027, 1, 5)).rolled(BusinessCalendar()),
        DisputePolicy(DaysAfter(30, inclusive=False)), window,
        DisputeAllowed(bill, window, date(2026, 3, 2)),
        DisputeRefused(bill, window, date(2026, 3, 3), DisputeRefusedReason.TOO_LATE),
        contact, ARDirectory((("FR", contact),), contact, "the guide"), GOTO_RESCUE,
        PaymentRules(frozenset({PaymentMethod.VISA}), frozenset({PaymentMethod.WIRE}), frozenset(), 2),
        *ledger_samples(),
    )  # fmt: skip


SAMPLES = _samples()
"""At least one value of every public value class, apart from those of instants and lazy sequences."""


class Spiteful:
    """An object that fails at whatever is asked of it."""

    def __bool__(self):
        raise ZeroDivisionError

    def __eq__(self, other):
        raise ZeroDivisionError

    __hash__ = None

    def __len__(self):
        raise ZeroDivisionError

    def __iter__(self):
        raise ZeroDivisionError

    def __repr__(self):
        raise ZeroDivisionError


class Text(str):
    """A str that is more than a str."""

    __slots__ = ()


class Birthday(date):
    """A subclass of date, as some libraries make them."""


NOT_DAYS = [
    None, True, 1, 1.5, "2024-01-31", b"2024-01-31", (2024, 1, 31), datetime(2024, 1, 31, tzinfo=UTC), Birthday(2024, 1, 31),
    object(), [], float("nan"),
]  # fmt: skip
"""What is not a civil date."""

JUNK = (
    1.5, float("nan"), float("inf"), Decimal("NaN"), Decimal("1E+999999999"), True, b"30.00", object(), [], {}, {1: 2},
    [1, 2], datetime(2026, 2, 15, tzinfo=UTC).replace(tzinfo=None), datetime(2026, 2, 15, tzinfo=UTC), timezone(timedelta(hours=1)), Spiteful(), Text("EUR"),
    10**6000, "\0", "x" * 100_000, "\N{FULLWIDTH DIGIT ONE}", "\ud800", "1\n2", range(3), type, None, lambda: None,
)  # fmt: skip
"""What a caller may pass by mistake, or on purpose."""


def fields_of(value):
    """The arguments of a value's constructor."""
    names = [field.name for field in attrs.fields(type(value)) if field.init]
    return {name: getattr(value, name) for name in names}


def sample(kind):
    """The first sample of a class."""
    return next(each for each in SAMPLES if type(each) is kind)


OWN = (
    Address, FlatPrice, PerSeatPrice, Plan, PaymentRules, BilledPeriod, Item, Paused, Active, Limited, Cancelled, OneOffLine,
    ChargeLine, CreditLine, Invoice, CreditNote, CreditedLine, CreditedTax, DisputePolicy,
    DisputeAllowed, DisputeRefused, ARContact, ARDirectory, Profile,
)  # fmt: skip
"""The value classes whose every argument the tests fill with junk."""

OPERATIONS = [
    lambda x, y: x + y,
    lambda x, y: x - y,
    lambda x, y: x < y,
    lambda x, y: x <= y,
    lambda x, y: x > y,
    lambda x, y: x >= y,
    lambda x, y: total([x, y], x.currency),
    lambda x, y: x.exact() + y.exact(),
    lambda x, y: x.exact() - y.exact(),
    lambda x, y: check_money("amount", y, x.currency),
]
"""What takes two amounts of money: sums and comparisons first."""
