"""Payment methods: what a customer may put on file, and what renews by itself."""

from typing import Final

import attrs

from billingcore._checks import check, check_set
from billingcore._choices import Choice
from billingcore._doors import own_door
from billingcore.errors import InvalidValueError, shown_in_order

__all__ = ["PaymentMethod", "PaymentRules"]

_MAX_ON_FILE: Final = 1000


class PaymentMethod(Choice):
    """How a customer pays."""

    VISA = "Visa"
    MASTERCARD = "MasterCard"
    AMERICAN_EXPRESS = "American Express"
    DISCOVER = "Discover"
    PAYPAL = "PayPal"
    WIRE = "wire transfer"
    CHECK = "check"


@attrs.frozen
class PaymentRules:
    """Which methods a vendor takes, and how they come on file.

    Args:
        self_service: what a customer can set up alone.
        through_sales: what only sales or support can set up.
        recurring: what a renewal can be charged to.
        on_file_most: how many methods one account keeps.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: a method in both groups, a recurring method that is not taken, fewer than 1 or more than 1000
            on file.
    """

    self_service: frozenset[PaymentMethod] = attrs.field(repr=shown_in_order)
    through_sales: frozenset[PaymentMethod] = attrs.field(repr=shown_in_order)
    recurring: frozenset[PaymentMethod] = attrs.field(repr=shown_in_order)
    on_file_most: int = 1

    def __attrs_post_init__(self) -> None:
        for name in ("self_service", "through_sales", "recurring"):
            methods = getattr(self, name)
            check_set(name, methods, PaymentMethod)
        if self.self_service & self.through_sales:
            both = sorted(each.name for each in self.self_service & self.through_sales)
            raise InvalidValueError("through_sales", both, "a method is set up in one way, not in both")
        if not self.recurring <= self.self_service | self.through_sales:
            unknown = sorted(each.name for each in self.recurring - self.self_service - self.through_sales)
            raise InvalidValueError(
                "recurring", unknown, "only a method that is taken can renew; take it, or leave it out"
            )
        check("on_file_most", self.on_file_most, int, words="an int of 1 or more")
        if not 1 <= self.on_file_most <= _MAX_ON_FILE:
            raise InvalidValueError("on_file_most", self.on_file_most, f"an account keeps 1 to {_MAX_ON_FILE} methods")

    def takes(self, method: PaymentMethod) -> bool:
        """Say whether the vendor takes the method at all."""
        return self._check(method) in self.self_service | self.through_sales

    def needs_sales(self, method: PaymentMethod) -> bool:
        """Say whether only sales or support can set the method up."""
        return self._check(method) in self.through_sales

    def renews_with(self, method: PaymentMethod) -> bool:
        """Say whether a renewal can be charged to the method."""
        return self._check(method) in self.recurring

    @staticmethod
    def _check(method: PaymentMethod) -> PaymentMethod:
        check("method", method, PaymentMethod)
        return method


own_door(__name__)
