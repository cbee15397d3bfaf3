"""Who sells and who buys, as far as tax depends on it."""

from datetime import date
from fractions import Fraction
from typing import Any, Final

import attrs

from billingcore._checks import check, check_date, check_fields, check_share, check_tuple, check_words
from billingcore._choices import Choice
from billingcore._doors import own_door
from billingcore.errors import InvalidValueError
from billingcore.places import Address, check_country, check_subdivision
from billingcore.tax_ids import TaxId, TaxIdState

__all__ = [
    "Buyer",
    "BuyerStatus",
    "CertificateForm",
    "CertificateKind",
    "ExemptionCertificate",
    "Registration",
    "Scheme",
    "Seller",
    "Use",
]


class Scheme(Choice):
    """Under which arrangement a seller collects."""

    LOCAL = "local"
    """The ordinary registration of the country itself; also of the seller's own."""
    UNION_OSS = "union_oss"
    """One stop shop of a seller in the EU: consumers in the other member states (from 2015-01-01, then called MOSS)."""
    NON_UNION_OSS = "non_union_oss"
    """One stop shop of a seller outside the EU: consumers in every member state (from 2003-07-01)."""
    SIMPLIFIED = "simplified"
    """A simplified registration of a seller from abroad, in Canada or Quebec: buyers with a number there are not charged."""


class BuyerStatus(Choice):
    """What the buyer is for tax: evidence of it (a tax ID and its state) stands beside it."""

    CONSUMER = "consumer"
    """A private person, or whoever does not say that it is a business."""
    BUSINESS = "business"
    """It says that it is one: only a verified tax ID that fits the billing country proves it."""
    PROVEN_BUSINESS = "proven_business"
    """The seller holds other proof (a number applied for, a statement of registration) and answers for it."""


class Use(Choice):
    """What the buyer uses the service for; some US states tax by it."""

    BUSINESS = "business"
    """For a business."""
    PERSONAL = "personal"
    """For private purposes."""


class CertificateKind(Choice):
    """Why the holder of a US exemption certificate is exempt."""

    RESALE = "resale"
    """It sells on what it buys."""
    EXEMPT_ORGANISATION = "exempt_organisation"
    """It is an organisation that the state exempts, such as a school or a charity."""
    GOVERNMENT = "government"
    """It is a public body."""
    DIRECT_PAY = "direct_pay"
    """It pays the tax to the state itself, under a permit."""
    MULTIPLE_POINTS_OF_USE = "multiple_points_of_use"
    """It uses the service in several states, and accounts for the tax itself."""
    COMMERCIAL_ENTERPRISE = "commercial_enterprise"
    """It is a commercial enterprise, which Iowa exempts for digital services."""


class CertificateForm(Choice):
    """On whose form a certificate is written: a state's own, or one of the two that many states take."""

    STATE = "state"
    """A form of the state in which it counts."""
    MULTISTATE = "multistate"
    """The uniform certificate of the Multistate Tax Commission: for resale alone."""
    STREAMLINED = "streamlined"
    """The certificate of the Streamlined agreement (F0003)."""


_SHARED_REGISTERS: Final = {"IM": "GB", "LI": "CH", "MC": "FR"}
"""Countries whose sellers register with another one: they share its VAT area."""
_US_TERRITORIES: Final = frozenset(("AS", "GU", "MP", "PR", "VI"))
_OWN_REGISTERS: Final = frozenset(("ES-CE", "ES-CN", "ES-ML", "GR-69"))
"""Parts of countries, beside states and provinces of North America, that levy a tax of their own."""
_ISLANDS: Final = {"ES-GC": "ES-CN", "ES-TF": "ES-CN"}


def register_of(country: str, subdivision: str | None = None) -> tuple[str, str | None]:
    """Return the country and the part of it whose register a place belongs to.

    >>> register_of("LI"), register_of("PR"), register_of("ES", "ES-TF")
    (('CH', None), ('US', 'US-PR'), ('ES', 'ES-CN'))
    """
    if country in _US_TERRITORIES:
        return "US", f"US-{country}"
    if country == "IN":  # a number is given for a state, the tax is the country's
        return "IN", None
    return _SHARED_REGISTERS.get(country, country), _ISLANDS.get(subdivision or "", subdivision)


