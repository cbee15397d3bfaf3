"""The outcomes of a tax decision, as types; each is a value that can be frozen on the line it decided."""

from fractions import Fraction
from typing import Any, ClassVar, Final, cast

import attrs

from billingcore._checks import check, check_fields, check_share, check_tuple, check_words
from billingcore._choices import Choice
from billingcore._facts import legal_mentions
from billingcore._tax.checks import check_shared
from billingcore._tax.components import TaxComponent
from billingcore._tax.notes import Note, NoteCode
from billingcore._tax.rules import Rule
from billingcore._tax.words import MAX_SOURCE, check_remark
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.parties import ExemptionCertificate, Scheme
from billingcore.sourced import Confidence


class CollectionModel(Choice):
    """By whom the tax of a place is collected when somebody buys from abroad."""

    SUPPLIER_REGISTERS = "supplier_registers"
    ONE_STOP_SHOP = "oss"
    PAYMENT_PROVIDER = "psp_withholds"
    BUYER_WITHHOLDS = "buyer_withholds"
    BUYER_SELF_ACCOUNTS = "buyer_self_accounts"
    NONE = "none"
    """Nobody, or not known here."""


_Kinds = dict[str, type | tuple[type | None, ...]]
_CHARGED_CATEGORIES: Final = ("S", "Z", "L", "M")


class _Keeping:
    """Slots beside the fields for what follows from them; no part of the value, its comparison, hash or pickle."""

    __slots__ = ("_key", "_shares")
    _key: tuple[object, ...]
    _shares: tuple[tuple[int, int], ...]


@attrs.frozen
class Charged(_Keeping):
    """Tax is charged.

    Args:
        place: the country, territory, state or province whose rate applies.
        components: the taxes; one in most countries.
        scheme: under which registration it is collected.
        rules: the rules that led here, in order; the last one decided.
        edition: the edition of the facts that were used.
        category: the EN 16931 category code: S, Z for a rate of 0, L and M for the Canary Islands, Ceuta and Melilla.
        notes: what a reader should know beside it.

    Raises:
        InvalidTypeError: components that are none, a field of another type.
        InvalidValueError: a category that charges nothing (AE, O, E), no edition, a place that is no code.
        OutOfRangeError: rates whose sum cannot be written out.
    """

    place: str
    components: tuple[TaxComponent, ...]
    scheme: Scheme
    rules: tuple[Rule, ...]
    edition: str
    category: str = "S"
    notes: tuple[Note, ...] = attrs.field(default=(), kw_only=True)

    vatex: ClassVar[None] = None
    """No exemption reason code: tax is charged."""
    is_settled: ClassVar[bool] = True

    def __attrs_post_init__(self) -> None:
        check_tuple("components", self.components, TaxComponent)
        if not self.components:
            raise InvalidValueError("components", self.components, "what is charged has one or more components")
        check("scheme", self.scheme, Scheme)
        check_shared(self)
        if len(self.components) > 1:
            check_share("rate", self.rate)
        if check("category", self.category, str) not in _CHARGED_CATEGORIES:
            problem = f"what is charged has one of the categories {' '.join(_CHARGED_CATEGORIES)} of EN 16931"
            raise InvalidValueError("category", self.category, problem)

    @property
    def rate(self) -> Fraction:
        """The rate on the whole net: the sum of the components' shares."""
        return sum((each.share for each in self.components), Fraction())

    @property
    def confidence(self) -> Confidence:
        """How sure the least sure component is."""
        return max((each.confidence for each in self.components), key=list(Confidence).index)

    @property
    def source(self) -> str:
        """Where the rates were read."""
        return "; ".join(dict.fromkeys(each.source for each in self.components))

    @property
    def local_missing(self) -> bool:
        """Whether the place has local taxes of which none were handed in."""
        return any(each.code is NoteCode.LOCAL_MISSING for each in self.notes)

    def describe(self) -> str:
        """Return the outcome in words: ``TVA 20 % in FR``."""
        return f"{' + '.join(each.describe() for each in self.components)} in {self.place}"


