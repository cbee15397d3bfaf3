"""Lives of subscriptions that others wrote: engines' own suites and documentation, step by step.

The data (`data/lives.json`) holds for each life its source, the rule as named choices, the plans, the steps, and after each
step what is billed, left, due and next. What is played is the rule that the choices name; figures are never told to it.
"""

import json
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from billingcore.changes import (
    ArrearsChange,
    BillDateChange,
    Cart,
    ChangeOptions,
    Refused,
    add,
    alter,
    quote_bill_date,
    quote_cancellation,
    quote_change,
    quote_credit,
    quote_pause,
    quote_renewal,
    quote_resumption,
    quote_start,
    remove,
)
from billingcore.cycles import (
    ANNUAL,
    MONTHLY,
    QUARTERLY,
    WEEKLY,
    AlignedSchedule,
    Cadence,
    DayOfMonth,
    MonthDay,
    Resume,
    Trial,
)
from billingcore.invoices import Invoice
from billingcore.ledger import Received
from billingcore.lines import OneOffLine
from billingcore.money import total
from billingcore.parties import Buyer, Registration, Scheme, Seller
from billingcore.places import Address
from billingcore.plans import Billing, Coupon, FlatPrice, PerSeatPrice, Plan, Tier, TieredPrice, TierMode
from billingcore.proration import DayOwner, ProrationPolicy, Sale, Settlement
from billingcore.subscriptions import Active, Item, Meeting, PauseCredit, PauseTerms, PriceStep, Waits, take_back
from samples import SWISS, account, money

LIVES = {each["id"]: each for each in json.loads((Path(__file__).parent / "data/lives.json").read_text())["cases"]}
CADENCES = {"month": MONTHLY, "year": ANNUAL, "quarter": QUARTERLY, "week": WEEKLY, "24 months": Cadence.monthly(24)}
SWEDISH = account(
    Seller("Seller", Address("SE"), (Registration("SE", Scheme.LOCAL, date(2010, 1, 1)),)),
    Buyer("Buyer", Address("SE")),
)
"""25 % on every line."""

NOT_SAID = {
    "kb-item-05": "the price of an add-on's first phase ends with the trial of the main item, in the middle of a month",
    "lago-item-01": "what is removed on an upgrade gives nothing back, and fee and add-ons stand on two invoices",
    "lago-item-09": "a second difference of full prices in one period: a document shows a difference as credit and charge",
    "lago-item-13": "the highest number of units of a period is billed, and fewer of them change nothing",
    "fp-pause-02": "the day of a pause is a day of service",
    "stripe-pause-01": "service goes on, and only collection stands still",
    "zuora-refuse-01": "a subscription is resumed and ended on one day, and nothing is billed in between",
    "autumn-trial-05": "an upgrade of a paid plan starts a trial, and what was paid goes back",
    "lago-trial-02": "days of a trial are deducted from a calendar period, and usage in the trial is billed",
    "kb-stub-07": "a price phase ends in the middle of a period, and cuts it",
    "fp-arrears-01": "the day of the end counts for one item and not for the others",
    "kb-usage-01": "usage in blocks with tiers of several sizes, and the day of the end counts",
    "kb-usage-05": "usage in blocks with tiers of several sizes, and the day of the end counts",
    "lago-usage-02": "usage is billed at a threshold, in the middle of a period",
    "autumn-coupon-05": "a coupon begins with the next document and not with the change",
    "met-coupon-04": "a trial that is paid",
    "polar-coupon-13": "it begins in the middle of a life, with lines that wait",
    "lago-contract-01": "a minimum of usage",
    "lago-contract-05": "a minimum of a plan in arrears",
    "kb-change-01": "another interval begins at once and ends on the bill day of the old one",
    "kb-change-05": "another interval begins at once and ends on the bill day of the old one",
    "kb-credit-01": "a bill date moves at once, and what is paid beyond it stays until the next change",
    "kb-credit-10": "a year whose invoice was credited away has no further bill date",
    "lago-credit-02": "charge and credit are two documents, of which one pays the other",
    "lago-credit-06": "charge and credit are two documents, of which one pays the other",
}
"""Lives that the rules do not say, each with the reason."""


def day(text):
    return date.fromisoformat(text)


