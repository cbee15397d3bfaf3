"""Certificates that came late: from when they count, and which documents a credit note may correct."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

import attrs

from billingcore._checks import check, check_date
from billingcore._tax.certificates import certificate_end, certificate_problem
from billingcore._tax.rulings import Charged, Ruling, check_ruling
from billingcore.errors import InvalidValueError
from billingcore.parties import ExemptionCertificate

GOOD_FAITH_DAYS: Final = 90
"""In which a complete certificate may still come in the Streamlined states and in New York."""


@attrs.frozen
class LateExemption:
    """What a certificate that was handed in late changes.

    Args:
        certificate: the certificate.
        exempt_from: the first day for which it counts.
        exempt_until: the first day for which it no longer counts, or None.
        to_credit: the references of the documents whose tax a credit note may give back, in the order given.
        too_late: those that the certificate would cover, but that lie outside the window.
    """

    certificate: ExemptionCertificate
    exempt_from: date
    exempt_until: date | None
    to_credit: tuple[str, ...]
    too_late: tuple[str, ...]


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
        InvalidValueError: a window of less than 0 days.

    Source: the Streamlined agreement (at the sale, within 90 days, or before an audit); New York, 90 days.
    """
    check("certificate", certificate, ExemptionCertificate)
    check("holder", holder, str, words="the name of the buyer, a str")
    check_date("received_on", received_on)
    if within_days is not None and (type(within_days) is not int or within_days < 0):
        raise InvalidValueError("within_days", within_days, "a window has 0 or more days, or is None")
    to_credit: list[str] = []
    too_late: list[str] = []
    for reference, tax_point, ruling in charged:
        check_date("charged", tax_point)
        place = check_ruling("charged", ruling).place
        if not isinstance(ruling, Charged) or not place.startswith("US-"):
            continue
        if certificate_problem(certificate, holder, place, tax_point) is not None:
            continue
        in_time = within_days is None or received_on <= tax_point + timedelta(days=within_days)
        (to_credit if in_time else too_late).append(reference)
    ends = [certificate_end(certificate, state) for state in certificate.jurisdictions]
    known = [end for end in ends if end is not None]
    until = max(known) if len(known) == len(ends) else None
    return LateExemption(certificate, certificate.since, until, tuple(to_credit), tuple(too_late))
