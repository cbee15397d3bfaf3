"""The worked story: real customers of the reference vendor's profile, from the first invoice to the AR contact.

Everything comes from constants; the same chapters are printed as text and as records.
"""

from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import attrs

from billingcore import tax_ids
from billingcore.changes import Account, Cart, Quote, Refused, alter, quote_change, quote_renewal, quote_start
from billingcore.collections import ARContact
from billingcore.cycles import ANNUAL, MONTHLY, Cadence
from billingcore.deadlines import Deadline
from billingcore.disputes import dispute_window
from billingcore.errors import InvalidValueError
from billingcore.invoices import CreditNote, Invoice
from billingcore.ledger import Ledger
from billingcore.money import Money
from billingcore.parties import (
    Buyer,
    BuyerStatus,
    CertificateKind,
    ExemptionCertificate,
    Registration,
    Scheme,
    Seller,
    Use,
)
from billingcore.places import Address, country_name
from billingcore.plans import FlatPrice, Plan
from billingcore.profiles import GOTO_RESCUE, Profile
from billingcore.records import to_record
from billingcore.subscriptions import Active, Item
from billingcore.tax import LocalRate, ReverseCharge, Ruling, TaxFacts, TaxGroup, default_facts, explain_ruling
from billingcore.tax_ids import TaxId, TaxIdState

if TYPE_CHECKING:
    CHAPTERS: tuple["Chapter", ...]

_KEY: Final = "rescue"
_DUBLIN: Final = Seller(
    "Rescue Ireland (example)",
    Address("IE"),
    (Registration("IE", Scheme.LOCAL, date(2003, 7, 1)), Registration("IE", Scheme.UNION_OSS, date(2015, 1, 1))),
)
_LONDON: Final = Seller("Rescue UK (example)", Address("GB"), (Registration("GB", Scheme.LOCAL, date(2003, 7, 1)),))


@attrs.frozen
class Chapter:
    """One customer, and the events that are billed.

    Args:
        title: who it is.
        shows: the rule that this customer shows.
        account: seller and buyer, with an empty ledger.
        plan: the first plan.
        start_on: the purchase.
        renewal_on: the renewal whose invoice is shown, or None.
        upgrade_to: the plan of the upgrade, or None.
        upgrade_on: the day of the upgrade, or None.
        language: of the legal mention.
    """

    title: str
    shows: str
    account: Account
    plan: Plan
    start_on: date
    renewal_on: date | None = None
    upgrade_to: Plan | None = None
    upgrade_on: date | None = None
    language: str = "en"


@attrs.frozen
class Told:
    """What became of a chapter: a quote for each event, the window to dispute the last invoice, the AR contact."""

    chapter: Chapter
    first: Quote
    renewal: Quote | None
    upgrade: Quote | None
    window: Deadline
    contact: ARContact

    @property
    def last(self) -> Quote:
        """The quote of the last event."""
        return self.upgrade or self.renewal or self.first


def _plan(name: str, price: str, currency: str, cadence: Cadence) -> Plan:
    return Plan(name, FlatPrice(Money.of(price, currency)), cadence)


def _company(name: str, country: str, number: str) -> Buyer:
    tax_id: TaxId = tax_ids.parse_tax_id(number, country)
    return Buyer(name, Address(country), BuyerStatus.BUSINESS, tax_id, TaxIdState.VERIFIED)


_MONTHLY: Final = (_plan("Rescue", "30.00", "EUR", MONTHLY), _plan("Rescue Plus", "60.00", "EUR", MONTHLY))
_ANNUAL: Final = (
    _plan("Rescue annual", "1200.00", "EUR", ANNUAL),
    _plan("Rescue Plus annual", "2400.00", "EUR", ANNUAL),
)
_POUNDS: Final = _plan("Rescue", "25.00", "GBP", MONTHLY)
_EUROS: Final = _MONTHLY[0]
_DOLLARS: Final = _plan("Rescue annual", "1000.00", "USD", ANNUAL)
_CANADIAN: Final = _plan("Rescue", "100.00", "CAD", MONTHLY)