class Player:
    """Plays one life with quotes."""

    def __init__(self, life):
        self.life, self.account, self.state, self.documents, self.number = life, SWISS, None, [], 0
        self.usage = []
        if life.get("tax"):
            self.account = SWEDISH
        options = life["policy"]["options"]
        policy = ProrationPolicy.keep_dates()
        if options.get("charge") == "difference":
            policy = attrs.evolve(policy, sale=Sale.DIFFERENCE_REMAINING)
        elif options.get("charge") == "full":
            policy = attrs.evolve(policy, sale=Sale.DIFFERENCE_FULL)
        if options.get("settle") == "next_document":
            policy = attrs.evolve(policy, settlement=Settlement.NEXT_INVOICE)
        if str(options.get("end_day")).startswith("paid"):
            policy = attrs.evolve(policy, measure=attrs.evolve(policy.measure, cancel_day=DayOwner.OLD))
        self.options, self.policy = options, policy

    def plan(self, key):
        row = self.life["plans"][key]
        usage = row.get("usage")
        billing = Billing.IN_ARREARS if row.get("billed") == "in_arrears" else Billing.IN_ADVANCE
        price = row.get("price")
        if price is None and usage is None and not row.get("tiers"):
            return Plan(key, PerSeatPrice(money("0.01")), CADENCES[row["every"]], Billing.METERED)
        if price is None and usage and "price" in usage:
            return Plan(key, PerSeatPrice(money(usage["price"])), CADENCES[row["every"]], Billing.METERED)
        if row.get("tiers"):
            steps = tuple(Tier(upto, money(unit)) for upto, unit in row["tiers"][:-1])
            found = TieredPrice(TierMode.GRADUATED, (*steps, Tier(None, money(row["tiers"][-1][1]))))
            return Plan(key, found, CADENCES[row["every"]], billing)
        kind = PerSeatPrice if row.get("per") else FlatPrice
        return Plan(key, kind(money(price)), CADENCES[row["every"]], billing)

    def item(self, row, trial=None):
        known = self.life["plans"][row["plan"]]
        plan, steps = self.plan(row["plan"]), ()
        if "then" in known:
            steps = (PriceStep(plan, known.get("first_price_months", 1)),)
            plan = attrs.evolve(plan, name=f"{plan.name}, later", price=FlatPrice(money(known["then"])))
        return Item(
            row.get("key") or row["item"], plan, row.get("quantity", 1), self.coupon(row.get("discount"), plan), trial, steps,
            row.get("periods"),
        )  # fmt: skip

    def coupon(self, row, plan=None):
        if row is None:
            return None
        if "percent" in row:
            return Coupon("coupon", percent=Fraction(row["percent"]), cycles=row.get("periods"))
        amount = money(row["amount"]) if "amount" in row else plan.charge_for(1) - money(row["price"])
        return Coupon("coupon", amount=amount, cycles=row.get("periods"))

    def schedule(self, step, first, plan):
        rule = None
        if step.get("bill_day"):
            rule = DayOfMonth(step["bill_day"])
        elif step.get("alignment") == "calendar":
            rule = DayOfMonth(1)
        if rule is None or not plan.cadence.months:
            return None
        if plan.cadence.months == 12:
            rule = MonthDay(1, 1) if step.get("alignment") == "calendar" else None
        elif plan.cadence.months == 3:
            rule = MonthDay(1, 1)
        return None if rule is None else AlignedSchedule.by_rule(first, rule, plan.cadence)

    def take(self, quote):
        """Accept a quote, and pay what it asks for."""
        if isinstance(quote, Refused):
            return quote
        self.number += 1
        quote = quote.numbered(*[f"{self.number}-{at}" for at in range(len(quote.documents))])
        self.account = self.account.with_entries(*quote.entries)
        for each in quote.documents:
            if isinstance(each, Invoice) and each.payable:
                paid = Received(f"pay-{each.number}", each.issued_on, each.payable, pays=each.number)
                self.account = self.account.with_entries(paid)
        self.documents += quote.documents
        self.state = quote.subscription
        return quote

    def play(self, step):
        for key, rows in step.get("usage", {}).items():
            cents = isinstance(rows, str)  # an amount that was rated elsewhere: as many cents
            self.usage += (
                [(key, date.min, money(rows).amount_minor)] if cents else [(key, day(at), n) for at, n in rows]
            )
        return getattr(self, f"do_{step['what']}")(step, day(step["on"]))

    def do_start(self, step, on):
        items = sorted([self.item(row) for row in step["items"]], key=lambda item: -(item.plan.cadence.months or 0))
        coupons = step.get("discounts") or []
        whole = self.coupon(step.get("discount"))
        if coupons:
            items[0] = attrs.evolve(items[0], coupon=self.coupon(coupons[0]))
            whole = self.coupon(coupons[1]) if len(coupons) > 1 else None
        one_off = step.get("one_off")
        more = (OneOffLine(one_off["key"], 1, money(one_off["amount"])),) if one_off else ()
        schedule = self.schedule(step, on, items[0].plan)
        return [self.take(quote_start(self.account, on, *items, schedule=schedule, coupon=whole, one_off=more))]

    def do_trial(self, step, on):
        until = day(step["until"])
        items = [self.item(row, Trial(on, until)) for row in step["items"]]
        return [self.take(quote_start(self.account, on, *items, schedule=self.schedule(step, until, items[0].plan)))]

    def measured(self, until):
        """What was measured so far, for each stretch of days that is billed now."""
        if not isinstance(self.state, Active):
            return None
        parts = [
            (each.key, each.period.start, each.period.end)
            for each in self.state.unbilled
            if each.plan.billing is Billing.METERED
        ]
        metered = [item for item in self.state.items if item.plan.billing is Billing.METERED]
        parts += [
            (each.key, each.billed_until, until) for each in metered if (self.state.due_on(each) or date.max) <= until
        ]
        found = {}
        for key, start, end in parts:
            took = [row for row in self.usage if row[0] == key and (row[1] == date.min or start <= row[1] < end)]
            self.usage = [row for row in self.usage if row not in took]
            found.setdefault(key, []).append(sum(units for _, _, units in took))
        return {key: tuple(each) for key, each in found.items()} or None

    def do_renew(self, step, on):
        found = []
        while self.state is not None and len(found) < 4:
            stop = self.state.stop_on if isinstance(self.state, Active) else None
            if on not in (self.state.next_bill_on, stop):
                break
            found.append(self.take(quote_renewal(self.account, self.state, on=on, measured=self.measured(on))))
        return found

    do_convert = do_renew

    def rules(self, step):
        at = step.get("at", "now")
        waits = at in ("period_end", "term_end") or (
            at == "by_policy" and self.options.get("downgrade") == "at period end"
        )
        if at == "by_policy" and self.life["id"].startswith("autumn-sched"):
            waits = True
        return ProrationPolicy.at_period_end() if waits else self.policy

    def change(self, step, on, *intents, **options):
        chosen = ChangeOptions(**options)
        return [self.take(quote_change(self.account, self.state, Cart(on, *intents), self.rules(step), options=chosen))]

    def intent(self, row, on):
        do = row.get("do") or row["what"]
        if do == "add":
            trial, days = None, self.life["plans"][row["plan"]].get("trial_days")
            if days and self.options.get("addon_phase_from") == "start_of_item":
                trial = Trial(day(on), day(on) + timedelta(days=days))
            elif self.options.get("addon_in_trial") == "joins":
                trial = Trial(day(on), self.state.main.trial.first_paid_on)
            return add(self.item(row, trial))
        if do == "remove":
            return remove(row["item"])
        plan = self.plan(row["plan"]) if row.get("plan") else None
        coupon = self.coupon(row.get("discount"), plan)
        return alter(row["item"], plan=plan, quantity=row.get("quantity"), coupon=coupon)

    def do_change(self, step, on):
        options = {}
        if self.options.get("billed") == "in_arrears" or "arrears" in self.life["tags"]:
            vendor = self.life["policy"]["vendor"]
            options["arrears"] = ArrearsChange.AT_RENEWAL if vendor == "Meteroid" else ArrearsChange.NOW
        if isinstance(self.state, Active) and self.state.ends_on is not None and "refusal" in self.life["tags"]:
            options["waits"] = Meeting.REFUSED
        gone = [remove(step["addon_not_available"])] if "addon_not_available" in step else []
        return self.change(step, on, self.intent(step, step["on"]), *gone, **options)

    do_seats = do_interval = do_add = do_remove = do_change

    def do_cart(self, step, on):
        waits = Meeting.CLEARED if step.get("replaces") else None
        if self.state is None:
            trials = {row["item"]: Trial(on, day(row["until"])) for row in step["changes"] if row["do"] == "trial"}
            items = [self.item(row, trials.get(row["item"])) for row in step["changes"]]
            first = items[0].trial.first_paid_on if items[0].trial else on
            return [
                self.take(quote_start(self.account, on, *items, schedule=self.schedule(step, first, items[0].plan)))
            ]
        return self.change(step, on, *[self.intent(row, step["on"]) for row in step["changes"]], waits=waits)

    def do_cancel(self, step, on):
        return [self.take(quote_cancellation(self.account, self.state, on, self.rules(step)))]

    def do_end(self, step, on):
        return [self.take(quote_cancellation(self.account, self.state, on, self.policy, measured=self.measured(on)))]

    def do_uncancel(self, step, on):
        self.state = take_back(self.state, Waits.PAUSE if "pause" in step.get("what_is", "") else Waits.CANCELLATION)
        return []

    def do_credit(self, step, on):
        start = day(step["period"][0])
        for each in [each for each in self.documents if isinstance(each, Invoice)]:
            for at, line in enumerate(each.lines, 1):
                if line.billed.key == step["item"] and line.billed.period.start == start:
                    notes = [note for note in self.documents if getattr(note, "invoice_number", None) == each.number]
                    amount = {at: money(step["amount"])}
                    return [self.take(quote_credit(self.account, self.state, each, on, amount, earlier=notes))]
        raise LookupError(step)

    def do_pause(self, step, on):
        back = {"unused": PauseCredit.UNUSED, "when resumed": PauseCredit.WHEN_RESUMED}.get(
            step.get("credit"), PauseCredit.NOTHING
        )
        how = Resume.RESTART if self.options.get("resume") == "new_period" else Resume.KEEP_DATES
        at_end = step.get("at") == "period_end" or "on_day" in step
        terms = PauseTerms(back, how)
        return [self.take(quote_pause(self.account, self.state, on, terms, at_end=at_end, periods=step.get("periods")))]

    def do_resume(self, step, on):
        how = Resume.RESTART if step.get("mode") == "new_period" else None
        return [self.take(quote_resumption(self.account, self.state, on, goes_on=how))]

    def do_move_bill_date(self, step, on):
        end = self.state.paid_until
        to = end.replace(day=step["day"])
        at_once = step.get("effective") == "at once"
        if at_once:
            to = on.replace(day=step["day"])
        how = BillDateChange.AT_ONCE if at_once else BillDateChange.STUB
        return [self.take(quote_bill_date(self.account, self.state, on, to, how))]


