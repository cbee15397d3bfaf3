"""The check of a number: which one it is, or what is wrong with it."""

from collections.abc import Callable, Mapping
from typing import ClassVar

import attrs

from billingcore._checks import asked, check, check_words, mapped
from billingcore._choices import Choice
from billingcore._facts.countries import COUNTRIES
from billingcore.errors import InvalidTypeError, InvalidValueError, UnknownCountryError, shown
from billingcore.tax_ids._checks import Scheme, TaxIdProblem
from billingcore.tax_ids._eu import EUROPEAN_UNION
from billingcore.tax_ids._further import FURTHER
from billingcore.tax_ids._world import CA_BC, CA_QC, WORLD

OwnCheck = Callable[[str], str | TaxIdProblem]
"""A caller's own rule: the normalised text (prefix and all) to its canonical form, or to the problem."""

_LONGEST = 64
_LONGEST_WORDS = 1000
_SEPARATORS = str.maketrans("", "", " .-/")
_SCHEMES = {scheme.code: scheme for scheme in (*EUROPEAN_UNION, *WORLD, *FURTHER)}
_BY_PREFIX = {s.prefix: s for s in _SCHEMES.values() if s.prefix and s is not CA_BC} | {"GR": _SCHEMES["EL"]}
_BY_COUNTRY = {country: s for s in reversed(_SCHEMES.values()) for country in s.fits} | {
    "GB": _SCHEMES["GB"],
    "CA": _SCHEMES["CA"],
}
_NOT_COUNTRIES = {"EL": "GR", "XI": "GB", "UK": "GB"}
_OWN = "own:"
_MONACO = "000"


class TaxIdState(Choice):
    """What a registry said about a number; the caller asks the registry and gives the answer here."""

    VERIFIED = "verified"
    """The registry knows the number."""
    FORMAT_OK = "format_ok"
    """It is well formed: all that this library can find out by itself."""
    FAILED = "failed"
    """The registry does not know it."""
    NOT_CHECKED = "not_checked"
    """The registry was not asked, or did not answer."""


