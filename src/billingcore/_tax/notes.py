"""What a reader of a tax decision should know beside the outcome."""

from enum import Enum

import attrs

from billingcore.errors import InvalidTypeError

__all__ = ["Note", "NoteCode"]


class NoteCode(Enum):
    """What a note is about."""

    LOCAL_MISSING = "local_missing"
    """The state has local taxes, and none were handed in: the tax of the state alone is charged."""
    USE_ASSUMED = "use_assumed"
    """Nobody asked for the use: the status of the buyer stands for it."""
    START_UNKNOWN = "start_unknown"
    """The first day of the rate or rule is not known: check it for days far back."""
    ROW = "row"
    """What the row of the table says beside its figures."""
    POSTAL_CODE_AMBIGUOUS = "postal_code_ambiguous"
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
    CERTIFICATE_KIND_NOT_ACCEPTED = "certificate_kind_not_accepted"
    CERTIFICATE_FORM_NOT_ACCEPTED = "certificate_form_not_accepted"
    CERTIFICATE_HOLDER_DIFFERS = "certificate_holder_differs"

    __hash__ = object.__hash__


@attrs.frozen
class Note:
    """A remark on a decision: what it is about, and the words.

    Args:
        code: what it is about.
        text: the words.

    Raises:
        InvalidTypeError: a field of another type.
    """

    code: NoteCode
    text: str

    def __attrs_post_init__(self) -> None:
        if type(self.code) is not NoteCode:
            raise InvalidTypeError("code", self.code, "a NoteCode, such as NoteCode.LOCAL_MISSING")
        if type(self.text) is not str:
            raise InvalidTypeError("text", self.text, "a str")
