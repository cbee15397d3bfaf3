"""The taxes that a decision charges: name, rate, what the rate falls on, and where it was read."""

from datetime import date
from fractions import Fraction

import attrs

from billingcore._checks import check, check_date, check_fields, check_share, check_words
from billingcore._choices import Choice
from billingcore._tax.words import MAX_SOURCE, check_place_code, check_remark
from billingcore.sourced import Confidence


def percent(rate: Fraction) -> str:
    """Return a rate as people write it, without rounding: ``20 %``, ``25.5 %``, ``9.975 %``.

    Raises:
        InvalidTypeError: not a Fraction.

    >>> percent(Fraction(255, 1000)), percent(Fraction(1, 3))
    ('25.5 %', '100/3 %')
    """
    check("rate", rate, Fraction)
    hundredfold = rate * 100
    for digits in range(9):
        scaled = hundredfold * 10**digits
        if scaled.denominator == 1:
            text = str(scaled.numerator).rjust(digits + 1, "0")
            return (f"{text[:-digits]}.{text[-digits:]}" if digits else text) + " %"
    return f"{hundredfold} %"


class TaxBase(Choice):
    """On what a rate falls."""

    PRICE = "price"
    PRICE_AND_GST = "price+gst"
    """On the price and the Canadian GST together: Quebec until 2012, Prince Edward Island until 2013-03-31."""
    PRICE_AND_TAX = "price+tax"
    """On the price with the tax itself in it: Bolivia."""

    @property
    def words(self) -> str:
        """How an explanation says it."""
        return {"price": "", "price+gst": " on the price and the GST", "price+tax": " on the price with the tax in it"}[
            self.value
        ]


_LARGEST_BASE = 2


def check_rate_and_base(rate: Fraction, base: Fraction) -> None:
    """Refuse a rate or a base that no tax has.

    Raises:
        InvalidTypeError: not a Fraction.
        InvalidValueError: a rate outside 0 to 1, a base outside 0 to 2.
        OutOfRangeError: a share that cannot be written out.
    """
    check_share("rate", rate, most=1)
    check_share("base", base, most=_LARGEST_BASE)


@attrs.frozen
class TaxComponent:
    """One tax that a ruling charges: its name, its rate, the share of the net that it falls on, and its source.

    Args:
        name: how documents call it: ``"TVA"``, ``"GST"``.
        place: the country, territory or subdivision that levies it.
        rate: the exact rate, as a Fraction of the taxed base.
        base: the taxed base as a share of the net: 1 nearly everywhere, 4/5 in Texas, above 1 where a tax falls on a tax.
        source: where the rate was read.
        since: the first day of the rate, or None where it is not known.
        confidence: how sure the rate is.
        on: what the base is made of.
        note: what the row of the table says beside its figures.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a rate outside 0 to 1, a base outside 0 to 2, a text that cannot be printed, a place that is
            no code.
        OutOfRangeError: a share that cannot be written out.

    >>> TaxComponent("Texas sales tax", "US-TX", Fraction(625, 10000), Fraction(80, 100)).describe()
    'Texas sales tax 6.25 % on 80 % of the net'
    """

    name: str
    place: str
    rate: Fraction
    base: Fraction = Fraction(1)
    source: str = "given by the caller"
    since: date | None = None
    confidence: Confidence = Confidence.HIGH
    on: TaxBase = TaxBase.PRICE
    note: str = ""

    def __attrs_post_init__(self) -> None:
        check_words("name", self.name)
        check_place_code("place", self.place)
        check_rate_and_base(self.rate, self.base)
        check_words("source", self.source, MAX_SOURCE)
        if self.since is not None:
            check_date("since", self.since)
        check_fields(self, confidence=Confidence, on=TaxBase)
        check_remark("note", self.note)

    @property
    def share(self) -> Fraction:
        """The rate on the whole net: rate × base."""
        return self.rate * self.base

    def describe(self) -> str:
        """Return ``TVA 20 %``, or ``Texas sales tax 6.25 % on 80 % of the net``."""
        on = self.on.words
        if not on and self.base != 1:
            on = f" on {percent(self.base)} of the net"
        return f"{self.name} {percent(self.rate)}{on}"