@attrs.frozen
class TaxId:
    """A well-formed tax ID; well formed never means registered.

    `parse_tax_id` and `check_tax_id` make it from what a customer typed. The constructor takes
    the canonical number and refuses anything else.

    Args:
        scheme: the kind of number: an EU prefix (EL for Greece), XI, GB, CHE, CA-QC, CA-BC,
            the ISO country of the others, or ``own:`` and a country for a caller's own rule.
        number: the canonical number, without its prefix.

    Raises:
        InvalidTypeError: a scheme or number that is not a str.
        InvalidValueError: an unknown scheme, or a number that is not well formed or not canonical.

    >>> seller = parse_tax_id("che 107 787 577 mwst")
    >>> seller.scheme, seller.number, seller.country
    ('CHE', '107787577MWST', 'CH')
    >>> seller.text, seller.format()
    ('CHE107787577MWST', 'CHE-107.787.577 MWST')
    """

    _wanted: ClassVar[str] = "a TaxId (parse_tax_id makes one)"

    scheme: str
    number: str

    def __attrs_post_init__(self) -> None:
        check("scheme", self.scheme, str, words="a str such as 'DE'")
        check("number", self.number, str, words="a str of digits and capital letters")
        known = _SCHEMES.get(self.scheme)
        if known is None:
            self._check_own()
        elif not self.number.isascii() or known.judge(self.number) != self.number:
            raise InvalidValueError("number", self.number, f"it is not canonical; expected {known.expected}")

    def _check_own(self) -> None:
        if not self.scheme.startswith(_OWN) or self.scheme[len(_OWN) :] not in COUNTRIES:
            raise InvalidValueError(
                "scheme", self.scheme, "no such scheme; give one such as 'DE', or 'own:' and a country"
            )
        number = self.number
        if not number or len(number) > _LONGEST or not number.isascii() or not number.isprintable():
            raise InvalidValueError("number", number, f"give 1 to {_LONGEST} printable ASCII characters")

    @property
    def text(self) -> str:
        """The canonical form, as it stands on an invoice: the prefix, if the scheme has one, and the number."""
        known = _SCHEMES.get(self.scheme)
        return known.prefix + self.number if known else self.number

    @property
    def country(self) -> str:
        """The ISO country of the number: GR for EL, GB for XI, CH for CHE, MC for a French number that starts 000.

        >>> parse_tax_id("EL039868210").country, parse_tax_id("XI980780684").country
        ('GR', 'GB')
        """
        known = _SCHEMES.get(self.scheme)
        if known is None:
            return self.scheme[len(_OWN) :]
        if self.scheme == "FR" and self.number[2:5] == _MONACO:
            return "MC"
        return known.country

    @property
    def subdivision(self) -> str | None:
        """The ISO 3166-2 subdivision whose tax the number is for (CA-QC, CA-BC), or None.

        >>> parse_tax_id("1023456789 TQ 0001", "CA").subdivision
        'CA-QC'
        """
        return self.scheme if "-" in self.scheme else None

    @property
    def is_format_only(self) -> bool:
        """Whether only the format was checked: the scheme has no check digit, or none that is known here."""
        known = _SCHEMES.get(self.scheme)
        return known is not None and known.sums is None

    def fits(self, country: str) -> bool:
        """Say whether the number can belong to a customer who is billed in this country.

        EL fits GR; XI and GB fit GB; GB fits IM; FR fits FR and MC; CHE fits CH and LI; FI fits FI and AX.

        Raises:
            InvalidTypeError: a country that is not a str.
            UnknownCountryError: a text that is no ISO alpha-2 code.

        >>> parse_tax_id("CHE-107.787.577 MWST").fits("LI"), parse_tax_id("DE113866163").fits("AT")
        (True, False)
        """
        _check_country(country)
        known = _SCHEMES.get(self.scheme)
        return country in known.fits if known else country == self.country

    def format(self) -> str:
        """Return the written form that is customary in its country, or ``text`` where none is.

        >>> parse_tax_id("995525828mva", "NO").format(), parse_tax_id("51824753556", "AU").format()
        ('NO 995 525 828 MVA', '51 824 753 556')
        """
        known = _SCHEMES.get(self.scheme)
        layout = known.layouts.get(len(self.number)) if known else None
        if layout is None:
            return self.text
        characters = iter(self.number)
        return "".join(next(characters) if place == "#" else place for place in layout)


@attrs.frozen
class Malformed:
    """A text that is not a well-formed tax ID, and why.

    Args:
        text: what was given, cut after 64 characters.
        reason: what is wrong.
        expected: what a well-formed number looks like.

    Raises:
        InvalidTypeError: a text that is not a str, a reason that is not a `TaxIdProblem`.
        InvalidValueError: an ``expected`` that cannot be printed, or has more than 1000 characters.

    >>> refused = check_tax_id("DE111111121")
    >>> isinstance(refused, Malformed) and refused.reason
    <TaxIdProblem.BAD_CHECKSUM: 'bad_checksum'>
    """

    text: str
    reason: TaxIdProblem
    expected: str

    def __attrs_post_init__(self) -> None:
        if len(check("text", self.text, str)) > _LONGEST:
            object.__setattr__(self, "text", self.text[:_LONGEST])
        check("reason", self.reason, TaxIdProblem)
        check_words("expected", self.expected, _LONGEST_WORDS)

    def explain(self) -> str:
        """Say in one sentence what is wrong and what was expected.

        >>> refused = check_tax_id("DE111111121")
        >>> assert isinstance(refused, Malformed)
        >>> print(refused.explain())
        'DE111111121' is not a well-formed tax ID: its check digit does not agree with the rest;
        expected DE and 9 digits, the first not 0, the last a check digit
        """
        return f"{shown(self.text)} is not a well-formed tax ID: {_sentence(self)}"


def _sentence(refused: Malformed) -> str:
    return f"{refused.reason.words}; expected {refused.expected}"


