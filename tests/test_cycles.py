"""The face of the package of cycles: its names, its errors, and copies of its values."""

import copy
import pickle
import re
from datetime import date

import pytest

import billingcore.cycles as face
from billingcore import BillingError
from billingcore.cycles import END_OF_MONTH, MONTHLY, AlignedSchedule, Schedule, Term
from samples import FROM_THE_31ST, JANUARY


def test_the_face_of_the_package():
    assert dir(face) == sorted(face.__all__)
    for name in face.__all__:
        assert getattr(face, name) is not None
    with pytest.raises(AttributeError, match=re.escape("has no attribute 'Calender'")):
        face.Calender  # noqa: B018 - the look-up is the test


def test_every_error_is_ours_and_short():
    with pytest.raises(BillingError) as raised:
        Schedule("x" * 10_000, MONTHLY)
    assert len(str(raised.value)) < 300
    assert isinstance(raised.value, TypeError)


def test_copies_are_equal():
    for value in (
        FROM_THE_31ST,
        JANUARY,
        AlignedSchedule(date(2024, 1, 10), FROM_THE_31ST),
        Term(FROM_THE_31ST, 0, 3),
        END_OF_MONTH,
    ):
        assert copy.deepcopy(value) == value
        assert pickle.loads(pickle.dumps(value)) == value