def _account(seller: Seller, buyer: Buyer, plan: Plan, opened_on: date, facts: TaxFacts | None = None) -> Account:
    """Return the account of a new customer: its ledger is empty."""
    return Account(seller, buyer, Ledger.opened(plan.currency, opened_on), facts)


def _british(title: str, shows: str, seller: Seller, plan: Plan, start_on: date) -> Chapter:
    buyer = Buyer("Oliver", Address("GB", postal_code="SW1A 1AA"))
    return Chapter(title, shows, _account(seller, buyer, plan, start_on), plan, start_on)


@cache
def _boston() -> Seller:
    registrations = (
        Registration("US", Scheme.LOCAL, date(2019, 7, 1), subdivision="US-TX"),
        Registration("CA", Scheme.LOCAL, date(2021, 7, 1)),
        Registration("CA", Scheme.LOCAL, date(2021, 7, 1), subdivision="CA-QC"),
    )
    return Seller("Rescue America (example)", Address("US", subdivision="US-MA"), registrations)


@cache
def _austin() -> TaxFacts:
    return default_facts().with_local_rates(
        LocalRate("City of Austin", "US-TX", Fraction(1, 100), "78701"),
        LocalRate("Austin transit authority", "US-TX", Fraction(1, 100), "78701"),
    )


def _texan(title: str, shows: str, name: str, *certificates: ExemptionCertificate) -> Chapter:
    address = Address("US", "US-TX", "78701")
    buyer = Buyer(name, address, BuyerStatus.BUSINESS, use=Use.BUSINESS, certificates=certificates)
    bought_on = date(2026, 3, 10)
    return Chapter(title, shows, _account(_boston(), buyer, _DOLLARS, bought_on, _austin()), _DOLLARS, bought_on)