def check_tax_id(
    text: str, country: str | None = None, *, extra: Mapping[str, OwnCheck] | None = None
) -> TaxId | Malformed:
    """Check a tax ID, and return either the number or the reason why it is malformed.

    Letters may be small; spaces, dots, hyphens and slashes are dropped. Line breaks,
    control characters and anything outside ASCII are refused, as is any text of more
    than 64 characters. The result says well formed, never registered.

    Args:
        text: what the customer typed.
        country: the billing country (ISO alpha-2). The prefix may then be missing, and must
            belong to that country if it is there: EL or GR for GR, XI or GB for GB, GB for IM,
            FR for FR and MC, CHE for CH and LI, FI for FI and AX. Needed for numbers that have no prefix.
        extra: own rules by billing country; for such a country only the own rule is asked,
            and the scheme of the result is ``own:`` and the country.

    Raises:
        InvalidTypeError: a text or country that is not a str, an extra that is not a mapping to
            callables, a rule that answers something else than a str or a `TaxIdProblem`.
        InvalidValueError: an own rule that answers a text of no, or of more than 64, characters.
        UnknownCountryError: a country that is no ISO alpha-2 code (UK, EL and XI are none).

    Returns:
        The number in its canonical form; or a `Malformed` with the reason, which is an answer and no error.

    >>> check_tax_id("de 113.866.163").text
    'DE113866163'
    >>> check_tax_id("113866163", "DE") == check_tax_id("DE113866163")
    True
    >>> refused = check_tax_id("DE113866163", "AT")
    >>> isinstance(refused, Malformed) and refused.reason
    <TaxIdProblem.WRONG_COUNTRY: 'wrong_country'>
    >>> own = check_tax_id("20 12345678 6", "AR", extra={"AR": lambda digits: digits})
    >>> isinstance(own, TaxId) and own.scheme
    'own:AR'
    """
    check("text", text, str, words="a str, as the customer typed it")
    if country is not None:
        _check_country(country)
    body = text.upper() if len(text) <= _LONGEST and text.isascii() else ""
    if not body.isalnum():
        body = body.translate(_SEPARATORS)
        if not body or not body.isprintable():
            return _refuse_text(text)
    if extra is not None:
        own = _own_check(extra, country)
        if own is not None:
            return _ask(own, text, body, str(country))
    prefix = body[:2]
    scheme = _BY_PREFIX.get(prefix)
    if scheme is None:
        prefix = body[:3]
        scheme = _BY_PREFIX.get(prefix)
    if country is not None and (scheme is None or country not in scheme.fits):
        return _check_bare(text, body, country, scheme)
    if scheme is None:
        return Malformed(text, TaxIdProblem.UNKNOWN_COUNTRY, _A_PREFIX)
    return _judge(text, scheme, body[len(prefix) :])


_A_PREFIX = (
    f"a number that starts with a known prefix ({', '.join(sorted(_BY_PREFIX))}), or the billing country as well"
)


def parse_tax_id(text: str, country: str | None = None, *, extra: Mapping[str, OwnCheck] | None = None) -> TaxId:
    """Return the tax ID in a text that has to be well formed; well formed never means registered.

    Args:
        text: as for `check_tax_id`.
        country: as for `check_tax_id`.
        extra: as for `check_tax_id`.

    Raises:
        InvalidTypeError: as for `check_tax_id`.
        InvalidValueError: the text is malformed, or as for `check_tax_id`.

    >>> parse_tax_id("BE 202.239.951").text  # an old number of nine digits
    'BE0202239951'
    >>> parse_tax_id("DE113866164")
    Traceback (most recent call last):
    ...
    billingcore.errors.InvalidValueError: text 'DE113866164': its check digit does not agree with the rest;
    expected DE and 9 digits, the first not 0, the last a check digit
    """
    result = check_tax_id(text, country, extra=extra)
    if isinstance(result, Malformed):
        raise InvalidValueError("text", result.text, _sentence(result))
    return result