@attrs.frozen
class _Untaxed(_Keeping):
    """What the outcomes without a charge share: no components, a rate of nothing."""

    place: str
    rules: tuple[Rule, ...]
    edition: str
    notes: tuple[Note, ...] = attrs.field(default=(), kw_only=True)
    source: str = attrs.field(default="", kw_only=True)
    confidence: Confidence = attrs.field(default=Confidence.HIGH, kw_only=True)

    is_settled: ClassVar[bool] = True
    _kinds: ClassVar[_Kinds] = {}
    _printed: ClassVar[tuple[str, ...]] = ()

    def __attrs_post_init__(self) -> None:
        check_shared(self)
        check_remark("source", self.source)
        check_fields(self, confidence=Confidence, **self._kinds)
        for name in self._printed:
            check_words(name, getattr(self, name), MAX_SOURCE)

    @property
    def local_missing(self) -> bool:
        """Whether the place has local taxes of which none were handed in."""
        return any(each.code is NoteCode.LOCAL_MISSING for each in self.notes)

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

    category: ClassVar[str] = "AE"
    vatex: ClassVar[str] = "VATEX-EU-AE"

    def mention(self, language: str) -> str:
        """Return the words that the invoice must carry, in a language of the EU.

        Raises:
            InvalidTypeError: not a str.
            InvalidValueError: a language for which no wording is known.

        Source: Directive 2006/112/EC Art. 226(11a).
        """
        check("language", language, str, words="a two-letter language code such as 'de'")
        words = legal_mentions.REVERSE_CHARGE.get(language)
        if words is None:
            known = " ".join(sorted(legal_mentions.REVERSE_CHARGE))
            raise InvalidValueError("language", language, f"no wording is known; use one of {known}")
        return words

    def describe(self) -> str:
        """Return the outcome in words."""
        return f"reverse charge: the customer accounts for the tax in {self.place}"


@attrs.frozen
class Exempt(_Untaxed):
    """The buyer handed in an exemption certificate that counts here.

    Args:
        certificate: the certificate.
    """

    certificate: ExemptionCertificate
    _kinds: ClassVar[_Kinds] = {"certificate": ExemptionCertificate}

    category: ClassVar[str] = "E"
    vatex: ClassVar[None] = None

    def describe(self) -> str:
        """Return the outcome in words."""
        kind = self.certificate.kind.value.replace("_", " ")
        return f"exempt in {self.place}: certificate {self.certificate.number} ({kind})"


@attrs.frozen
class NotTaxable(_Untaxed):
    """The place does not tax it: no such tax, or not this category, use or day."""

    category: ClassVar[str] = "O"
    vatex: ClassVar[None] = None

    def describe(self) -> str:
        """Return the outcome in words."""
        return f"not taxable in {self.place}"


@attrs.frozen
class OutsideScope(_Untaxed):
    """The supply is outside the scope of the seller's tax: its place lies elsewhere.

    Args:
        model: by whom the tax of that place is collected, where it is known.
    """

    model: CollectionModel | None = attrs.field(default=None, kw_only=True)
    _kinds: ClassVar[_Kinds] = {"model": (CollectionModel, None)}

    category: ClassVar[str] = "O"
    vatex: ClassVar[str] = "VATEX-EU-O"

    def describe(self) -> str:
        """Return the outcome in words."""
        return f"outside the scope of EU VAT: the place of supply is {self.place}"


UNTAXED: Final = NotTaxable("ZZ", (), "no tax was asked for")
"""The decision for a sum that nobody taxes: pure arithmetic needs no other. Its place is no country's."""


class NotCollectingReason(Choice):
    """Why nothing is collected although the supply may be taxable."""

    SELLER_NOT_REGISTERED = "seller_not_registered"
    BUYER_SELF_ACCOUNTS = "buyer_self_accounts"
    BUYER_WITHHOLDS = "buyer_withholds"
    PAYMENT_PROVIDER_COLLECTS = "payment_provider_collects"


_MODELS: Final = {
    NotCollectingReason.SELLER_NOT_REGISTERED: CollectionModel.SUPPLIER_REGISTERS,
    NotCollectingReason.BUYER_SELF_ACCOUNTS: CollectionModel.BUYER_SELF_ACCOUNTS,
    NotCollectingReason.BUYER_WITHHOLDS: CollectionModel.BUYER_WITHHOLDS,
    NotCollectingReason.PAYMENT_PROVIDER_COLLECTS: CollectionModel.PAYMENT_PROVIDER,
}


def _model_of(ruling: Any) -> CollectionModel:  # noqa: ANN401 - the class below, half built
    reason = ruling.reason
    check("reason", reason, NotCollectingReason)
    return _MODELS[reason]


@attrs.frozen
class NotCollecting(_Untaxed):
    """The seller does not collect: it is not registered there, or somebody else owes the tax. Not the same as no tax.

    Args:
        reason: why this seller does not.
        model: by whom the tax of the place is collected; what follows from the reason where it is not given.

    Raises:
        InvalidTypeError: a reason that is none.
    """

    reason: NotCollectingReason
    model: CollectionModel = attrs.field(default=attrs.Factory(_model_of, takes_self=True))
    _kinds: ClassVar[_Kinds] = {"reason": NotCollectingReason, "model": CollectionModel}

    category: ClassVar[str] = "O"
    vatex: ClassVar[None] = None

    def describe(self) -> str:
        """Return the outcome in words."""
        return f"nothing is collected in {self.place}: {self.reason.value.replace('_', ' ')}"