def _certificate(number: str, state: str) -> ExemptionCertificate:
    kind = CertificateKind.EXEMPT_ORGANISATION
    return ExemptionCertificate(number, kind, "Austin School (example)", (state,), date(2025, 8, 1))


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return the chapters; they are built when somebody asks, as addresses with a subdivision read pycountry's data."""
    return (
        Chapter(
            "A consumer in France",
            "the anchor is 31 January: every month has its bill date, and 28 February does not pull the others down",
            _account(_DUBLIN, Buyer("Marie", Address("FR", postal_code="75002")), _MONTHLY[0], date(2025, 1, 31)),
            _MONTHLY[0],
            date(2025, 1, 31),
            date(2026, 1, 31),
            _MONTHLY[1],
            date(2026, 2, 15),
        ),
        Chapter(
            "A company in Germany with a verified VAT ID",
            "reverse charge: no tax is charged, and the invoice must say why, in the words of the law",
            _account(_DUBLIN, _company("Muster GmbH", "DE", "DE123456788"), _MONTHLY[0], date(2026, 3, 10)),
            _MONTHLY[0],
            date(2026, 3, 10),
            date(2026, 4, 10),
            _MONTHLY[1],
            date(2026, 4, 20),
            "de",
        ),
        Chapter(
            "A company in Ireland with a verified VAT ID",
            "the seller's own country: tax is charged, VAT ID or not",
            _account(_DUBLIN, _company("Example Ltd", "IE", "IE1234567T"), _MONTHLY[0], date(2026, 3, 10)),
            _MONTHLY[0],
            date(2026, 3, 10),
            date(2026, 4, 10),
            _MONTHLY[1],
            date(2026, 4, 20),
        ),
        Chapter(
            "A consumer in Estonia, billed before and after a rate change",
            "a credit keeps the tax decision of what it credits: 22 % goes back, 24 % is charged",
            _account(_DUBLIN, Buyer("Mari", Address("EE")), _ANNUAL[0], date(2025, 1, 1)),
            _ANNUAL[0],
            date(2025, 1, 1),
            None,
            _ANNUAL[1],
            date(2025, 7, 1),
        ),
        _texan(
            "A business in Texas",
            "80 % of the price is taxed; the state's rate is the library's, two local rates are the caller's; each rounded once",
            "Austin Widgets (example)",
        ),
        _texan(
            "A school in Texas with a certificate of Texas",
            "an exemption certificate counts in its state and on its days: nothing is charged",
            "Austin School (example)",
            _certificate("TX-7", "US-TX"),
        ),
        _texan(
            "The same school with a certificate of Oklahoma",
            "a certificate never travels: tax is charged, and the invoice's decision says why",
            "Austin School (example)",
            _certificate("OK-7", "US-OK"),
        ),
        Chapter(
            "A consumer in Quebec",
            "two taxes, two registrations, each rounded once: 9.975 becomes 9.98",
            _account(_boston(), Buyer("Chloé", Address("CA", "CA-QC", "H2X 1Y4")), _CANADIAN, date(2026, 3, 10)),
            _CANADIAN,
            date(2026, 3, 10),
        ),
        _british(
            "A consumer in the United Kingdom, seller in the United Kingdom, 3 January 2011",
            "the last day of 17.5 %",
            _LONDON,
            _POUNDS,
            date(2011, 1, 3),
        ),
        _british(
            "The same consumer and seller, 4 January 2011",
            "the first day of 20 %",
            _LONDON,
            _POUNDS,
            date(2011, 1, 4),
        ),
        _british(
            "A consumer in the United Kingdom, seller in Ireland, 3 January 2011",
            "until 2014 electronic services to consumers in the EU were taxed where the seller is: Irish 21 %",
            _DUBLIN,
            _EUROS,
            date(2011, 1, 3),
        ),
        _british(
            "The same consumer and seller, 4 January 2011",
            "the British change does not matter to the Irish seller: rules have dates, not only rates",
            _DUBLIN,
            _EUROS,
            date(2011, 1, 4),
        ),
    )


def __getattr__(name: str) -> tuple[Chapter, ...]:
    """Let the chapters be read as the constant that they are."""
    if name == "CHAPTERS":
        return chapters()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def tell(chapter: Chapter, profile: Profile = GOTO_RESCUE) -> Told:
    """Bill the events of a chapter, one after the other.

    Raises:
        InvalidValueError: an event whose tax is undetermined.
    """
    account, year = chapter.account, chapter.start_on.year
    first = _quoted(quote_start(account, chapter.start_on, Item(_KEY, chapter.plan))).numbered(f"{year}-001")
    account = account.with_entries(*first.entries)
    newest, renewal = first, None
    while chapter.renewal_on is not None and (
        renewal is None or newest.subscription.billed[-1].period.start < chapter.renewal_on
    ):
        due_on = newest.subscription.paid_until
        newest = renewal = _quoted(quote_renewal(account, newest.subscription)).numbered(
            f"{due_on.year}-{due_on.month:03}"
        )
        account = account.with_entries(*renewal.entries)
    upgrade = None
    if chapter.upgrade_to is not None and chapter.upgrade_on is not None:
        cart = Cart(chapter.upgrade_on, alter(_KEY, plan=chapter.upgrade_to))
        number = f"{chapter.upgrade_on.year}-{chapter.upgrade_on.month:03}-U"
        newest = upgrade = _quoted(quote_change(account, newest.subscription, cart, profile.rules)).numbered(number)
    window = dispute_window(document_of(newest).issued_on, profile.disputes)
    return Told(
        chapter, first, renewal, upgrade, window, profile.accounts_receivable.contact_for(account.buyer.country)
    )


def document_of(quote: Quote) -> Invoice | CreditNote:
    """Return the one document of an event of the story."""
    return quote.documents[0]