def is_valid_tax_id(text: str, country: str | None = None, *, extra: Mapping[str, OwnCheck] | None = None) -> bool:
    """Say whether a tax ID is well formed; it may still be unregistered.

    Args:
        text: as for `check_tax_id`.
        country: as for `check_tax_id`.
        extra: as for `check_tax_id`.

    Raises:
        InvalidTypeError: as for `check_tax_id`.
        InvalidValueError: as for `check_tax_id`.

    >>> is_valid_tax_id("49091850", "NZ"), is_valid_tax_id("49091851", "NZ")
    (True, False)
    """
    return isinstance(check_tax_id(text, country, extra=extra), TaxId)


def _judge(text: str, scheme: Scheme, body: str) -> TaxId | Malformed:
    """Let a scheme judge a body; the constructor of `TaxId`, which would judge it again, is passed by."""
    number = scheme.judge(body)
    if isinstance(number, str):
        tax_id = object.__new__(TaxId)
        object.__setattr__(tax_id, "scheme", scheme.code)
        object.__setattr__(tax_id, "number", number)
        return tax_id
    return Malformed(text, number, scheme.expected)


def _check_bare(text: str, body: str, country: str, foreign: Scheme | None) -> TaxId | Malformed:
    """Judge a body that does not start with a prefix of the billing country."""
    home = _BY_COUNTRY.get(country)
    if home is None:
        return Malformed(
            text, TaxIdProblem.UNKNOWN_COUNTRY, f"a country whose scheme is known, or an own rule for {country}"
        )
    if country == "CA":
        home, body = _canadian(body)
    if not home.prefix:
        # The number may itself start with letters: what fits as it is was not prefixed.
        result = _judge(text, home, body)
        if isinstance(result, TaxId):
            return result
        if body.startswith(country):
            return _judge(text, home, body[len(country) :])
    if foreign is not None:
        return Malformed(text, TaxIdProblem.WRONG_COUNTRY, home.expected)
    return _judge(text, home, body)


def _canadian(body: str) -> tuple[Scheme, str]:
    """Tell the three Canadian schemes apart by their letters."""
    bare = body.removeprefix("CA")
    if bare.startswith(CA_BC.prefix):
        return CA_BC, bare.removeprefix(CA_BC.prefix)
    return (CA_QC if "TQ" in body else _SCHEMES["CA"]), body


def _own_check(extra: Mapping[str, OwnCheck], country: str | None) -> OwnCheck | None:
    rules = mapped("extra", extra, "a mapping of ISO countries to callables")
    for at, own in rules.items():
        _check_country(at)
        if not callable(own):
            raise InvalidTypeError("extra", own, f"a callable for {at}, from a str to a str or a TaxIdProblem")
    return rules.get(country) if country is not None else None


def _ask(own: OwnCheck, text: str, body: str, country: str) -> TaxId | Malformed:
    answer = asked("extra", own, body)
    if type(answer) is TaxIdProblem:
        return Malformed(text, answer, f"what the own rule for {country} accepts")
    words = f"a rule for {country} that answers a str or a TaxIdProblem"
    return TaxId(_OWN + country, check("extra", answer, str, words=words))


def _refuse_text(text: str) -> Malformed:
    """Refuse what no scheme could read, without looking further."""
    if len(text) > _LONGEST:
        return Malformed(text, TaxIdProblem.BAD_LENGTH, f"at most {_LONGEST} characters")
    if not text.translate(_SEPARATORS):
        return Malformed(text, TaxIdProblem.BAD_LENGTH, "a number")
    return Malformed(
        text, TaxIdProblem.BAD_FORMAT, "ASCII letters and digits, with spaces, dots, hyphens or slashes between"
    )


def _check_country(country: object) -> None:
    code = check("country", country, str, words="an ISO alpha-2 code such as 'DE'")
    if code not in COUNTRIES:
        hint = _NOT_COUNTRIES.get(code, "two capital letters such as DE")
        raise UnknownCountryError("country", code, f"the billing country is an ISO alpha-2 code; give {hint}")
