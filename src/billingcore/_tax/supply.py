"""What is sold, as far as tax depends on it."""

from typing import ClassVar, Final

import attrs

from billingcore._checks import check
from billingcore._choices import Choice


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

    _wanted: ClassVar[str] = "a Supply, such as SAAS"

    category: SupplyCategory = SupplyCategory.SAAS
    business_only: bool = False
    negotiated_licence: bool = False

    def __attrs_post_init__(self) -> None:
        check("category", self.category, SupplyCategory)
        for name in ("business_only", "negotiated_licence"):
            check(name, getattr(self, name), bool)


SAAS: Final = Supply()
"""Software as a service, open to anybody."""