def _quoted(quote: Quote | Refused) -> Quote:
    if isinstance(quote, Refused):
        raise InvalidValueError("chapter", quote.explain(), "the story tells of events that can be billed")
    return quote


def story_text() -> str:
    """Return the whole story as text."""
    parts = [
        f"Profile: {GOTO_RESCUE.name}",
        f"Source:  {GOTO_RESCUE.source}",
        "On a change in mid-period: whole days, the change day belongs to the new plan; the unused share of what was",
        "billed is credited, the new plan is charged in full, and a new cycle starts on the change day.",
    ]
    for at, chapter in enumerate(chapters(), 1):
        parts += ["", _chapter_text(at, tell(chapter))]
    return "\n".join(parts) + "\n"


def _chapter_text(at: int, told: Told) -> str:
    chapter = told.chapter
    heading = f"{at}. {chapter.title}"
    lines = [heading, "=" * len(heading), f"Shows: {chapter.shows}", "", "First invoice"]
    lines += _indent(document_of(told.first).explain())
    renewals = ", ".join(str(day) for day in _upcoming(told))
    lines += [
        "Subscription",
        f"  {told.first.subscription.status}, {chapter.plan.cadence.describe()}; renews on {renewals}, …",
    ]
    if told.renewal is not None:
        lines += ["Renewal invoice", *_indent(document_of(told.renewal).explain())]
    if told.upgrade is not None:
        lines += [f"Upgrade on {chapter.upgrade_on}", *_indent(told.upgrade.explain())]
    lines += ["Tax", *_tax_lines(told)]
    lines += ["Dispute", f"  {told.window.explain()}"]
    contact = told.contact
    where = country_name(chapter.account.buyer.country)
    lines += ["Accounts receivable", f"  {where}: {contact.email}, {contact.phone} ({contact.region})"]
    return "\n".join(lines)


def _tax_lines(told: Told) -> list[str]:
    """Say which decisions the last document holds, and what netting first would have charged where they differ."""
    document = document_of(told.last)
    rulings: list[Ruling] = []
    for line in document.lines:
        if line.ruling not in rulings:
            rulings.append(line.ruling)
    lines = []
    for ruling in rulings:
        lines += _indent(explain_ruling(ruling))
        if isinstance(ruling, ReverseCharge):
            language = told.chapter.language
            lines.append(f"  the invoice must say: {ruling.mention(language)} ({ruling.mention('en')})")
    if isinstance(document, Invoice) and len(document.taxes) > 1:
        netted = TaxGroup(document.subtotal, rulings[0], document.rounding)
        short = document.tax - netted.tax
        lines.append(
            f"  net tax {document.tax}; the difference taxed at the new rate alone would be {netted.tax}, {short} short"
        )
    return lines


def _upcoming(told: Told) -> tuple[date, ...]:
    subscription = told.first.subscription
    return subscription.upcoming_bills(4) if isinstance(subscription, Active) else ()


def _indent(text: str) -> list[str]:
    return [f"  {line}" for line in text.split("\n")]


def chapter_record(told: Told) -> dict[str, Any]:
    """Return a chapter as plain records; each dict that has a type loads again with `from_record`."""
    events = (("first", told.first), ("renewal", told.renewal), ("upgrade", told.upgrade))
    return {
        "title": told.chapter.title,
        "shows": told.chapter.shows,
        "account": to_record(told.chapter.account),
        "upcoming_bills": [day.isoformat() for day in _upcoming(told)],
        **{name: to_record(quote) for name, quote in events if quote is not None},
        "explanation": told.last.explain().split("\n"),
        "tax": [line.removeprefix("  ") for line in _tax_lines(told)],
        "dispute_window": to_record(told.window),
        "ar_contact": to_record(told.contact),
    }


def story_record() -> dict[str, Any]:
    """Return the whole story as plain records."""
    return {"profile": to_record(GOTO_RESCUE), "chapters": [chapter_record(tell(chapter)) for chapter in chapters()]}
