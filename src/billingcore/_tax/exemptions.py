"""Certificates that came late: from when they count, and which documents a credit note may correct."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from billingcore._checks import check, check_date, check_int, check_tuple, check_words, collected
from billingcore._tax.certificates import certificate_end, certificate_problem
from billingcore._tax.rulings import Charged, Ruling, check_ruling
from billingcore.errors import InvalidTypeError, InvalidValueError
from billingcore.parties import ExemptionCertificate

GOOD_FAITH_DAYS: Final = 90
"""In which a complete certificate may still come in the Streamlined states and in New York."""
_TRIPLE: Final = 3


@attrs.frozen
class LateExemption:
    """What a certificate that was handed in late changes.

    Args:
        certificate: the certificate.
        exempt_from: the first day for which it counts.
        exempt_until: the first day for which it no longer counts, or None.
        to_credit: the references of the documents whose tax a credit note may give back, in the order given.
        too_late: those that the certificate would cover, but that lie outside the window.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: days that are not those of the certificate, a reference that cannot be printed.
    """

    certificate: ExemptionCertificate
    exempt_from: date
    exempt_until: date | None
    to_credit: tuple[str, ...]
    too_late: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        check("certificate", self.certificate, ExemptionCertificate)
        check_date("exempt_from", self.exempt_from)
        check("exempt_until", self.exempt_until, date, None)
        due = (self.certificate.since, _until(self.certificate))
        if (self.exempt_from, self.exempt_until) != due:
            days = f"from {due[0]}" + (f" until {due[1]} (excluded)" if due[1] else " on, without an end")
            raise InvalidValueError("exempt_from", self.exempt_from, f"the certificate counts {days}")
        for name in ("to_credit", "too_late"):
            references = getattr(self, name)
            check_tuple(name, references, str)
            for reference in references:
                check_words(name, reference)


def _until(certificate: ExemptionCertificate) -> date | None:
    """Return the first day on which a certificate counts in none of its states any more, or None where one has no end."""
    ends = [certificate_end(certificate, state) for state in certificate.jurisdictions]
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) else None


def late_exemption(
    certificate: ExemptionCertificate,
    holder: str,
    received_on: date,
    charged: Iterable[tuple[str, date, Ruling]],
    *,
    within_days: int | None = GOOD_FAITH_DAYS,
) -> LateExemption:
    """Say which documents a certificate would have exempted; whether they are credited is the caller's decision.

    Args:
        certificate: the certificate that came late.
        holder: the name of the buyer.
        received_on: the day on which it came.
        charged: of each document: a reference, its tax point, and the decision under which it was taxed.
        within_days: how many days after the tax point it may come; None where every document counts (before an audit).

    Raises:
        InvalidTypeError: an argument of another type.
        InvalidValueError: a window of less than 0 days, a name or a reference that cannot be printed.

    Source: the Streamlined agreement (at the sale, within 90 days, or before an audit); New York, 90 days.
    """
    check("certificate", certificate, ExemptionCertificate)
    check_words("holder", holder)
    check_date("received_on", received_on)
    if within_days is not None:
        check_int("within_days", within_days, 0, problem="a window has 0 or more days, or is None")
    to_credit: list[str] = []
    too_late: list[str] = []
    for given in collected("charged", charged, tuple):
        if len(given) != _TRIPLE:
            raise InvalidTypeError("charged", given, "a reference, a tax point and a tax decision")
        reference, tax_point, ruling = given
        check_words("charged", reference)
        check_date("charged", tax_point)
        place = check_ruling("charged", ruling).place
        if not isinstance(ruling, Charged) or not place.startswith("US-"):
            continue
        if certificate_problem(certificate, holder, place, tax_point) is not None:
            continue
        in_time = within_days is None or (received_on - tax_point).days <= within_days
        (to_credit if in_time else too_late).append(reference)
    return LateExemption(certificate, certificate.since, _until(certificate), tuple(to_credit), tuple(too_late))