@attrs.frozen
class Registration:
    """A seller's permission to collect in a country, or under a one stop shop, with its dates.

    It holds wherever the place shares the register: one in Switzerland reaches Liechtenstein, one in France Monaco, one
    in the United Kingdom the Isle of Man, and the other way round; ``PR`` is the same as ``US-PR``.

    Args:
        country: where it was given; for a one stop shop the member state of identification (GB until 2020; with a
            country that never was a member it is used, and results say that no member state is named).
        scheme: under which arrangement.
        since: the first day on which it is in force.
        until: the first day on which it no longer is, or None.
        subdivision: the ISO 3166-2 code where a part of the country registers: a US state (without one nothing is
            collected in the US, and results say so), a province of Canada with a tax of its own, the Canary Islands,
            Ceuta, Melilla; a state of India means India.

    Raises:
        InvalidTypeError: a field of another type.
        UnknownCountryError: not a country.
        UnknownSubdivisionError: not a part of the country.
        InvalidValueError: an end that is not after the start; a registration that could never be used: in a part of a
            country that has no register, a simplified one outside Canada.

    >>> Registration("IE", Scheme.UNION_OSS, date(2015, 1, 1)).in_force_on(date(2014, 12, 31))
    False
    """

    country: str
    scheme: Scheme
    since: date
    until: date | None = None
    subdivision: str | None = None

    def __attrs_post_init__(self) -> None:
        check_country(self.country)
        if self.subdivision is not None:
            check_subdivision(self.country, self.subdivision)
        check("scheme", self.scheme, Scheme)
        check_date("since", self.since)
        if self.until is not None and check_date("until", self.until) <= self.since:
            raise InvalidValueError("until", self.until, f"a registration must end after it starts ({self.since})")
        self._check_use()

    def _check_use(self) -> None:
        """Refuse what no decision could ever use, rather than answer later that the seller is not registered."""
        country, subdivision = register_of(self.country, self.subdivision)
        if self.scheme is Scheme.SIMPLIFIED and country != "CA":
            problem = "the simplified registration is Canada's; elsewhere use Scheme.LOCAL"
            raise InvalidValueError("scheme", self.scheme, problem)
        if subdivision is not None and country not in ("US", "CA") and subdivision not in _OWN_REGISTERS:
            problem = f"it has no register of its own: leave it out, or give its country code instead of {country}"
            raise InvalidValueError("subdivision", self.subdivision, problem)

    def in_force_on(self, day: date) -> bool:
        """Say whether the registration is in force on a day."""
        return self.since <= check_date("day", day) and (self.until is None or day < self.until)


@attrs.frozen
class ExemptionCertificate:
    """A US exemption certificate as it was handed in; whether it counts is decided with each sale.

    Args:
        number: what identifies it.
        kind: why the holder is exempt.
        holder: the name on it; it must be the buyer's.
        jurisdictions: the states that it names, as ISO 3166-2 codes: it counts nowhere else.
        since: the first day on which it is valid.
        until: the first day on which it no longer is, or None where it names no end.
        form: on whose form it is written.
        blanket: whether it covers every purchase from its first day, or the purchase of that day alone.
        revoked_on: the first day on which it no longer counts because it was taken back, or None.
        last_purchase_on: the last purchase under it, where the caller knows it; a Streamlined blanket certificate
            lapses after more than twelve months without one; where it is None, results say that this is not known.
        share: the exempt share of the price: 1 nearly always.
        state_tax_only: whether local tax is still owed.

    Raises:
        InvalidTypeError: a field of another type.
        UnknownSubdivisionError: a jurisdiction that is no US state.
        InvalidValueError: no jurisdiction, an end that is not after the start, a share outside 0 to 1.

    >>> ExemptionCertificate(
    ...     "TX-1", CertificateKind.EXEMPT_ORGANISATION, "Example School", ("US-TX",), date(2024, 8, 1)
    ... ).form
    <CertificateForm.STATE: 'state'>
    """

    number: str
    kind: CertificateKind
    holder: str
    jurisdictions: tuple[str, ...]
    since: date
    until: date | None = None
    form: CertificateForm = CertificateForm.STATE
    blanket: bool = True
    revoked_on: date | None = None
    last_purchase_on: date | None = None
    share: Fraction = Fraction(1)
    state_tax_only: bool = False

    def __attrs_post_init__(self) -> None:
        check_words("number", self.number)
        check_words("holder", self.holder)
        check_fields(self, kind=CertificateKind, form=CertificateForm, blanket=bool, state_tax_only=bool)
        check_tuple("jurisdictions", self.jurisdictions, str)
        if not self.jurisdictions:
            raise InvalidValueError(
                "jurisdictions", self.jurisdictions, "a certificate names the states in which it counts"
            )
        for code in self.jurisdictions:
            check_subdivision("US", code)
        check_date("since", self.since)
        if self.until is not None and check_date("until", self.until) <= self.since:
            raise InvalidValueError("until", self.until, f"a certificate must end after it starts ({self.since})")
        for name in ("revoked_on", "last_purchase_on"):
            day = getattr(self, name)
            if day is not None:
                check_date(name, day)
        if not check_share("share", self.share, most=1):
            raise InvalidValueError("share", self.share, "the exempt share is above 0 and at most 1")


class _Remembering:
    """A slot beside the fields, for what was decided last: no part of the value, its comparison, hash or pickle."""

    __slots__ = ("_decided",)
    _decided: Any


