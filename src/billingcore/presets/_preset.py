"""One vendor's rule with its source."""

from datetime import date
from typing import Final

import attrs

from billingcore._checks import check, check_date
from billingcore.errors import InvalidValueError
from billingcore.proration import ProrationPolicy
from billingcore.sourced import Confidence

_NAME: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")
_MAX_TEXT: Final = 500


@attrs.frozen
class Preset:
    """A vendor's published rule for changes in mid-period, and how sure it is.

    Args:
        name: the name of the preset: small letters, digits and underscores.
        title: the vendor, and which of its modes.
        policy: the rule.
        source: where it was read; documentation repositories with their commit.
        checked_on: the day on which the source was read.
        confidence: high where the vendor's own page says it, medium where others restate it, low where it is mainly
            our inference.
        inference: what of it we inferred; empty where nothing is.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an empty text, or a name with other characters.
    """

    name: str
    title: str
    policy: ProrationPolicy
    source: str
    checked_on: date
    confidence: Confidence
    inference: str = ""

    def __attrs_post_init__(self) -> None:
        for name in ("name", "title", "source", "inference"):
            value = getattr(self, name)
            check(name, value, str)
            if len(value) > _MAX_TEXT or not value.isprintable() or (name != "inference" and not value.strip()):
                raise InvalidValueError(name, value, f"give 1 to {_MAX_TEXT} printable characters")
        if not _NAME.issuperset(self.name):
            raise InvalidValueError(
                "name", self.name, "small letters, digits and underscores, such as 'stripe_classic'"
            )
        check("policy", self.policy, ProrationPolicy)
        check("confidence", self.confidence, Confidence)
        check_date("checked_on", self.checked_on)

    def explain(self) -> str:
        """Return the rule, its source, and what of it is inferred.

        >>> from billingcore.presets import PRESETS
        >>> print(PRESETS["shopify"].explain())
        Shopify app billing (shopify)
          clock day; basis fixed 30 days every month; credit difference remaining; charge difference remaining
          read on 2026-11-23, confidence high: shopify.dev/docs/apps/billing/subscriptions
          inferred: The rounding is not stated. A 31st day is inferred to count as none.
        """
        lines = [
            f"{self.title} ({self.name})",
            f"  {self.policy.describe()}",
            f"  read on {self.checked_on}, confidence {self.confidence.value}: {self.source}",
        ]
        if self.inference:
            lines.append(f"  inferred: {self.inference}")
        return "\n".join(lines)
