"""The outcomes of a tax decision, as types; each is a value that can be frozen on the line it decided."""

from collections.abc import Sequence
from datetime import date
from enum import Enum
from fractions import Fraction

import attrs

from billingcore._facts import legal_mentions
from billingcore._tax.rules import Rule
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.parties import Scheme
from billingcore.sourced import Confidence

__all__ = [
    "Charged",
    "NotCollecting",
    "NotCollectingReason",
    "OutsideScope",
    "ReverseCharge",
    "Ruling",
    "TaxComponent",
    "Undetermined",
    "UndeterminedReason",
    "percent",
]


def percent(rate: Fraction) -> str:
    """Return a rate as people write it, without rounding: ``20 %``, ``25.5 %``, ``9.975 %``.

    >>> percent(Fraction(255, 1000)), percent(Fraction(1, 3))
    ('25.5 %', '100/3 %')
    """
    hundredfold = rate * 100
    for digits in range(9):
        scaled = hundredfold * 10**digits
        if scaled.denominator == 1:
            text = str(scaled.numerator).rjust(digits + 1, "0")
            return (f"{text[:-digits]}.{text[-digits:]}" if digits else text) + " %"
    return f"{hundredfold} %"


@attrs.frozen
class TaxComponent:
    """One tax that a ruling charges: its name, its rate, the share of the net that it falls on, and its source.

    Args:
        name: how documents call it: ``"TVA"``, ``"GST"``.
        place: the country or subdivision that levies it.
        rate: the exact rate, as a Fraction of the taxed base.
        base: the share of the net that is taxed: 1 nearly everywhere.
        source: where the rate was read.
        since: the first day of the rate.
        confidence: how sure the rate is.

    Raises:
        InvalidTypeError: a rate or a base that is not a Fraction.
        InvalidValueError: a rate outside 0 to 1, a base outside 0 to 1.
    """

    name: str
    place: str
    rate: Fraction
    base: Fraction = Fraction(1)
    source: str = "given by the caller"
    since: date | None = None
    confidence: Confidence = Confidence.HIGH

    def __attrs_post_init__(self) -> None:
        for name, share in (("rate", self.rate), ("base", self.base)):
            if type(share) is not Fraction:
                raise InvalidTypeError(name, share, "a Fraction, such as Fraction(20, 100) for 20 %")
            if not 0 <= share <= 1:
                raise InvalidValueError(name, share, "a share of the net lies between 0 and 1; 20 % is Fraction(20, 100)")

    @property
    def share(self) -> Fraction:
        """The rate on the whole net: rate × base."""
        return self.rate * self.base

    def describe(self) -> str:
        """Return ``TVA 20 %``, or ``sales tax 6.25 % on 80 % of the net``."""
        on = "" if self.base == 1 else f" on {percent(self.base)} of the net"
        return f"{self.name} {percent(self.rate)}{on}"


@attrs.frozen
class Charged:
    """Tax is charged.

    Args:
        place: the country whose rate applies.
        components: the taxes; nearly always one.
        scheme: under which registration it is collected.
        rules: the rules that led here, in order; the last one decided.
        edition: the edition of the facts that were used.
        category: the EN 16931 category code.
    """

    place: str
    components: tuple[TaxComponent, ...]
    scheme: Scheme
    rules: tuple[Rule, ...]
    edition: str
    category: str = "S"

    def __attrs_post_init__(self) -> None:
        if not self.components or any(type(each) is not TaxComponent for each in self.components):
            raise InvalidTypeError("components", self.components, "a tuple of one or more TaxComponent values")

    @property
    def rate(self) -> Fraction:
        """The rate on the whole net: the sum of the components' shares."""
        return sum((each.share for each in self.components), Fraction())

    @property
    def confidence(self) -> Confidence:
        """How sure the least sure component is."""
        return max((each.confidence for each in self.components), key=list(Confidence).index)

    @property
    def vatex(self) -> None:
        """No exemption reason code: tax is charged."""

    def describe(self) -> str:
        """Return the outcome in words: ``TVA 20 % in FR``."""
        return f"{' + '.join(each.describe() for each in self.components)} in {self.place}"


@attrs.frozen
class _Untaxed:
    """What the outcomes without a charge share: no components, a rate of nothing."""

    place: str
    rules: tuple[Rule, ...]
    edition: str

    @property
    def components(self) -> tuple[TaxComponent, ...]:
        """No component is charged."""
        return ()

    @property
    def rate(self) -> Fraction:
        """Nothing is charged."""
        return Fraction()


@attrs.frozen
class ReverseCharge(_Untaxed):
    """The business customer accounts for the tax in its own country; the invoice must say so.

    >>> ReverseCharge("DE", (), "2026-11-23").mention("de")
    'Steuerschuldnerschaft des Leistungsempfängers'
    """

    category = "AE"
    vatex = "VATEX-EU-AE"

    def mention(self, language: str) -> str:
        """Return the words that the invoice must carry, in a language of the EU.

        Raises:
            InvalidTypeError: not a str.
            InvalidValueError: a language for which no wording is known.

        Source: Directive 2006/112/EC Art. 226(11a).
        """
        if type(language) is not str:
            raise InvalidTypeError("language", language, "a two-letter language code such as 'de'")
        words = legal_mentions.REVERSE_CHARGE.get(language)
        if words is None:
            known = " ".join(sorted(legal_mentions.REVERSE_CHARGE))
            raise InvalidValueError("language", language, f"no wording is known; use one of {known}")
        return words

    def describe(self) -> str:
        """Return the outcome in words."""
        return f"reverse charge: the customer accounts for the tax in {self.place}"


@attrs.frozen
class OutsideScope(_Untaxed):
    """The supply is outside the scope of the seller's tax: its place lies elsewhere."""

    category = "O"
    vatex = "VATEX-EU-O"

    def describe(self) -> str:
        """Return the outcome in words."""
        return f"outside the scope of EU VAT: the place of supply is {self.place}"


class NotCollectingReason(Enum):
    """Why nothing is collected although the supply may be taxable."""

    SELLER_NOT_REGISTERED = "seller_not_registered"
    BUYER_SELF_ACCOUNTS = "buyer_self_accounts"

    __hash__ = object.__hash__


@attrs.frozen
class NotCollecting(_Untaxed):
    """The seller does not collect: it is not registered there, or somebody else owes the tax. Not the same as no tax."""

    reason: NotCollectingReason

    category = "O"
    vatex = None

    def describe(self) -> str:
        """Return the outcome in words."""
        return f"nothing is collected in {self.place}: {self.reason.value.replace('_', ' ')}"


class UndeterminedReason(Enum):
    """Why no decision is possible."""

    NO_RATE_FOR_DATE = "no_rate_for_date"
    NO_RULE_FOR_DATE = "no_rule_for_date"
    PLACE_NOT_COVERED = "place_not_covered"

    __hash__ = object.__hash__


@attrs.frozen
class Undetermined(_Untaxed):
    """The library does not know: no rate on that day, no rule for that place. It is never a zero; ask, or hand in the facts."""

    reason: UndeterminedReason
    detail: str

    category = None
    vatex = None

    def describe(self) -> str:
        """Return the outcome in words."""
        return f"undetermined in {self.place}: {self.detail}"


Ruling = Charged | ReverseCharge | OutsideScope | NotCollecting | Undetermined
RULINGS: Sequence[type] = (Charged, ReverseCharge, OutsideScope, NotCollecting, Undetermined)