@attrs.frozen(cache_hash=True)
class Seller:
    """Who sells: where it is established, where it may collect, and since when.

    Args:
        name: as it stands on documents.
        address: where it is established.
        registrations: its permissions to collect; without one, nothing is collected.
        tax_id: its own VAT ID, or None.
        below_eu_threshold: established in one member state alone, not above EUR 10,000 of such sales to consumers in
            the others, and not opted out (Art. 59c of Directive 2006/112/EC; from 2019-01-01). A Union one stop shop
            that is in force waives it.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an empty name.

    >>> dublin = Seller("Example Ireland", Address("IE"), (Registration("IE", Scheme.LOCAL, date(2000, 1, 1)),))
    >>> dublin.registration(Scheme.LOCAL, date(2026, 1, 1), "IE") is not None
    True
    """

    name: str
    address: Address
    registrations: tuple[Registration, ...] = ()
    tax_id: TaxId | None = None
    below_eu_threshold: bool = False

    def __attrs_post_init__(self) -> None:
        check_words("name", self.name)
        check("address", self.address, Address)
        check_tuple("registrations", self.registrations, Registration)
        check("tax_id", self.tax_id, TaxId, None)
        check("below_eu_threshold", self.below_eu_threshold, bool)

    @property
    def country(self) -> str:
        """The country of establishment."""
        return self.address.country

    def registration(
        self, scheme: Scheme, day: date, country: str | None = None, subdivision: str | None = None
    ) -> Registration | None:
        """Return the registration under a scheme that is in force on the day.

        Args:
            scheme: under which arrangement.
            day: the day.
            country: where, or None for any country.
            subdivision: in which part of the country, or None for the country itself.

        Raises:
            InvalidTypeError: an argument of another type.
            UnknownCountryError: not a country.
            UnknownSubdivisionError: not a part of the country, or one without its country.
        """
        check("scheme", scheme, Scheme)
        check_date("day", day)
        if subdivision is not None:
            part = check("subdivision", subdivision, str)
            check_subdivision(part[:2] if country is None else country, part)
        elif country is not None:
            check_country(country)
        return registration_in_force(self, scheme, day, country, subdivision)


def registration_in_force(
    seller: Seller, scheme: Scheme, day: date, country: str | None, subdivision: str | None
) -> Registration | None:
    """Return what `Seller.registration` does, of arguments that were checked; a decision asks for each sale."""
    wanted = None if country is None else register_of(country, subdivision)
    for each in seller.registrations:
        if each.scheme is scheme and each.in_force_on(day):
            own = register_of(each.country, each.subdivision)
            if own == wanted or (wanted is None and own[1] == subdivision):
                return each
    return None


@attrs.frozen
class Buyer(_Remembering):
    """Who buys: the address, the status, and the evidence of it.

    A well-formed tax ID is evidence, not proof: only one whose state is
    ``TaxIdState.VERIFIED`` counts as a business in another member state.

    Args:
        name: as it stands on documents.
        address: the billing address.
        status: consumer or business.
        tax_id: the ID that the buyer gave, or None.
        tax_id_state: what the caller's check with the registry said.
        use: what it uses the service for; personal use makes a consumer of a business. None where nobody asked: then
            the status stands for it, and where a US state taxes by use the result says so.
        certificates: US exemption certificates that it handed in.
        further_tax_ids: more IDs of the same state of check, such as a Quebec number beside a Canadian one.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an empty name, or a state without an ID.

    >>> Buyer("Marie", Address("FR", postal_code="75002")).status
    <BuyerStatus.CONSUMER: 'consumer'>
    """

    name: str
    address: Address
    status: BuyerStatus = BuyerStatus.CONSUMER
    tax_id: TaxId | None = None
    tax_id_state: TaxIdState = TaxIdState.NOT_CHECKED
    use: Use | None = None
    certificates: tuple[ExemptionCertificate, ...] = ()
    further_tax_ids: tuple[TaxId, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_words("name", self.name)
        check("use", self.use, Use, None)
        check_tuple("certificates", self.certificates, ExemptionCertificate)
        check_tuple("further_tax_ids", self.further_tax_ids, TaxId)
        if self.further_tax_ids and self.tax_id is None:
            raise InvalidValueError(
                "further_tax_ids", self.further_tax_ids, "the first ID is the tax_id; give it there"
            )
        check("address", self.address, Address)
        check("status", self.status, BuyerStatus)
        check("tax_id", self.tax_id, TaxId, None)
        check("tax_id_state", self.tax_id_state, TaxIdState)
        if self.tax_id is None and self.tax_id_state is not TaxIdState.NOT_CHECKED:
            raise InvalidValueError(
                "tax_id_state", self.tax_id_state, "without a tax ID nothing was checked; give the ID too"
            )

    @property
    def country(self) -> str:
        """The country of the billing address."""
        return self.address.country


own_door(__name__)