@attrs.frozen
class Disputed(_Untaxed):
    """The sources disagree about whether or how the place taxes it. It is never a zero: hand in an override.

    Args:
        detail: what they disagree about.
    """

    detail: str
    _printed: ClassVar[tuple[str, ...]] = ("detail",)

    category: ClassVar[None] = None
    vatex: ClassVar[None] = None
    is_settled: ClassVar[bool] = False

    def describe(self) -> str:
        """Return the outcome in words."""
        return f"disputed in {self.place}: {self.detail}"


class UndeterminedReason(Choice):
    """Why no decision is possible."""

    NO_RATE_FOR_DATE = "no_rate_for_date"
    NO_RULE_FOR_DATE = "no_rule_for_date"
    PLACE_NOT_COVERED = "place_not_covered"
    SUBDIVISION_MISSING = "subdivision_missing"
    CATEGORY_NOT_COVERED = "category_not_covered"
    BUSINESS_RULE_UNKNOWN = "business_rule_unknown"
    LOCAL_RULE_UNKNOWN = "local_rule_unknown"
    NOT_DECIDED = "not_decided"


@attrs.frozen
class Undetermined(_Untaxed):
    """The library does not know: no rate on that day, no rule for that place. It is never a zero; ask, or hand in the facts.

    Args:
        reason: why.
        detail: the same in words.
    """

    reason: UndeterminedReason
    detail: str
    _kinds: ClassVar[_Kinds] = {"reason": UndeterminedReason}
    _printed: ClassVar[tuple[str, ...]] = ("detail",)

    category: ClassVar[None] = None
    vatex: ClassVar[None] = None
    is_settled: ClassVar[bool] = False

    def describe(self) -> str:
        """Return the outcome in words."""
        return f"undetermined in {self.place}: {self.detail}"


UNDECIDED: Final = Undetermined(
    "ZZ",
    (),
    "nothing was looked up",
    UndeterminedReason.NOT_DECIDED,
    "a quote decides it; on a document of your own, give it",
)
"""What stands in the place of a decision until a quote makes it: no document takes it. Its place is no country's."""


Ruling = Charged | ReverseCharge | Exempt | NotTaxable | OutsideScope | NotCollecting | Disputed | Undetermined
_RULINGS: Final = frozenset(
    (Charged, ReverseCharge, Exempt, NotTaxable, OutsideScope, NotCollecting, Disputed, Undetermined)
)


def check_ruling(name: str, ruling: object) -> Ruling:
    """Return the value if it is a tax decision."""
    if type(ruling) not in _RULINGS:
        raise InvalidTypeError(name, ruling, "a tax decision (billingcore.decide_tax makes one)")
    return cast("Ruling", ruling)


def group_key(ruling: Ruling) -> tuple[object, ...]:
    """Return what decides whether two lines are taxed together: place, category, and the components' rates."""
    try:
        return ruling._key  # noqa: SLF001 - a slot that this module fills
    except AttributeError:
        rates = tuple([(each.place, each.name, str(each.rate), str(each.base)) for each in ruling.components])
        key = (ruling.place, ruling.category or "", type(ruling).__name__, rates)
        object.__setattr__(ruling, "_key", key)
        return key


def shares_of(ruling: Ruling) -> tuple[tuple[int, int], ...]:
    """Return numerator and denominator of each component's share of the net."""
    try:
        return ruling._shares  # noqa: SLF001 - a slot that this module fills
    except AttributeError:
        exact = [each.share for each in ruling.components]
        shares = tuple([(share.numerator, share.denominator) for share in exact])
        object.__setattr__(ruling, "_shares", shares)
        return shares


def explain_ruling(ruling: Ruling) -> str:
    """Return a decision in plain lines: the outcome, the rules that led to it, the source of its rates, remarks, the edition."""
    lines = [check_ruling("ruling", ruling).describe()]
    for at, rule in enumerate(ruling.rules):
        lines.append(f"  {'because' if at == len(ruling.rules) - 1 else 'first:'} {rule.sentence}")
        lines.append(f"    ({rule.source})")
    for component in ruling.components:
        since = f" since {component.since}" if component.since else ""
        lines.append(f"  rate{since}: {component.source} (confidence {component.confidence.value})")
    if not ruling.components and ruling.source:
        lines.append(f"  source: {ruling.source} (confidence {ruling.confidence.value})")
    lines += [f"  note: {note.text}" for note in ruling.notes]
    lines.append(f"  facts of {ruling.edition}")
    return "\n".join(lines)
