"""What is sold, as far as tax depends on it."""

from typing import Final

import attrs

from billingcore._choices import Choice
from billingcore.errors import InvalidTypeError


class SupplyCategory(Choice):
    """The category by which places tax differently."""

    SAAS = "saas"
    """Software that the provider runs and the customer uses over the internet."""
    ELECTRONIC_SERVICE = "electronic_service"
    """Any other electronically supplied service; US states and Canadian provinces tax each kind by a rule of its own."""


@attrs.frozen
class Supply:
    """What is sold.

    Args:
        category: its category.
        business_only: whether its nature or its terms keep it to businesses (Japan asks).
        negotiated_licence: whether both parties negotiated and signed the licence (Colorado asks, from 2027).

    Raises:
        InvalidTypeError: a field of another type.

    >>> Supply().category
    <SupplyCategory.SAAS: 'saas'>
    """

    category: SupplyCategory = SupplyCategory.SAAS
    business_only: bool = False
    negotiated_licence: bool = False

    def __attrs_post_init__(self) -> None:
        if type(self.category) is not SupplyCategory:
            raise InvalidTypeError("category", self.category, "a SupplyCategory, such as SupplyCategory.SAAS")
        for name in ("business_only", "negotiated_licence"):
            if type(getattr(self, name)) is not bool:
                raise InvalidTypeError(name, getattr(self, name), "True or False")


SAAS: Final = Supply()
"""Software as a service, open to anybody."""
