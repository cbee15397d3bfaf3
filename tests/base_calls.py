"""A valid call of everything public, for the test that walks the public face: a new public name is put in here.

A constructor is called with the fields of a value in ``VALUES``; functions and class methods stand in ``CALLS``, methods
and operators, by class, in ``METHODS``. Several calls stand where one would not go every way.
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction

import attrs

from billingcore import (
    billed,
    changes,
    collections,
    cycles,
    deadlines,
    disputes,
    invoices,
    ledger,
    lines,
    parties,
    proration,
    tax,
    vendors,
)
from billingcore.cycles import (
    ANNUAL,
    END_OF_MONTH,
    MONTHLY,
    QUARTERLY,
    WEEKLY,
    Cadence,
    DayOfMonth,
    Period,
    Resume,
    Schedule,
    Unit,
)
from billingcore.cycles import TrialChange as How
from billingcore.daycounts import DayCount
from billingcore.money import Allocation, ExactAmount, Money, Rounding
from billingcore.parties import Buyer, BuyerStatus, CertificateForm, CertificateKind, Scheme, Seller, Use
from billingcore.payments import PaymentMethod, PaymentRules
from billingcore.places import Address
from billingcore.plans import (
    Billing,
    Coupon,
    FlatPrice,
    PackagePrice,
    PerSeatPrice,
    Plan,
    PriceMode,
    Stacking,
    Tier,
    TieredPrice,
    TierMode,
)
from billingcore.profiles import GOTO_RESCUE, Role
from billingcore.records import to_record
from billingcore.sourced import Confidence, History, Sourced
from billingcore.subscriptions import (
    Cancelled,
    ClosedPeriods,
    Item,
    NextPause,
    PauseCredit,
    PauseTerms,
    PriceStep,
    Unbilled,
    Waits,
    limit_subscription,
)
from billingcore.tax import SAAS, SupplyCategory
from billingcore.tax_ids import TaxId, TaxIdState, check_tax_id


def call(*args, **kwargs):
    return args, kwargs


def eur(text):
    return Money.of(text, "EUR")


def made(value):
    """Return the call of the constructor that makes a value again."""
    return call(**{field.alias: getattr(value, field.name) for field in attrs.fields(type(value)) if field.init})


def at(day, hour=12, month=1):
    return datetime(2026, month, day, hour, tzinfo=UTC)


HALF_UP, EDITION, SOURCE = Rounding.HALF_UP, "2026-11-23", "our adviser"
NEW_YEAR, MID_JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 1, 16), date(2026, 2, 1)
JANUARY = Period(NEW_YEAR, FEBRUARY)
STUB = Period(date(2026, 1, 10), FEBRUARY, JANUARY)
LONG = Period(date(2026, 1, 10), date(2026, 3, 1), JANUARY, 0, Period(FEBRUARY, date(2026, 3, 1)))
SPAN = cycles.InstantPeriod(at(1), at(1, month=2))
SCHEDULE = Schedule(NEW_YEAR, MONTHLY)
CLOCK = cycles.InstantSchedule(at(1), MONTHLY, UTC, None, time(12))
TO_THE_SECOND = cycles.AlignedInstantSchedule(at(10), CLOCK, at(15, month=6))
ALIGNED = cycles.AlignedSchedule(date(2026, 1, 10), SCHEDULE, date(2026, 6, 15))
OPEN = cycles.AlignedSchedule(date(2026, 1, 10), SCHEDULE)
TRIAL = cycles.Trial(NEW_YEAR, MID_JANUARY)
TERM = cycles.Term(SCHEDULE, 0, 12)
CALENDAR = deadlines.BusinessCalendar([date(2026, 12, 25)])
FIFTEEN = deadlines.DaysAfter(15)

COUPON = Coupon("SPRING", percent=Fraction(10), cycles=3, at_most=eur("5.00"))
SMALL, LARGE = (Plan(name, FlatPrice(eur(price)), MONTHLY) for name, price in (("Small", "31.00"), ("Large", "62.00")))
YEARLY = Plan("Yearly", FlatPrice(eur("365.00")), ANNUAL)
SELLER = Seller("Seller", Address("IE"), (parties.Registration("IE", Scheme.LOCAL, date(2003, 7, 1)),))
BUYER = Buyer("Buyer", Address("CH"))
IRISH = Buyer("Buyer", Address("IE"))
TEXAN = Buyer("Buyer", Address("US", "US-TX", "78701"), BuyerStatus.BUSINESS, use=Use.BUSINESS)
AUSTIN = Seller("Seller", Address("US", "US-TX"), (parties.Registration("US", Scheme.LOCAL, NEW_YEAR, None, "US-TX"),))
GERMAN = Buyer("Muster", Address("DE"), BuyerStatus.BUSINESS, TaxId("DE", "123456788"), TaxIdState.VERIFIED)
CERTIFICATE = parties.ExemptionCertificate("T-1", CertificateKind.RESALE, "Buyer", ("US-TX",), NEW_YEAR)
STREAMLINED = parties.ExemptionCertificate(
    "S-1", CertificateKind.RESALE, "Buyer", ("US-OH",), NEW_YEAR, form=CertificateForm.STREAMLINED
)
ACCOUNT = changes.Account(
    SELLER,
    BUYER,
    ledger.Ledger.opened("EUR", NEW_YEAR, carried=[ledger.Credited("C-0", NEW_YEAR, eur("1.00"))]),
    tax.default_facts(),
)
VAT = tax.TaxComponent("VAT", "IE", Fraction(23, 100))
CHARGED = tax.Charged("IE", (VAT,), Scheme.LOCAL, (tax.Rule.DOMESTIC,), EDITION)
UNTAXED = tax.OutsideScope("CH", (), EDITION)
UNKNOWN = tax.Undetermined("US", (), EDITION, tax.UndeterminedReason.PLACE_NOT_COVERED, "not known here")
EXEMPT = tax.Exempt("US-TX", (), EDITION, CERTIFICATE)
RULINGS = (
    CHARGED,
    UNTAXED,
    UNKNOWN,
    EXEMPT,
    tax.NotTaxable("US-TX", (), EDITION),
    tax.ReverseCharge("DE", (), EDITION),
    tax.Disputed("US-TX", (), EDITION, "two readings"),
    tax.NotCollecting("FR", (), EDITION, tax.NotCollectingReason.SELLER_NOT_REGISTERED),
)
FACTS = tax.default_facts()
RATE = tax.VatRate("TVA", Fraction(1, 5))
RATES = History("rate of FR", (Sourced(RATE, NEW_YEAR, None, SOURCE, NEW_YEAR),))
MEMBERS = History("membership of CH", (Sourced(True, NEW_YEAR, None, SOURCE, NEW_YEAR),))
LOCAL = tax.LocalRate("Austin", "US-TX", Fraction(1, 100))
OVERRIDE = tax.Override("US-TX", SupplyCategory.SAAS, True, SOURCE, Fraction(1, 20))

LINE = billed.BilledPeriod.of_plan(SMALL, 1, JANUARY, UNTAXED)
TIMED = billed.BilledPeriod.of_plan(SMALL, 1, JANUARY, UNTAXED, None, SPAN)
ENDED = LINE.replaced_on(MID_JANUARY, eur("5.00"))
CHANGE = proration.Change.to(MID_JANUARY, LARGE)
SIMPLE = proration.ProrationPolicy.keep_dates()
RULES_OF_GOTO = GOTO_RESCUE.rules
POLICY = RULES_OF_GOTO.upgrade.policy
GATHERING = attrs.evolve(SIMPLE, settlement=proration.Settlement.NEXT_INVOICE)
APART = attrs.evolve(SIMPLE, settlement=proration.Settlement.APART)
LATER = proration.ProrationPolicy.at_period_end()
WINDOW = attrs.evolve(SIMPLE, full_refund_days=30)
GROSS = Plan("Gross", FlatPrice(eur("9.99"), PriceMode.INCLUSIVE), MONTHLY)
GROSS_LINE = billed.BilledPeriod(
    GROSS, 1, JANUARY, eur("9.99"), eur("0.00"), CHARGED, eur("0.00"), None, None, eur("1.67")
)
RESULT = proration.prorate_change(SIMPLE, CHANGE, (LINE,))
ITEM = lines.OneOffLine("Item", 2, eur("10.00"), CHARGED)
INVOICE = invoices.Invoice("2026-1", NEW_YEAR, SELLER, IRISH, (ITEM,))
NOTE = invoices.credit_in_full(INVOICE, "C-1", MID_JANUARY)
DISPUTES = disputes.DisputePolicy(FIFTEEN, FIFTEEN)
ALLOWED = disputes.decide_dispute(INVOICE, MID_JANUARY, DISPUTES)
MAIN = Item("main", SMALL, 1)
STARTED = changes.quote_start(ACCOUNT, NEW_YEAR, MAIN).granted().numbered("S-1")
ACTIVE = STARTED.subscription
BILL = STARTED.document
KNOWN = ACCOUNT.with_entries(*STARTED.entries, ledger.Issued.of(INVOICE))
RENEWED = changes.quote_renewal(ACCOUNT, ACTIVE).granted().subscription
TO_LARGE = changes.Cart(MID_JANUARY, changes.alter("main", plan=LARGE))
ADDED = changes.Cart(MID_JANUARY, changes.add(Item("more", SMALL, coupon=COUPON)))
GATHERED = changes.quote_change(ACCOUNT, ACTIVE, TO_LARGE, GATHERING).granted()
SCHEDULED = changes.quote_change(ACCOUNT, ACTIVE, TO_LARGE, LATER).granted()
CHANGED = changes.quote_change(ACCOUNT, ACTIVE, TO_LARGE, SIMPLE).granted()
ENDING = changes.quote_cancellation(ACCOUNT, ACTIVE, MID_JANUARY, LATER).granted()
ENDS = changes.quote_cancellation(ACCOUNT, ACTIVE, MID_JANUARY, SIMPLE).granted()
TERMS = PauseTerms(PauseCredit.UNUSED)
PAUSED = changes.quote_pause(ACCOUNT, ACTIVE, MID_JANUARY, TERMS, until=FEBRUARY).granted().subscription
KEPT = changes.quote_pause(ACCOUNT, ACTIVE, MID_JANUARY, PauseTerms(coupons_run=True)).granted().subscription
LATE_BACK = (
    changes.quote_pause(ACCOUNT, ACTIVE, MID_JANUARY, PauseTerms(PauseCredit.WHEN_RESUMED)).granted().subscription
)
TRIALING = changes.quote_start(ACCOUNT, NEW_YEAR, attrs.evolve(MAIN, trial=TRIAL)).granted().subscription
METERED = Item("calls", Plan("Calls", FlatPrice(eur("1.00")), MONTHLY, Billing.METERED))
MEASURED = changes.quote_start(ACCOUNT, NEW_YEAR, MAIN, METERED).granted().subscription
CASE = collections.DunningCase(eur("31.00"), frozenset({NEW_YEAR}))
DUNNING = collections.DunningPolicy((3, 5), 10, 20, collections.FinalAction.CANCEL)
CONTACT = collections.ARContact("France", "ar@example.com", "+33 1")
PARTS = (ledger.Instalment(MID_JANUARY, eur("20.00")), ledger.Instalment(FEBRUARY, eur("16.00")))
ENTRIES = (
    ledger.Issued("L-1", NEW_YEAR, eur("36.00"), PARTS), ledger.Issued("L-2", date(2026, 1, 5), eur("24.00"), MID_JANUARY, recorded_on=date(2026, 1, 6)),
    ledger.Credited("LC-1", date(2026, 1, 6), eur("2.00"), "L-1"), ledger.Credited("LC-2", date(2026, 1, 6), eur("9.00"), apart=True, due_on=FEBRUARY),
    ledger.Started("dd-1", date(2026, 1, 7), eur("5.00"), "L-1"), ledger.Failed("dd-1", date(2026, 1, 8), "L-1", ledger.Decline.SOFT),
    ledger.Received("wire-1", date(2026, 1, 9), eur("30.00"), {"L-2": eur("20.00")}), ledger.Received("wire-2", date(2026, 1, 9), eur("3.00"), "L-2"),
    ledger.Started("dd-2", date(2026, 1, 10), eur("5.00"), ("L-1", "L-2")), ledger.Applied("use-1", date(2026, 1, 11), eur("4.00"), "wire-1", "L-1"),
    ledger.Released("use-1", date(2026, 1, 12), eur("4.00"), "wire-1", "L-1"), ledger.Refunded("back-1", date(2026, 1, 12), eur("1.00"), "wire-2", "L-2"),
    ledger.Refunded("back-2", date(2026, 1, 12), eur("1.00"), "wire-1"), ledger.Reversed("cb-1", date(2026, 1, 13), eur("20.00"), "wire-1"),
    ledger.Reinstated("won-1", date(2026, 1, 14), eur("20.00"), "wire-1"), ledger.WrittenOff("w-1", date(2026, 1, 15), eur("0.50"), "L-1"),
    ledger.WrittenOff("w-2", date(2026, 1, 15), eur("0.50"), "wire-1", over=True), ledger.Contested("d-1", date(2026, 1, 15), "L-1", eur("5.00")),
    ledger.Contested("d-2", date(2026, 1, 15), "L-2"), ledger.Resolved("d-2", MID_JANUARY, "L-2"), ledger.Promised("p-1", MID_JANUARY, eur("5.00"), FEBRUARY, "L-1"),
    ledger.Promised("p-2", MID_JANUARY, eur("5.00"), FEBRUARY), ledger.Agreed("agreed", date(2026, 1, 20), eur("19.00")),
)  # fmt: skip
LEDGER = ledger.Ledger.opened("EUR", NEW_YEAR, eur("1.00")).with_entries(*ENTRIES)
SETTLED = (ledger.Issued("S-1", NEW_YEAR, eur("5.00")), ledger.Received("S-2", NEW_YEAR, eur("5.00"), "S-1"))
CLOSED = ledger.Ledger.opened("EUR", NEW_YEAR).with_entries(*SETTLED).closed_before(MID_JANUARY, chargeback_days=5)
POSITION = LEDGER.position(MID_JANUARY)
BILLED_POSITION = ledger.Ledger.opened("EUR", NEW_YEAR).with_entries(ledger.Issued.of(INVOICE)).position(FEBRUARY)
AGEING = ledger.age_ledger(LEDGER, FEBRUARY)
OWN_DAY = ledger.AgeingPolicy((0, 30), ledger.AgedBy.ISSUE_DAY, ledger.LateFrom.SAME_DAY, ledger.UnappliedAs.BY_OWN_DAY)
STATEMENT = LEDGER.statement(NEW_YEAR, FEBRUARY)
SHARING = ledger.share_payment(POSITION.items, eur("9.00"), ledger.SharingRule.DUE_FIRST)
LIMITED = limit_subscription(ACTIVE, MID_JANUARY, eur("31.00"))
GROUP = tax.TaxGroup(eur("20.00"), CHARGED)
APPORTIONED = tax.TaxGroup.of_gross(eur("24.60"), CHARGED)
STEPS = (Tier(10, eur("2.00"), eur("1.00")), Tier(None, ExactAmount(Fraction(301, 2), "EUR")))
POLICIES = {"simple": SIMPLE, "rescue": RULES_OF_GOTO}
COMPARISON = vendors.compare(CHANGE, POLICIES, (LINE,))
PRICES = (
    FlatPrice(eur("30.00")), PerSeatPrice(eur("12.00")), PackagePrice(eur("5.00"), 100, 1),
    TieredPrice(TierMode.GRADUATED, STEPS),
)  # fmt: skip
RULES = (
    FIFTEEN, deadlines.DaysBefore(30), deadlines.MonthEndPlus(10, 1), deadlines.DaysThenMonthEnd(30),
    deadlines.BusinessDaysAfter(2, CALENDAR), deadlines.BusinessDaysBefore(2, CALENDAR),
)  # fmt: skip

VALUES = (
    # money, time
    Money(3000, "EUR"), ExactAmount(Fraction(81, 2), "EUR"), MONTHLY, JANUARY, STUB, LONG, SPAN, SCHEDULE, CLOCK, ALIGNED, TO_THE_SECOND, TRIAL, TERM,
    Schedule(date(2026, 1, 31), MONTHLY, END_OF_MONTH), DayOfMonth(31), cycles.MonthDay(2, 29), SCHEDULE.periods(NEW_YEAR, FEBRUARY),
    cycles.move_bill_date(SCHEDULE, 0, MID_JANUARY), cycles.move_bill_date(SCHEDULE, 0, date(2026, 3, 10)),
    cycles.renew_early(SCHEDULE, MID_JANUARY), cycles.renew_early(SCHEDULE, MID_JANUARY, restart=True),
    cycles.resume_schedule(SCHEDULE, MID_JANUARY, date(2026, 3, 11), Resume.KEEP_DAYS),
    CALENDAR, *RULES, FIFTEEN.deadline(NEW_YEAR), FIFTEEN.deadline(date(2026, 1, 2)).rolled(CALENDAR),
    # places, parties, plans, facts
    Address("US", "US-TX", "78701"), SELLER, TEXAN, GERMAN, SELLER.registrations[0], CERTIFICATE, TaxId("DE", "123456788"),
    TaxId("own:AR", "1"), check_tax_id("DE111111121"), COUPON, Coupon("FIVE", amount=eur("5.00")), SMALL, *PRICES, *STEPS,
    PaymentRules(frozenset({PaymentMethod.VISA}), frozenset({PaymentMethod.WIRE}), frozenset()), RATES, RATES.rows[0],
    # tax
    *RULINGS, VAT, RATE, LOCAL, OVERRIDE, SAAS, GROUP, APPORTIONED, APPORTIONED.apportionment, FACTS, FACTS.with_local_rates(LOCAL),
    tax.Note(tax.NoteCode.ROW, "a note"), tax.facts(NEW_YEAR)[0], *tax.slice_at_start(JANUARY, eur("30.00")),
    tax.late_exemption(CERTIFICATE, "Buyer", FEBRUARY, ()),
    # billed and changed
    LINE, TIMED, ENDED, CHANGE, proration.Change.cancel(at(16)), POLICY, POLICY.measure, RULES_OF_GOTO, RULES_OF_GOTO.upgrade, RULES_OF_GOTO.order, GROSS, GROSS_LINE,
    proration.FixedDays(30), proration.RoundStep(4, HALF_UP), RESULT, *RESULT.lines, *proration.prorate_change(SIMPLE, proration.Change.cancel(MID_JANUARY), (GROSS_LINE,)).lines, proration.settle_small(eur("1.00"), eur("2.00"), proration.SmallAmount.WAIVE),
    proration.prorate(eur("31.00"), JANUARY, MID_JANUARY), proration.prorate(eur("31.00"), SPAN, at(16)),
    proration.fold_changes(SIMPLE, (LINE,), (CHANGE,)), *COMPARISON.rows, COMPARISON,
    vendors.ComparedRow(("none",), None, "it does not fit"), vendors.policies_matching(CHANGE, POLICIES, eur("1.00"), (LINE,)),
    ACTIVE, TRIALING, LIMITED, PAUSED, Cancelled(ACTIVE, MID_JANUARY), MAIN, Item("ramp", SMALL, steps=(PriceStep(LARGE, 2),), periods=3), PriceStep(LARGE, 2),
    TERMS, SCHEDULED.subscription.next[0], NextPause(MID_JANUARY, TERMS, FEBRUARY), Unbilled("calls", SMALL, 1, STUB), ClosedPeriods(FEBRUARY, 1, eur("31.00"), eur("0.00")),
    BILL.lines[0].billed, ACTIVE.billed[0].document,
    # documents and what follows
    ITEM, lines.ChargeLine(LINE), lines.CreditLine(ENDED, MID_JANUARY, RESULT.lines[0]), INVOICE, NOTE, *NOTE.lines, *NOTE.taxes,
    attrs.evolve(INVOICE, prepaid=eur("5.00")), DISPUTES, ALLOWED, disputes.decide_dispute(INVOICE, FEBRUARY, DISPUTES),
    ACCOUNT, STARTED, GATHERED, SCHEDULED, CHANGED, ENDING, ENDS, changes.Refused.for_tax(UNKNOWN), changes.Refused(changes.RefusedReason.ENDS, "it ends"),
    CHANGED.outcomes[0], *TO_LARGE.changes, *ADDED.changes, changes.remove("main"), changes.ChangeOptions(trial_length=WEEKLY), invoices.DocumentReference("1", NEW_YEAR),
    next(changes.timeline(ACCOUNT, ACTIVE, date(2026, 3, 1))),
    CASE, DUNNING, *(collections.dunning_state(CASE, day, DUNNING) for day in (NEW_YEAR, MID_JANUARY, date(2026, 3, 1))),
    collections.Settled("paid"), CONTACT, collections.ARDirectory((("FR", CONTACT),), CONTACT, SOURCE), GOTO_RESCUE,
    # the ledger
    *ENTRIES, PARTS[0], ledger.Portion("L-1"), ledger.Portion("L-1", eur("1.00")), LEDGER, CLOSED, CLOSED.closed, *CLOSED.closed.invoices, POSITION,
    LEDGER.position(NEW_YEAR, known_on=MID_JANUARY), *POSITION.invoices[:2], *POSITION.items[:2], POSITION.unapplied[0], *POSITION.invoices[1].uses[:1],
    ledger.AgeingPolicy(), OWN_DAY, AGEING, ledger.age_ledger(LEDGER, FEBRUARY, OWN_DAY, known_on=FEBRUARY), *AGEING.buckets[:2],
    STATEMENT, STATEMENT.rows[0], STATEMENT.roll_forward, SHARING,
)  # fmt: skip
"""A value or two of every value class: its constructor is called with their fields."""


def credit(net, period, day):
    return proration.prorate(net, period, day).credit


CALLS = {
    # money, places
    "Money.of": [call("30.00", "EUR"), call(30, "EUR"), call(Decimal("30.00"), "EUR")],
    "Money.parse": [call("30.00 EUR")],
    "Money.zero": [call("EUR")],
    "total": [call((eur("1.00"),), "EUR")],
    "convert": [call(eur("1.00"), "USD", Fraction(11, 10), HALF_UP)],
    "round_to_step": [call(eur("1.66"), eur("0.05"), HALF_UP)],
    "ExactAmount.of": [call("0.0004", "USD"), call(Fraction(1, 3), "USD")],
    "minor_digits": [call("EUR")],
    "country_name": [call("FR")],
    "subdivisions": [call("CA")],
    # time
    **{f"Cadence.{name}": [call(2)] for name in ("daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly")},
    "Cadence.of": [call(MONTHLY)],
    "AlignedSchedule.backwards": [call(NEW_YEAR, FEBRUARY, WEEKLY)],
    "AlignedSchedule.by_anniversary": [call(NEW_YEAR, MONTHLY), call(NEW_YEAR, MONTHLY, date(2026, 6, 15))],
    "AlignedSchedule.by_rule": [call(NEW_YEAR, DayOfMonth(1), MONTHLY)],
    "Schedule.by_rule": [call(NEW_YEAR, DayOfMonth(15), MONTHLY)],
    **{
        f"{name}.by_rule": [call(at(10), DayOfMonth(1), MONTHLY, UTC), call(at(10), DayOfMonth(1), MONTHLY, UTC, time_of_day=time(9, 30))]
        for name in ("InstantSchedule", "AlignedInstantSchedule")
    },
    "AlignedInstantSchedule.by_anniversary": [call(at(10), MONTHLY, UTC), call(at(10), MONTHLY, UTC, at(15, month=6))],
    "AlignedInstantSchedule.backwards": [call(at(10), at(1, month=2), WEEKLY, UTC)],
    "start_of_day": [call(NEW_YEAR, UTC)],
    "Term.of": [call(NEW_YEAR, MONTHLY, 12)],
    "Trial.lasting": [call(NEW_YEAR, WEEKLY)],
    "Weekday.of": [call(NEW_YEAR)],
    "civil_date": [call(at(1), UTC)],
    "move_bill_date": [call(SCHEDULE, 0, date(2026, 3, 10)), call(Schedule(date.min, Cadence(1, Unit.DAY)), 0, date(1, 2, 1))],
    "renew_early": [call(SCHEDULE, MID_JANUARY), call(SCHEDULE, MID_JANUARY, restart=True)],
    "resume_schedule": [call(SCHEDULE, MID_JANUARY, date(2026, 3, 11), how) for how in Resume],
    "period_share": [call(STUB, count) for count in DayCount],
    "year_fraction": [call(NEW_YEAR, FEBRUARY, count) for count in DayCount if count.counts_years],
    # tax IDs
    "check_tax_id": [call("DE113866163"), call("1", "AR", extra={"AR": str})],
    "is_valid_tax_id": [call("DE113866163"), call("113866163", "DE")],
    "parse_tax_id": [call("DE113866163"), call("113866163", "DE")],
    # plans
    "take_off": [call(eur("9.00"), (), Stacking.EACH_ON_FULL), call(eur("9.00"), (COUPON,), Stacking.COMPOUND_IN_ORDER)],
    # tax
    "normalise_postal_code": [call("GB", "sw1a 1aa"), call("FR", "75001")],
    "TaxGroup.of_gross": [call(eur("24.60"), ruling) for ruling in (CHARGED, UNTAXED)],
    "assess_tax": [
        call(((eur("20.00"), CHARGED), (eur("1.00"), UNTAXED)), "EUR"),
        call((), "EUR"),
        *(call(((eur("24.60"), CHARGED),), "EUR", prices=PriceMode.INCLUSIVE, stage=stage) for stage in tax.RoundingStage),
    ],
    "mixed_categories": [call(()), call((GROUP,))],
    "certificate_end": [call(CERTIFICATE, "US-TX"), call(STREAMLINED, "US-OH")],
    "decide_tax": [call(SELLER, GERMAN, NEW_YEAR), call(AUSTIN, TEXAN, NEW_YEAR), call(SELLER, BUYER, NEW_YEAR, FACTS, SAAS, (LOCAL,))],
    "tax_changes": [call(SELLER, IRISH, NEW_YEAR, FEBRUARY), call(AUSTIN, TEXAN, NEW_YEAR, FEBRUARY)],
    "tax_place": [call(TEXAN)],
    "late_exemption": [call(CERTIFICATE, "Buyer", FEBRUARY, (("1", NEW_YEAR, CHARGED),)), call(CERTIFICATE, "Buyer", FEBRUARY, (), within_days=None)],
    "default_facts": [call()],
    "facts": [call(NEW_YEAR), call(NEW_YEAR, place="FR", kind=tax.FactKind.RATE, confidence=Confidence.HIGH)],
    "explain_ruling": [call(ruling) for ruling in RULINGS],
    "slice_at_earlier_of_invoice_and_payment": [call(JANUARY, eur("30.00"), NEW_YEAR, None), call(JANUARY, eur("30.00"), NEW_YEAR, MID_JANUARY)],
    "slice_at_end": [call(JANUARY, eur("30.00"))],
    "slice_at_invoice": [call(JANUARY, eur("30.00"), NEW_YEAR)],
    "slice_at_payment": [call(JANUARY, eur("30.00"), NEW_YEAR)],
    "slice_at_start": [call(JANUARY, eur("30.00"))],
    "slice_by_day": [call(JANUARY, eur("30.00"), (MID_JANUARY,)), call(JANUARY, eur("30.00"), ())],
    # billed, proration
    "BilledPeriod.of_plan": [call(SMALL, 1, JANUARY, UNTAXED)],
    "Change.to": [call(MID_JANUARY, LARGE), call(at(16), LARGE, 2, ruling=UNTAXED)],
    "Change.add": [call(MID_JANUARY, LARGE)],
    "Change.remove": [call(MID_JANUARY), call(MID_JANUARY, item="Small")],
    "Change.cancel": [call(MID_JANUARY), call(at(16))],
    "credit_billed": [call(LINE, MID_JANUARY)],
    "Rulebook.of": [call("ours", SIMPLE), call("ours", SIMPLE, cancellation=LATER)],
    "monthly_equivalent": [call(YEARLY, 1)],
    "fold_changes": [call(SIMPLE, (LINE,), (CHANGE,)), call(RULES_OF_GOTO, (LINE,), (CHANGE,), purchased_on=NEW_YEAR)],
    "prorate": [call(eur("30.00"), JANUARY, MID_JANUARY), call(eur("30.00"), SPAN, at(16)), call(eur("30.00"), JANUARY, MID_JANUARY, until=date(2026, 1, 20))],
    **{f"ProrationPolicy.{name}": [call()] for name in ("difference", "keep_dates", "restart")},
    "prorate_change": [
        call(SIMPLE, CHANGE, (LINE,)), call(RULES_OF_GOTO, CHANGE, (LINE,)),
        call(SIMPLE, proration.Change.add(MID_JANUARY, SMALL), (), running=JANUARY),
        call(WINDOW, proration.Change.cancel(MID_JANUARY), (LINE,), purchased_on=NEW_YEAR, paid=eur("10.00")),
        call(SIMPLE, proration.Change.to(MID_JANUARY, LARGE, item="Small"), (LINE,)),
        call(SIMPLE, proration.Change.to(MID_JANUARY, LARGE, next_bill_on=FEBRUARY), (LINE,)),
    ],
    "settle_small": [call(eur("1.00"), eur("2.00"), action) for action in proration.SmallAmount],
    "compare": [call(CHANGE, POLICIES, (LINE,))],
    "policies_matching": [call(CHANGE, POLICIES, eur("31.00"), (LINE,), credit=eur("1.00"), charge=eur("2.00"))],
    "rulebooks_of": [call("polar", "chargebee"), call()],
    "rulebook": [call("polar")],
    # subscriptions
    "extend_trial": [call(TRIALING, FEBRUARY), call(TRIALING, FEBRUARY, key="main")],
    "limit_subscription": [call(ACTIVE, MID_JANUARY, eur("31.00"))],
    "restore_subscription": [call(LIMITED, eur("31.00")), call(LIMITED, eur("1.00"))],
    "take_back": [call(SCHEDULED.subscription, Waits.CHANGE, "main"), call(ENDING.subscription, Waits.CANCELLATION)],
    "closed_before": [call(RENEWED, FEBRUARY)],
    # documents
    "issue_document": [call("2026-1", NEW_YEAR, SELLER, IRISH, (ITEM,), prepaid=each) for each in (None, eur("1.00"))],
    "credit_in_full": [call(INVOICE, "C-1", MID_JANUARY), call(INVOICE, "C-2", MID_JANUARY, (invoices.credit_in_part(INVOICE, {1: eur("5.00")}, "C-1", MID_JANUARY),))],
    "credit_in_part": [call(INVOICE, {1: eur("5.00")}, "C-1", MID_JANUARY)],
    "decide_dispute": [call(INVOICE, MID_JANUARY, DISPUTES), call(INVOICE, FEBRUARY, DISPUTES)],
    "dispute_window": [call(NEW_YEAR, DISPUTES)],
    "uphold_dispute": [call(KNOWN, ACTIVE, ALLOWED, {1: eur("5.00")}, MID_JANUARY)],
    # changes
    "Cart": [call(MID_JANUARY, changes.alter("main", plan=LARGE)), call(MID_JANUARY, changes=TO_LARGE.changes)],
    "Refused.for_tax": [call(UNKNOWN)],
    "quote_start": [
        call(ACCOUNT, NEW_YEAR, MAIN), call(ACCOUNT, date(2026, 1, 10), MAIN, schedule=OPEN, coupon=COUPON, one_off=(lines.OneOffLine("Set-up", 1, eur("5.00")),), issued_on=date(2026, 1, 11)),
    ],
    "quote_renewal": [
        call(ACCOUNT, ACTIVE), call(ACCOUNT, GATHERED.subscription, on=FEBRUARY, issued_on=MID_JANUARY, tax_point=MID_JANUARY), call(ACCOUNT, MEASURED, measured={"calls": 3}),
        call(ACCOUNT, PAUSED),
    ],
    "quote_change": [
        *[call(ACCOUNT, ACTIVE, TO_LARGE, policy) for policy in (SIMPLE, RULES_OF_GOTO, APART, GATHERING, LATER, proration.Rulebook.of("ours", GATHERING))],
        call(ACCOUNT, ACTIVE, ADDED, SIMPLE, options=changes.ChangeOptions(), one_off=(lines.OneOffLine("Set-up", 1, eur("5.00")),)),
        *[call(ACCOUNT, TRIALING, changes.Cart(date(2026, 1, 10), changes.alter("main", plan=LARGE)), SIMPLE, options=changes.ChangeOptions(trial=how, trial_length=WEEKLY)) for how in How],
    ],
    "quote_cancellation": [call(ACCOUNT, ACTIVE, MID_JANUARY, SIMPLE), call(ACCOUNT, GATHERED.subscription, date(2026, 1, 20), LATER), call(ACCOUNT, MEASURED, MID_JANUARY, SIMPLE, measured={"calls": 2})],
    "quote_credit": [call(KNOWN, ACTIVE, BILL, MID_JANUARY), call(KNOWN, ACTIVE, BILL, MID_JANUARY, {1: eur("5.00")})],
    "quote_pause": [call(ACCOUNT, ACTIVE, MID_JANUARY, TERMS, until=FEBRUARY), call(ACCOUNT, ACTIVE, MID_JANUARY, at_end=True, periods=2), call(ACCOUNT, MEASURED, MID_JANUARY, measured={"calls": 2})],
    "quote_resumption": [call(ACCOUNT, PAUSED), *[call(ACCOUNT, state, date(2026, 1, 20), goes_on=how) for how in Resume for state in (KEPT, LATE_BACK)]],
    "quote_bill_date": [call(ACCOUNT, ACTIVE, MID_JANUARY, date(2026, 2, 10), how) for how in changes.BillDateChange] + [call(ACCOUNT, ACTIVE, MID_JANUARY, date(2026, 2, 10), rule=DayOfMonth(10))],
    "quote_early_renewal": [call(ACCOUNT, ACTIVE, MID_JANUARY), call(ACCOUNT, ACTIVE, MID_JANUARY, credit=False)],
    "alter": [call("main", plan=LARGE, quantity=2, coupon=COUPON)],
    "add": [call(MAIN)],
    "remove": [call("main")],
    "switch": [call({"main": LARGE})],
    "timeline": [call(ACCOUNT, ACTIVE, date(2026, 3, 1), card=MID_JANUARY, notice=deadlines.DaysBefore(10))],
    "due_by": [call({"a": ACTIVE, "b": PAUSED}, FEBRUARY)],
    # collections
    "dunning_state": [call(CASE, MID_JANUARY, DUNNING), call(attrs.evolve(CASE, paid_on=MID_JANUARY), FEBRUARY, DUNNING)],
    "recover_schedule": [call(CASE, day, DUNNING, SCHEDULE) for day in (date(2026, 1, 2), date(2026, 1, 25))],
    # the ledger
    "Issued.of": [call(INVOICE), call(INVOICE, FEBRUARY), call(INVOICE, (ledger.Instalment(FEBRUARY, eur("24.60")),))],
    "Credited.of_note": [call(NOTE), call(NOTE, apart=True)],
    "Ledger.opened": [call("EUR", NEW_YEAR), call("EUR", NEW_YEAR, eur("-1.00"), carried=(ENTRIES[0],))],
    "age_items": [call(POSITION.items, FEBRUARY, "EUR"), call((), FEBRUARY, "EUR", OWN_DAY)],
    "age_ledger": [call(LEDGER, FEBRUARY), call(LEDGER, FEBRUARY, OWN_DAY, known_on=FEBRUARY)],
    "age_ledgers": [call((LEDGER, CLOSED), FEBRUARY), call((LEDGER,), FEBRUARY, OWN_DAY, known_on=FEBRUARY)],
    "age_ledgers_in": [call((LEDGER, CLOSED), FEBRUARY, "USD", {"EUR": Fraction(11, 10)}, HALF_UP), call((), FEBRUARY, "USD", {}, HALF_UP, OWN_DAY, known_on=FEBRUARY)],
    "convert_items": [call(POSITION.items, "USD", {"EUR": Fraction(11, 10)}, HALF_UP)],
    "total_ageings": [call((AGEING, AGEING))],
    "share_payment": [
        *(call(POSITION.items, eur("9.00"), rule) for rule in ledger.SharingRule),
        call(POSITION.items, eur("9.00"), ledger.SharingRule.AS_NAMED, named={"L-1": eur("1.00")}, with_contested=True),
        call(POSITION.items, eur("9.00"), ledger.SharingRule.AS_NAMED, named=("L-1", ledger.Portion("L-2"))),
    ],
    # receipts, records
    "format_date": [call(NEW_YEAR, "fr")],
    "format_money": [call(eur("30.00"), "fr")],
    "format_rate": [call(Fraction(1, 5), "fr")],
    "render_text": [call(INVOICE, "fr"), call(INVOICE, "fr", BILLED_POSITION), call(NOTE, "fr_CA")],
    "render_html": [call(INVOICE, "fr"), call(INVOICE, "fr", BILLED_POSITION), call(NOTE, "fr_CA")],
    "from_record": [call(to_record(INVOICE)), call(to_record(POLICY), zone_of=lambda name: UTC)],
    "record_types": [call()],
    "to_record": [call(INVOICE)],
    # testing
    "currencies": [call()],
    "moneys": [call(), call("EUR", min_minor=0, max_minor=9)],
    "exact_amounts": [call(), call("EUR")],
    "periods": [call(), call(NEW_YEAR, FEBRUARY, max_days=30)],
    "cut_periods": [call(), call(30)],
    "cadences": [call(), call((Unit.MONTH,), max_count=3)],
    "schedules": [call(), call(NEW_YEAR, FEBRUARY)],
    "register": [call()],
    "credit_is_rounded_half_up": [call(credit, eur("30.00"), JANUARY, MID_JANUARY)],
    "credits_stay_within_the_billed": [call(credit, eur("30.00"), JANUARY, MID_JANUARY)],
    "credit_never_grows_later": [call(credit, eur("30.00"), JANUARY, MID_JANUARY), call(credit, eur("30.00"), JANUARY, FEBRUARY)],
    "parts_make_the_whole": [call(credit, eur("30.00"), JANUARY, (MID_JANUARY,)), call(credit, eur("30.00"), JANUARY, ())],
    "allocation_keeps_the_whole": [call(Money.allocate, eur("30.00"), (1, 2))],
    "boundaries_are_counted_from_the_anchor": [call(lambda anchor, cadence, n: Schedule(anchor, cadence).boundary(n), SCHEDULE, 1)],
    "boundaries_increase": [call(lambda anchor, cadence, n: Schedule(anchor, cadence).boundary(n), SCHEDULE, 1)],
    "one_period_contains_each_day": [call(Schedule.period_containing, SCHEDULE, MID_JANUARY)],
}  # fmt: skip
"""Functions and class methods by name, each with its calls."""

_OF_A_DAY = {name: [call(MID_JANUARY)] for name in ("index_of", "is_boundary", "period_containing")}
_OF_AN_INSTANT = {name: [call(at(16))] for name in ("index_of", "is_boundary", "period_containing")}
_OF_A_NUMBER = {name: [call(1)] for name in ("boundary", "period")}
_CHARGE = {"charge_for": [call(3)]}

METHODS = {
    "Money": (eur("30.00"), {
        **{f"__{name}__": [call(eur("1.00"))] for name in ("add", "sub", "lt", "le", "gt", "ge")},
        "__mul__": [call(2), call(Fraction(1, 2))],
        "__rmul__": [call(2), call(Fraction(1, 2))],
        "__format__": [call(">20")],
        "share": [call(13, 28, HALF_UP)],
        "allocate": [call((1, 2)), call((1, 2), Allocation.FIRST)],
        "split": [call(3)],
    }),
    "ExactAmount": (ExactAmount(Fraction(81, 2), "EUR"), {
        **{f"__{name}__": [call(ExactAmount(Fraction(1, 2), "EUR"))] for name in ("add", "sub", "lt", "le", "gt", "ge")},
        **{f"__{name}__": [call(2), call(Fraction(1, 2))] for name in ("mul", "rmul")},
        "round": [call(HALF_UP)],
        "to_text": [call(), call(3)],
    }),
    "Period": (STUB, {"contains": [call(MID_JANUARY)], "split": [call(MID_JANUARY)]}),
    "Periods": (SCHEDULE.periods(NEW_YEAR, date(2026, 6, 1)), {"__contains__": [call(JANUARY)]}),
    "InstantPeriod": (SPAN, {"contains": [call(at(16))], "split": [call(at(16))]}),
    "Schedule": (Schedule(NEW_YEAR, QUARTERLY), {
        **_OF_A_DAY, **_OF_A_NUMBER,
        "cycles": [call(NEW_YEAR, 3)],
        "periods": [call(NEW_YEAR), call(NEW_YEAR, FEBRUARY)],
        "is_clamped": [call(1)],
        "explain": [call(NEW_YEAR, FEBRUARY)],
        "explain_boundary": [call(1)],
    }),
    "AlignedSchedule": (ALIGNED, {
        **_OF_A_DAY, **_OF_A_NUMBER,
        "cycles": [call(MID_JANUARY, 3)],
        "periods": [call(), call(MID_JANUARY, FEBRUARY)],
        "explain": [call(), call(FEBRUARY)],
    }),
    "InstantSchedule": (CLOCK, {
        **_OF_AN_INSTANT, **_OF_A_NUMBER,
        "cycles": [call(at(16), 3)],
        "is_clamped": [call(1)],
        "periods": [call(at(1), at(16))],
        "explain": [call(at(1), at(16))],
        "explain_boundary": [call(1)],
    }),
    "AlignedInstantSchedule": (TO_THE_SECOND, {
        **_OF_AN_INSTANT, **_OF_A_NUMBER,
        "cycles": [call(at(16), 3)],
        "periods": [call(), call(at(16), at(1, month=2))],
        "explain": [call(), call(at(1, month=2))],
    }),
    "Term": (TERM, {"contains": [call(MID_JANUARY)], "renewal": [call(), call(3)]}),
    "Trial": (TRIAL, {
        "changed": [call(date(2026, 1, 10), how, WEEKLY) for how in How],
        "extended": [call(WEEKLY)],
        "extended_to": [call(FEBRUARY)],
        "schedule": [call(MONTHLY)],
    }),
    "BusinessCalendar": (CALENDAR, {
        **{name: [call(MID_JANUARY)] for name in ("following", "preceding", "is_business_day")},
        **{name: [call(MID_JANUARY, 3)] for name in ("plus", "minus")},
    }),
    **{type(rule).__name__: (rule, {"deadline": [call(MID_JANUARY)]}) for rule in RULES},
    "Deadline": (FIFTEEN.deadline(NEW_YEAR), {
        "allows": [call(MID_JANUARY)],
        "days_left": [call(MID_JANUARY)],
        "rolled": [call(CALENDAR)],
    }),
    "Sourced": (RATES.rows[0], {"holds_on": [call(NEW_YEAR)]}),
    "History": (RATES, {"find": [call(NEW_YEAR)], "on": [call(NEW_YEAR)]}),
    "TaxId": (TaxId("DE", "123456788"), {"fits": [call("DE")]}),
    "Registration": (SELLER.registrations[0], {"in_force_on": [call(NEW_YEAR)]}),
    "Seller": (SELLER, {"registration": [call(Scheme.LOCAL, NEW_YEAR), call(Scheme.UNION_OSS, NEW_YEAR, "IE"), call(Scheme.LOCAL, NEW_YEAR, "US", "US-TX")]}),
    "PaymentRules": (GOTO_RESCUE.payments, {name: [call(PaymentMethod.VISA)] for name in ("takes", "needs_sales", "renews_with")}),
    "Item": (MAIN, {"after_period": [call(with_coupon=True), call(with_coupon=False, until=FEBRUARY)]}),
    "Invoice": (INVOICE, {"with_number": [call("2026-2")]}),
    "CreditNote": (NOTE, {"with_number": [call("C-2")]}),
    "Quote": (CHANGED, {"applies_to": [call(ACTIVE)], "numbered": [call("2026-2")]}),
    "Coupon": (COUPON, {"holds_in": [call(1)], "off": [call(eur("9.00"))]}),
    "Plan": (SMALL, _CHARGE),
    **{type(price).__name__: (price, _CHARGE) for price in PRICES},
    "ReverseCharge": (RULINGS[5], {"mention": [call("fr")]}),
    "TaxFacts": (FACTS, {
        "covers": [call("FR")],
        "history": [call("FR")],
        "rate": [call("FR", NEW_YEAR)],
        "rate_on": [call("FR", NEW_YEAR)],
        "in_eu": [call("FR", NEW_YEAR)],
        "membership": [call("FR")],
        "local": [call("US-TX", "78701", NEW_YEAR)],
        "override": [call("US-TX", SupplyCategory.SAAS, NEW_YEAR)],
        "with_local_rates": [call(LOCAL)],
        "with_membership": [call("CH", MEMBERS)],
        "with_override": [call(OVERRIDE)],
        "with_rates": [call("FR", RATES)],
    }),
    "BilledPeriod": (LINE, {
        "on_line": [call(None), call(ACTIVE.billed[0].document)],
        "serves": [call(MID_JANUARY)],
        "replaced_on": [call(MID_JANUARY, eur("1.00"))],
        "with_credit_given": [call(eur("1.00"))],
    }),
    "Rulebook": (RULES_OF_GOTO, {
        **{name: [call(CHANGE, (LINE,))] for name in ("happening", "rule_for")},
        "in_zone": [call(UTC)], "rounded": [call(HALF_UP)], "ordered": [call(proration.PlanOrder())],
    }),
    "PlanOrder": (proration.PlanOrder(), {"leads_up": [call((SMALL, 1), (LARGE, 1))]}),
    "ProrationPolicy": (SIMPLE, {"differences": [call(), call(POLICY)], "in_zone": [call(UTC)]}),
    "Active": (ACTIVE, {"billed_on": [call("main", MID_JANUARY)], "upcoming_bills": [call(3)], "item": [call("main")], "billed_for": [call("main")], "in_force": [call("main", MID_JANUARY)], "schedule_of": [call(MAIN)], "next_period": [call(ACTIVE.main)], "due_on": [call(ACTIVE.main)]}),
    "Account": (ACCOUNT, {"decide": [call(NEW_YEAR)], "with_entries": [call(), call(ENTRIES[0])]}),
    "DisputePolicy": (DISPUTES, {"pay_by": [call(NEW_YEAR)]}),
    "Closed": (CLOSED.closed, {"has": [call("issued", "S-1")], "knows": [call(SETTLED[0]), call(ENTRIES[0])]}),
    "Ledger": (LEDGER, {
        "uses_for": [call(eur("1.00"), FEBRUARY), call(eur("0.00"), FEBRUARY)],
        "refundable_on": [call(FEBRUARY)], "has_document": [call("L-1")],
        "with_entries": [call(ENTRIES[0], ledger.Issued("L-9", FEBRUARY, eur("1.00"))), call()],
        "closed_before": [call(FEBRUARY, chargeback_days=120)],
        **{name: [call(FEBRUARY), call(FEBRUARY, known_on=NEW_YEAR)] for name in ("position", "open_on", "balance_on")},
        **{name: [call(NEW_YEAR, FEBRUARY), call(NEW_YEAR, FEBRUARY, known_on=NEW_YEAR)] for name in ("statement", "roll_forward")},
        "share": [
            *(call(ledger.Received("wire-9", FEBRUARY, eur("9.00")), rule) for rule in ledger.SharingRule),
            call(ledger.Received("wire-1", date(2026, 1, 9), eur("30.00")), ledger.SharingRule.DUE_FIRST, with_contested=True),
        ],
    }),
    "OpenItem": (POSITION.items[0], {"days_late": [call(NEW_YEAR)]}),
    "Position": (POSITION, {"invoice": [call("L-1")]}),
    "ARDirectory": (collections.ARDirectory((("FR", CONTACT),), CONTACT, SOURCE), {"contact_for": [call("FR")]}),
    "Profile": (GOTO_RESCUE, {
        "may_change_renewal": [call(Role.TECHNICIAN)],
        "may_manage_billing": [call(Role.TECHNICIAN)],
        "non_renewal_deadline": [call(NEW_YEAR)],
        "restoration": [call(PaymentMethod.VISA, has_contract=True)],
    }),
}  # fmt: skip
"""By class: a value of it, and its methods and operators, each with its calls."""
