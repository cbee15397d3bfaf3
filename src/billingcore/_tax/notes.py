"""What a reader of a tax decision should know beside the outcome."""

import attrs

from billingcore._checks import check
from billingcore._choices import Choice
from billingcore._tax.words import check_remark
from billingcore.errors import InvalidValueError


class NoteCode(Choice):
    """What a note is about."""

    LOCAL_MISSING = "local_missing"
    """The state has local taxes, and none were handed in: the tax of the state alone is charged."""
    LOCAL_ALONE = "local_alone"
    """The state does not tax it; the local tax is charged because it was handed in, as one with a rule of its own."""
    LOCAL_DROPPED = "local_dropped"
    """Local rates that were handed in are not charged: they follow the state, which does not tax it."""
    LOCAL_UNEXPECTED = "local_unexpected"
    """Local rates were handed in for a state that has no local taxes in the tables: check them."""
    USE_ASSUMED = "use_assumed"
    """Nobody asked for the use: the status of the buyer stands for it."""
    START_UNKNOWN = "start_unknown"
    """The first day of the rate or rule is not known: check it for days far back."""
    ROW = "row"
    """What the row of the table says beside its figures."""
    POSTAL_CODE_AMBIGUOUS = "postal_code_ambiguous"
    PLACE_CONTRADICTORY = "place_contradictory"
    """Subdivision and postal code of the address name different places."""
    SUBDIVISION_MISSING = "subdivision_missing"
    """The tax or its parts depend on the state or province, and an address names none."""
    LIABILITY_START_UNVERIFIED = "liability_start_unverified"
    """Since when sellers from abroad are taxed there is not known, or rests on one unconfirmed source."""
    BUSINESS_RULE_UNVERIFIED = "business_rule_unverified"
    """What a business there is charged by a seller from abroad is not confirmed."""
    RULE_OF_PLACE = "rule_of_place"
    """A rule of the place that depends on something this library does not ask for."""
    REGISTRATION_DOUBTFUL = "registration_doubtful"
    """A registration that names another place than the one where it could be given."""
    THRESHOLD_WAIVED = "threshold_waived"
    """The seller is below the EU threshold, but uses a one stop shop: that waives it."""
    ONE_STOP_SHOP_DOUBTFUL = "one_stop_shop_doubtful"
    """Whether a one stop shop reaches the place is part of what is disputed."""
    TAX_ID_MISSING = "tax_id_missing"
    """A reverse charge whose invoice needs a tax ID that was not handed in."""
    TAX_ID_OF_ANOTHER_TAX = "tax_id_of_another_tax"
    """A verified number that belongs to another tax or programme."""
    PROVINCIAL_TAX_UNKNOWN = "provincial_tax_unknown"
    """What the province itself levied on that day is not, or not surely, in this library."""
    CATEGORIES_MIXED = "categories_mixed"
    """A document with lines outside the scope (O) and others: EN 16931 allows no such invoice."""
    OVERRIDDEN = "overridden"
    PARTLY_EXEMPT = "partly_exempt"
    PART_NOT_REGISTERED = "part_not_registered"
    """One of the taxes of the place is not collected: the seller is not registered for it."""
    PLACE_NOT_COVERED = "place_not_covered"
    """The tax of the place is not in this library."""
    CERTIFICATE_OTHER_STATE = "certificate_other_state"
    CERTIFICATE_NOT_YET_VALID = "certificate_not_yet_valid"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_REVOKED = "certificate_revoked"
    CERTIFICATE_LAPSED = "certificate_lapsed"
    CERTIFICATE_LAPSE_UNKNOWN = "certificate_lapse_unknown"
    """A certificate lapses without purchases, and the last purchase under it is not known."""
    CERTIFICATE_KIND_NOT_ACCEPTED = "certificate_kind_not_accepted"
    CERTIFICATE_FORM_NOT_ACCEPTED = "certificate_form_not_accepted"
    CERTIFICATE_HOLDER_DIFFERS = "certificate_holder_differs"


@attrs.frozen
class Note:
    """A remark on a decision: what it is about, and the words.

    Args:
        code: what it is about.
        text: the words.

    Raises:
        InvalidTypeError: a field of another type.
        InvalidValueError: an empty text, or one that cannot be printed.
    """

    code: NoteCode
    text: str

    def __attrs_post_init__(self) -> None:
        check("code", self.code, NoteCode)
        if not check_remark("text", self.text):
            raise InvalidValueError("text", self.text, "a remark says something; leave it out otherwise")
