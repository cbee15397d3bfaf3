"""Payment methods: what a customer may put on file, and what renews by itself."""

from enum import Enum

import attrs

from billingcore.errors import InvalidTypeError, InvalidValueError

__all__ = ["PaymentMethod", "PaymentRules"]


class PaymentMethod(Enum):
    """How a customer pays."""

    VISA = "Visa"
    MASTERCARD = "MasterCard"
    AMERICAN_EXPRESS = "American Express"
    DISCOVER = "Discover"
    PAYPAL = "PayPal"
    WIRE = "wire transfer"
    CHECK = "check"

    __hash__ = object.__hash__


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
        InvalidValueError: a method in both groups, a recurring method that is not taken, nothing on file.
    """

    self_service: frozenset[PaymentMethod]
    through_sales: frozenset[PaymentMethod]
    recurring: frozenset[PaymentMethod]
    on_file_most: int = 1

    def __attrs_post_init__(self) -> None:
        for name in ("self_service", "through_sales", "recurring"):
            methods = getattr(self, name)
            if type(methods) is not frozenset or any(type(each) is not PaymentMethod for each in methods):
                raise InvalidTypeError(name, methods, "a frozenset of PaymentMethod values")
        if self.self_service & self.through_sales:
            raise InvalidValueError("through_sales", self.through_sales, "a method is set up in one way, not in both")
        if not self.recurring <= self.self_service | self.through_sales:
            raise InvalidValueError("recurring", self.recurring, "only a method that is taken can renew")
        if type(self.on_file_most) is not int:
            raise InvalidTypeError("on_file_most", self.on_file_most, "an int of 1 or more")
        if self.on_file_most < 1:
            raise InvalidValueError("on_file_most", self.on_file_most, "an account keeps at least one method")

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
        if type(method) is not PaymentMethod:
            raise InvalidTypeError("method", method, "a PaymentMethod, such as PaymentMethod.VISA")
        return method
