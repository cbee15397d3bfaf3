"""US exemption certificates: whether one counts for a sale, and if not, why not."""

from collections.abc import Iterable
from datetime import MAXYEAR, date, timedelta
from typing import Final

from billingcore._checks import check
from billingcore._facts import us_sales_tax
from billingcore._tax.notes import Note, NoteCode
from billingcore._tax.words import listed
from billingcore.parties import CertificateForm, CertificateKind, ExemptionCertificate
from billingcore.places import check_subdivision

_FLORIDA_ORGANISATION_YEARS: Final = 5
_COMMERCIAL_ENTERPRISE: Final = frozenset(("US-IA",))
"""States that exempt software for a commercial enterprise by certificate."""
_DAY: Final = timedelta(days=1)


def _years_after(day: date, years: int) -> date:
    if day.year + years > MAXYEAR:
        return date.max - _DAY
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February: the year after has none
        return date(day.year + years, 3, 1)


def certificate_end(certificate: ExemptionCertificate, state: str) -> date | None:
    """Return the first day on which a certificate no longer counts in a state, by its own words or the state's rule.

    Florida's annual resale certificate ends with the calendar year, its certificate for organisations after five
    years.

    Args:
        certificate: the certificate.
        state: the ISO 3166-2 code.

    Raises:
        InvalidTypeError: an argument of another type.
        UnknownSubdivisionError: not a US state.

    Source: Florida DR-13 and DR-14.

    >>> dr13 = ExemptionCertificate("85-1", CertificateKind.RESALE, "Shop", ("US-FL",), date(2026, 3, 1))
    >>> certificate_end(dr13, "US-FL")
    datetime.date(2027, 1, 1)
    """
    check("certificate", certificate, ExemptionCertificate)
    check_subdivision("US", state)
    ends = [end for end in (certificate.until, certificate.revoked_on) if end is not None]
    if not certificate.blanket and certificate.since < date.max:
        ends.append(certificate.since + _DAY)
    if state == "US-FL" and certificate.form is CertificateForm.STATE:
        if certificate.kind is CertificateKind.RESALE:
            ends.append(_years_after(certificate.since.replace(month=1, day=1), 1))
        elif certificate.kind is CertificateKind.EXEMPT_ORGANISATION:
            ends.append(_years_after(certificate.since, _FLORIDA_ORGANISATION_YEARS))
    return min(ends, default=None)


def _lapses_on(certificate: ExemptionCertificate) -> date | None:
    """Return the first day on which a Streamlined blanket certificate has lapsed: more than a year without a purchase."""
    if (
        certificate.form is not CertificateForm.STREAMLINED
        or not certificate.blanket
        or certificate.last_purchase_on is None
    ):
        return None
    return _years_after(max(certificate.since, certificate.last_purchase_on), 1) + _DAY


def _may_lapse_from(certificate: ExemptionCertificate) -> date | None:
    """Return the first day on which a Streamlined blanket certificate may have lapsed unseen: no purchase was told."""
    if certificate.form is CertificateForm.STREAMLINED and certificate.blanket and certificate.last_purchase_on is None:
        return _years_after(certificate.since, 1) + _DAY
    return None


def lapse_note(certificate: ExemptionCertificate, day: date) -> tuple[Note, ...]:
    """Say that a certificate that is taken as valid may have lapsed."""
    first = _may_lapse_from(certificate)
    if first is None or day < first:
        return ()
    text = f"certificate {certificate.number} lapses after twelve months without a purchase: the last one is not known"
    return (Note(NoteCode.CERTIFICATE_LAPSE_UNKNOWN, text),)


def certificate_days(certificates: Iterable[ExemptionCertificate], state: str) -> list[date]:
    """Return the days on which something about certificates changes in a state."""
    days = []
    for each in certificates:
        ends = (each.since, certificate_end(each, state), _lapses_on(each), _may_lapse_from(each))
        days += [day for day in ends if day is not None]
    return days


def certificate_problem(certificate: ExemptionCertificate, holder: str, state: str, day: date) -> Note | None:
    """Return why a certificate does not count for a buyer in a state on a day, or None if it does.

    Args:
        certificate: the certificate.
        holder: the name of the buyer.
        state: the ISO 3166-2 code of the state to which the sale belongs.
        day: the tax point.

    Source: the Multistate Tax Commission's form of 2022-10-14 (resale alone), the Streamlined certificate F0003 and its
    lapse after twelve months, Florida DR-13 and DR-14, Iowa Code 423.3(104).
    """
    code = _mismatch(certificate, holder, state)
    number = f"certificate {certificate.number}"
    if code is not None:
        return Note(code, f"{number} {_words(code, certificate, state)}")
    if day < certificate.since:
        return Note(NoteCode.CERTIFICATE_NOT_YET_VALID, f"{number} is valid from {certificate.since}")
    lapse = _lapses_on(certificate)
    if lapse is not None and day >= lapse:
        text = f"{number} lapsed on {lapse}: more than twelve months after {certificate.last_purchase_on}"
        return Note(NoteCode.CERTIFICATE_LAPSED, text)
    end = certificate_end(certificate, state)
    if end is not None and day >= end:
        if end == certificate.revoked_on:
            return Note(NoteCode.CERTIFICATE_REVOKED, f"{number} was revoked on {end}")
        return Note(NoteCode.CERTIFICATE_EXPIRED, f"{number} was valid until {end - _DAY}, its last day")
    return None


def _mismatch(certificate: ExemptionCertificate, holder: str, state: str) -> NoteCode | None:
    """Say what about a certificate does not fit the sale, whatever the day."""
    _, _, streamlined, multistate = us_sales_tax.STATES[state]
    if state not in certificate.jurisdictions:
        return NoteCode.CERTIFICATE_OTHER_STATE
    taken = {
        CertificateForm.STATE: True,
        CertificateForm.STREAMLINED: streamlined,
        CertificateForm.MULTISTATE: multistate,
    }
    if not taken[certificate.form]:
        return NoteCode.CERTIFICATE_FORM_NOT_ACCEPTED
    if certificate.form is CertificateForm.MULTISTATE and certificate.kind is not CertificateKind.RESALE:
        return NoteCode.CERTIFICATE_KIND_NOT_ACCEPTED
    if certificate.kind is CertificateKind.COMMERCIAL_ENTERPRISE and state not in _COMMERCIAL_ENTERPRISE:
        return NoteCode.CERTIFICATE_KIND_NOT_ACCEPTED
    if " ".join(certificate.holder.split()).casefold() != " ".join(holder.split()).casefold():
        return NoteCode.CERTIFICATE_HOLDER_DIFFERS
    return None


def _words(code: NoteCode, certificate: ExemptionCertificate, state: str) -> str:
    if code is NoteCode.CERTIFICATE_OTHER_STATE:
        return f"is of {listed(certificate.jurisdictions)}: it does not count in {state}"
    if code is NoteCode.CERTIFICATE_FORM_NOT_ACCEPTED:
        return f"is on a form that {state} does not take ({certificate.form.value})"
    if code is NoteCode.CERTIFICATE_KIND_NOT_ACCEPTED:
        kind = certificate.kind.value.replace("_", " ")
        return f"does not exempt here: {kind} on the form of {certificate.form.value}"
    return f"is held by {certificate.holder}, who is not the buyer"