def said(document):
    """A document as the data has it: by item, as others print a difference or a discount as one line or two."""
    is_invoice = isinstance(document, Invoice)
    nets = Counter()
    for each in document.lines:
        line = each if is_invoice else each.line
        key = line.billed.key if hasattr(line, "billed") else line.description
        nets[key] += each.net.amount_minor if is_invoice else -each.net.amount_minor
    sign = 1 if is_invoice else -1
    kind = "invoice" if is_invoice else "credit_note"
    due = document.payable.amount_minor if is_invoice else 0
    return (
        kind,
        str(document.issued_on),
        sorted((key, net) for key, net in nets.items() if net),
        sign * document.total.amount_minor,
        due,
    )


def told(document):
    nets = Counter()
    for line in document["lines"]:
        nets[line["item"]] += money(line["amount"]).amount_minor
    nets = sorted((key, net) for key, net in nets.items() if net)
    return (
        document["kind"],
        document["on"],
        nets,
        money(document["total"]).amount_minor,
        money(document["due"]).amount_minor,
    )


def differences(life):
    """Play a life; say where it goes another way."""
    player, found = Player(life), []
    for step, expected in zip(life["steps"], life["expected"], strict=True):
        quotes = player.play(step)
        refused = [each for each in quotes if isinstance(each, Refused)]
        if bool(refused) != bool(expected.get("refused")):
            return [(step["n"], "refused", [each.explain() for each in refused])]
        documents = [said(each) for quote in quotes if not isinstance(quote, Refused) for each in quote.documents]
        due = [told(each) for each in expected.get("documents", [])]
        if sorted(map(repr, documents)) != sorted(map(repr, due)):
            found.append((step["n"], documents, due))
        if "next_bill_on" in expected and not refused:
            pauses = isinstance(player.state, Active) and player.state.pause is not None
            bill = (
                None if pauses else player.state.next_bill_on
            )  # the day of the resumption, there, is told once it pauses
            if (bill and str(bill)) != expected["next_bill_on"]:
                found.append((step["n"], "next", str(bill), expected["next_bill_on"]))
        if "credit_left" in expected:
            ledger = player.account.ledger
            left = total([each.amount for each in ledger.position(day(step["on"])).unapplied], "EUR")
            if left != money(expected["credit_left"]):
                found.append((step["n"], "left", str(left), expected["credit_left"]))
        names = {"ended": "cancelled"}
        if (
            "state" in expected
            and player.state is not None
            and player.state.status != names.get(expected["state"], expected["state"])
        ):
            found.append((step["n"], "state", player.state.status, expected["state"]))
    return found


@pytest.mark.parametrize("name", [name for name in LIVES if name not in NOT_SAID])
def test_a_life_of_another_engine_goes_the_same_way(name):
    assert differences(LIVES[name]) == []


def test_what_is_not_said_is_counted():
    """Of 82 lives; those of the core that are not said are the longer list of what an engine does that no rule here says."""
    core = [name for name in NOT_SAID if LIVES[name]["tier"] == "core"]
    assert (len(LIVES), len(NOT_SAID), len(core)) == (82, 25, 15)
    assert set(NOT_SAID) <= set(LIVES)
