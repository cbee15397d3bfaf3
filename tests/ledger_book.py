"""A slow double-entry book: what entries come to on a day, from the rules as they are documented.

It knows nothing of the library's own pass. Each thing that happens is posted from one account to another: what customers
owe for an invoice, what is held of a credit note or payment for them, the bank, sales, what was given up, what was kept.
Everything that is asked is a sum over the postings so far.
"""

from itertools import groupby

from billingcore.ledger import (
    Agreed,
    Applied,
    Contested,
    Credited,
    Failed,
    Issued,
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

ORDER = [
    Issued, Credited, Received, Started, Failed, Applied, Released, Refunded, Reversed, Reinstated, WrittenOff,
    Contested, Resolved, Promised, Agreed,
]  # fmt: skip
"""The kinds of entries in their order within a day."""


class CannotBeError(Exception):
    """The entries contradict the rules."""


def by_rank(entry):
    """Say where an entry stands within its day."""
    acts_on = [getattr(entry, name, None) or "" for name in ("source", "to", "of", "reopens")]
    return ORDER.index(type(entry)), entry.reference, acts_on


class SlowBook:
    """The postings of entries until a day."""

    def __init__(self, carried, entries):
        self.postings = []  # (from, to, minor)
        self.uses = []  # (source, invoice, minor): below 0 where it is given back
        self.freed = {}  # of each payment what reversals took from which invoice, in the order in which they took it
        self.invoices, self.sources, self.under_way, self.disputes = {}, {}, {}, {}
        self.promises = []
        self.over = {}  # of each payment that names invoices, what was paid beyond what was open of them on its day
        self.credit_brought_forward = sum(each.amount.amount_minor for each in carried if isinstance(each, Credited))
        self._day(sorted(carried, key=by_rank))
        for _, day in groupby(sorted(entries, key=lambda entry: entry.on), lambda entry: entry.on):
            self._day(sorted(day, key=by_rank))
            self._check_bank()

    # --- what is asked

    def sum(self, account):
        came = sum([minor for _, into, minor in self.postings if into == account])
        return came - sum([minor for out, _, minor in self.postings if out == account])

    def open(self, invoice):
        return self.sum(("owed", invoice))

    def left(self, source):
        return -self.sum(("held", source))

    def used(self, source, invoice):
        return sum(minor for of, to, minor in self.uses if (of, to) == (source, invoice))

    def overpaid(self):
        return sum(min(over, self.left(payment)) for payment, over in self.over.items())

    def balance(self):
        return sum(map(self.open, self.invoices)) - sum(map(self.left, self.sources))

    def contested(self, invoice):
        whole = self.invoices[invoice].amount.amount_minor
        disputes = [each for each in self.disputes.values() if each.of == invoice]
        return sum(whole if each.amount is None else each.amount.amount_minor for each in disputes)

    def credited(self, invoice):
        notes = [each for each in self.sources.values() if isinstance(each, Credited) and each.of == invoice]
        return sum(each.amount.amount_minor for each in notes)

    # --- a day

    def _day(self, entries):
        self.day = entries
        self.kept_back = {}  # of each payment, what reversals of the day took of it that no invoice had taken
        for entry in entries:
            getattr(self, "_" + type(entry).__name__.lower())(entry)
        for kind in (Reinstated, Credited, Received):
            for entry in entries:
                if isinstance(entry, kind):
                    self._take(entry)
        for entry in entries:
            if isinstance(entry, Received) and entry.pays:
                ever = self.left(entry.reference) - self.sum(("taken back", entry.reference))
                self.over[entry.reference] = max(ever - sum(self.open(each.of) for each in entry.pays), 0)
        for invoice, entry in self.invoices.items():
            self._hold(self.open(invoice) >= 0)
            self._hold(self.credited(invoice) <= entry.amount.amount_minor)
            self._hold(self.contested(invoice) <= entry.amount.amount_minor)
        for source in self.sources:
            self._hold(self.left(source) >= 0)
            self._hold(all(self.used(source, invoice) >= 0 for invoice in self.invoices))
            self._hold(self.sum(("taken back", source)) <= 0)

    def _check_bank(self):
        """Never is more paid out than came in; what was brought forward as credit may be paid out too."""
        self._hold(self.sum("bank") + self.credit_brought_forward >= 0)
        accounts = {each for posting in self.postings for each in posting[:2]}
        assert sum(map(self.sum, accounts)) == 0

    def _hold(self, it_is_so):
        if not it_is_so:
            raise CannotBeError

    def _post(self, out, into, amount):
        self.postings.append((out, into, amount if isinstance(amount, int) else amount.amount_minor))

    def _use(self, source, invoice, minor):
        self._hold(source in self.sources and invoice in self.invoices)
        self._post(("owed", invoice), ("held", source), minor)
        self.uses.append((source, invoice, minor))

    def _named(self, *invoices):
        self._hold(all(each in self.invoices for each in invoices))

    def _a_payment(self, reference):
        self._hold(isinstance(self.sources.get(reference), Received))

    def _issued(self, entry):
        self.invoices[entry.reference] = entry
        self._post("sales", ("owed", entry.reference), entry.amount)

    def _credited(self, entry):
        self._hold(entry.of is None or entry.of in self.invoices)
        self.sources[entry.reference] = entry
        self._post(("held", entry.reference), "sales", entry.amount)

    def _received(self, entry):
        self.under_way.pop(entry.reference, None)
        self._named(*[each.of for each in entry.pays])
        self.sources[entry.reference] = entry
        self._post(("held", entry.reference), "bank", entry.amount)
        for each in entry.pays:
            if each.amount is not None:
                self._use(entry.reference, each.of, each.amount.amount_minor)

    def _started(self, entry):
        self._named(*[each.of for each in entry.pays])
        if entry.reference not in self.sources:
            self.under_way[entry.reference] = entry

    def _failed(self, entry):
        self._named(entry.of)
        self.under_way.pop(entry.reference, None)

    def _applied(self, entry):
        self._use(entry.source, entry.to, entry.amount.amount_minor)

    def _released(self, entry):
        self._use(entry.source, entry.to, -entry.amount.amount_minor)

    def _refunded(self, entry):
        self._hold(entry.of in self.sources)
        if entry.reopens is not None:
            self._use(entry.of, entry.reopens, -entry.amount.amount_minor)
        self._post("bank", ("held", entry.of), entry.amount)

    def _reversed(self, entry):
        self._a_payment(entry.of)
        missing = entry.amount.amount_minor - max(self.left(entry.of), 0)
        self.kept_back[entry.of] = self.kept_back.get(entry.of, 0) + entry.amount.amount_minor
        took = [invoice for of, invoice, minor in reversed(self.uses) if of == entry.of and minor > 0]
        for invoice in dict.fromkeys(took):
            freed = max(min(missing, self.used(entry.of, invoice)), 0)
            if freed:
                self._use(entry.of, invoice, -freed)
                self.freed.setdefault(entry.of, []).append([invoice, freed])
                self.kept_back[entry.of] -= freed
                missing -= freed
        self._post("bank", ("held", entry.of), entry.amount)
        self._post(("taken back", entry.of), "taken back", entry.amount)

    def _reinstated(self, entry):
        self._a_payment(entry.of)
        self._post(("held", entry.of), "bank", entry.amount)
        self._post("taken back", ("taken back", entry.of), entry.amount)

    def _writtenoff(self, entry):
        self._hold(entry.of in (self.sources if entry.over else self.invoices))
        if entry.over:
            self._post("kept", ("held", entry.of), entry.amount)
        else:
            self._post(("owed", entry.of), "given up", entry.amount)

    def _contested(self, entry):
        self._named(entry.of)
        self.disputes[entry.of, entry.reference] = entry

    def _resolved(self, entry):
        self._hold((entry.of, entry.reference) in self.disputes)
        del self.disputes[entry.of, entry.reference]

    def _promised(self, entry):
        self._named(*[] if entry.of is None else [entry.of])
        self.promises.append(entry)

    def _agreed(self, entry):
        """What was agreed is held against the balance once everything of its day is in; see `can_be`."""

    # --- what takes as much as is open, at the end of the day

    def _take(self, entry):
        if isinstance(entry, Reinstated):
            rest = entry.amount.amount_minor
            wanted, freed = [], self.freed.get(entry.of, [])
            while rest and freed:
                invoice, minor = freed.pop()
                wanted.append([invoice, min(rest, minor)])
                rest -= wanted[-1][1]
                if minor > wanted[-1][1]:
                    freed.append([invoice, minor - wanted[-1][1]])
            self._take_all(entry.of, wanted)
        elif isinstance(entry, Credited):
            if entry.of is not None and not entry.apart:
                self._take_of(entry.reference, entry.of)
        else:
            self._take_all(entry.reference, [[each.of, 10**18] for each in entry.pays if each.amount is None])

    def _take_all(self, payment, wanted):
        """A payment takes what is wanted of it; what a reversal of the day keeps from it, it takes when reinstated."""
        lacking = []
        for invoice, most in wanted:
            could = max(min(most, self.open(invoice) - self._back(payment, invoice)), 0)
            took = self._take_of(payment, invoice, most)
            kept = min(could - took, self.kept_back.get(payment, 0), -self.sum(("taken back", payment)))
            if kept > 0:
                self.kept_back[payment] -= kept
                lacking.insert(0, [invoice, kept])
        self.freed.setdefault(payment, []).extend(lacking)

    def _taken_back(self, kind, source, invoice):
        """What was taken back of a use on this day; its source does not take it again."""
        found = [each for each in self.day if isinstance(each, kind)]
        names = [(each.source, each.to) if kind is Released else (each.of, each.reopens) for each in found]
        amounts = [each.amount.amount_minor for each in found]
        return sum(minor for pair, minor in zip(names, amounts, strict=True) if pair == (source, invoice))

    def _back(self, source, invoice):
        return self._taken_back(Released, source, invoice) + self._taken_back(Refunded, source, invoice)

    def _take_of(self, source, invoice, most=10**18):
        there = self.left(source) - self._taken_back(Released, source, invoice)
        minor = max(min(most, there, self.open(invoice) - self._back(source, invoice)), 0)
        if minor:
            self._use(source, invoice, minor)
        return minor


def book_of(carried, entries, day=None, known_on=None):
    """Return the book of the entries that count on a day, as they were known on another.

    Raises:
        CannotBeError: they contradict the rules.
    """
    counted = [
        each
        for each in entries
        if (day is None or each.on <= day) and (known_on is None or (each.recorded_on or each.on) <= known_on)
    ]
    return SlowBook(carried, counted)


def can_be(carried, entries):
    """Say whether a ledger could hold entries: now, and as they were known on any day."""
    payments = {each.reference for each in (*carried, *entries) if isinstance(each, Received | Started)}
    notes = {each.reference for each in (*carried, *entries) if isinstance(each, Credited)}
    if payments & notes:
        return False
    try:
        for known_on in [None, *{each.recorded_on or each.on for each in entries}]:
            book_of(carried, entries, known_on=known_on)
        return all(_holds(each, carried, entries) for each in entries if isinstance(each, Agreed))
    except CannotBeError:
        return False


def _holds(agreed, carried, entries):
    """Say whether a balance was agreed as it was known then, and the newest of its day as it is known by now."""
    of_day = [each for each in entries if isinstance(each, Agreed) and each.on == agreed.on]
    is_newest = max(of_day, key=lambda each: (each.recorded_on or each.on, each.reference)) is agreed
    known = [agreed.recorded_on or agreed.on, *([None] if is_newest else [])]
    return all(book_of(carried, entries, agreed.on, day).balance() == agreed.balance.amount_minor for day in known)
