"""A walk along the public face: each argument of everything that is public is given what does not belong there.

Whatever comes back, it comes within milliseconds, as an error of ours or as a value that can be printed, hashed,
compared, explained and recorded; and what was handed in beside it is as it was. A value that does not fit its
annotation is refused, also where this call would not have used it. The members of a choice are looked up as in any
`Enum`, and the words of an error are the library's own: neither is walked.
"""

import collections.abc
import copy
import decimal
import importlib
import inspect
import itertools
import signal
import sys
import time
import types
import typing
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from enum import Enum
from fractions import Fraction

import attrs
import pytest
from hypothesis.strategies import SearchStrategy

import billingcore
from base_calls import CALLS, METHODS, VALUES, made
from billingcore._doors import SUBJECTS
from billingcore.errors import BillingError, CurrencyMismatchError, InvalidTypeError, InvalidValueError
from billingcore.records import record_types, to_record

LIMIT = 0.25 if sys.gettrace() is None else 2.5
"""Seconds of computing for one call, the better of two; while lines are counted, ten times as many."""
HUNG = 20.0
"""Seconds after which a call is taken out."""
MOST_READ = 2_000_000
"""Items after which nobody reads on: what gives them for ever is measured by this, and not by the clock."""
MOST_SAID = 3000
"""Characters of an error, its message and its repr together."""
FORGED = "forged line"

# --- what does not belong there -------------------------------------------------------------------------------------


class Hung(BaseException):
    """Raised into a call that does not come back; no ``except Exception`` stops it."""


class Spiteful:
    """An object that fails at whatever is asked of it."""

    def _fail(self, *_):
        raise ZeroDivisionError

    __bool__ = __eq__ = __hash__ = __len__ = __iter__ = __repr__ = __str__ = __lt__ = __index__ = __contains__ = _fail
    __add__ = __radd__ = __mul__ = __rmul__ = __getitem__ = __call__ = __format__ = _fail


def lying(kind):
    """Return a subclass that answers every comparison with yes, has no repr and the hash of none of its equals."""
    members = dict.fromkeys(("__eq__", "__lt__", "__le__", "__gt__", "__ge__"), lambda *_: True)
    return type(
        f"Lying{kind.__name__.title()}", (kind,), {**members, "__hash__": lambda _: 7, "__repr__": Spiteful.__repr__}
    )


class OddZone(tzinfo):
    """A zone that does not know where it is; or that fails when it is asked."""

    def __init__(self, error=None):
        self.error = error

    def utcoffset(self, moment):
        if self.error is not None:
            raise self.error

    dst = tzname = utcoffset

    def __eq__(self, other):
        return type(other) is OddZone

    __hash__ = tzinfo.__hash__


class OddMapping(collections.abc.Mapping):
    """A mapping whose every look-up fails, with something that is no KeyError."""

    def __getitem__(self, key):
        raise ZeroDivisionError

    def __iter__(self):
        raise ZeroDivisionError

    def __len__(self):
        return 1


def failing(*_, **__):
    raise ZeroDivisionError


def endless(values):
    """Give values for ever, as far as anybody may read; in Python, so that a call that reads on can be taken out."""
    yield from itertools.islice(values, MOST_READ)
    raise Hung


def failing_values():
    yield from ()
    raise ZeroDivisionError


POOL = {
    "object": object, "class": lambda: int, "bytes": lambda: b"EUR", "list": list, "dict": dict, "set": set, "float": lambda: 1.5,
    "spiteful": Spiteful, "spiteful in a tuple": lambda: (Spiteful(),), "None": lambda: None, "NaN float": lambda: float("nan"),
    "infinity": lambda: float("inf"), "NaN": lambda: Decimal("NaN"), "signalling NaN": lambda: Decimal("sNaN"),
    "Infinity": lambda: Decimal("Infinity"), "huge Decimal": lambda: Decimal("1E+999999"), "True": lambda: True, "False": lambda: False,
    "0": lambda: 0, "-1": lambda: -1, "2": lambda: 2, "huge": lambda: 10**6000, "huge below 0": lambda: -(10**6000), "share of 0": lambda: Fraction(0),
    "share below 0": lambda: Fraction(-1), "fine share": lambda: Fraction(1, 10**5000), "huge share": lambda: Fraction(10**5000),
    "no text": str, "1 MB": lambda: "x" * 1_000_000, "surrogate": lambda: "\ud800", "NUL": lambda: "a\0b", "ESC": lambda: "a\x1b[2K",
    "line break": lambda: f"a\n{FORGED}", "braces": lambda: "{0.__class__}{",
    "first day": lambda: date.min, "last day": lambda: date.max, "naive": lambda: datetime(2026, 1, 16, tzinfo=UTC).replace(tzinfo=None),
    "aware": lambda: datetime(2026, 1, 16, tzinfo=UTC), "first instant": lambda: datetime.min.replace(tzinfo=UTC),
    "last instant": lambda: datetime.max.replace(tzinfo=UTC), "instant of no zone": lambda: datetime(2026, 1, 16, tzinfo=OddZone()),
    "instant of a failing zone": lambda: datetime(2026, 1, 16, tzinfo=OddZone(ZeroDivisionError())),
    "zone without offset": OddZone, "failing zone": lambda: OddZone(ZeroDivisionError()), "timedelta": timedelta,
    "empty tuple": tuple, "nested tuple": lambda: ((),), "deep tuple": lambda: ((((((1,),),),),),), "frozenset": frozenset,
    "long range": lambda: range(10**12), "endless": lambda: endless(itertools.count()), "failing generator": failing_values, "failing function": lambda: failing,
    "function": lambda: lambda *_, **__: None, "odd mapping": OddMapping, "lying int": lambda: lying(int)(1), "lying str": lambda: lying(str)("EUR"),
    "lying date": lambda: lying(date)(2026, 1, 16), "lying tuple": lambda: lying(tuple)((1,)), "lying Decimal": lambda: lying(Decimal)("1.00"),
    "lying Fraction": lambda: lying(Fraction)(1, 2), "lying dict": lambda: lying(dict)(a=1),
}  # fmt: skip
"""What is given in the place of each argument, made anew for each call."""


def in_place_of(value):
    """Return the pool for an argument, and of several values also the first one without end, twice, and beside junk."""
    yield from POOL.items()
    if isinstance(value, tuple) and value:
        yield "its first, for ever", lambda: endless(itertools.repeat(value[0]))
        yield "its first, and an object", lambda: (value[0], object())
        yield "a list of it", lambda: list(value)


# --- what belongs there ---------------------------------------------------------------------------------------------

NAMES = {
    "Cadence": billingcore.cycles.Cadence,
    "relativedelta": __import__("dateutil.relativedelta", fromlist=["x"]).relativedelta,
}
"""What some annotations name for type checkers alone."""


def fits(value, hint):
    """Say whether a value is of a hint: of the very class, and every item of what holds several."""
    if hint in (object, typing.Any, inspect.Parameter.empty) or isinstance(hint, typing.TypeVar):
        return True
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return any(fits(value, part) for part in parts)
    if hint is datetime:
        return type(value) is datetime and value.tzinfo is not None and type(value.tzinfo) is not OddZone
    if hint is tzinfo:
        return isinstance(value, tzinfo)
    if getattr(hint, "_is_protocol", False):
        return all(callable(getattr(type(value), name, None)) for name in ("period", "index_of"))
    several = SEVERAL.get(origin)
    return type(value) is (origin or hint or type(None)) if several is None else several(value, parts)


def fits_tuple(value, parts):
    if parts[-1] is ...:
        return type(value) is tuple and all(fits(each, parts[0]) for each in value)
    return type(value) is tuple and len(value) == len(parts) and all(map(fits, value, parts))


def fits_mapping(value, parts):
    if isinstance(value, OddMapping):
        return True  # as far as can be seen
    return isinstance(value, dict) and all(fits(key, parts[0]) and fits(each, parts[1]) for key, each in value.items())


def of_items(*kinds):
    return lambda value, parts: isinstance(value, kinds) and all(fits(each, parts[0]) for each in value)


SEVERAL = {
    tuple: fits_tuple,
    frozenset: of_items(frozenset),
    collections.abc.Sequence: of_items(tuple, list),
    collections.abc.Iterable: of_items(tuple, list, set, frozenset, dict),
    collections.abc.Mapping: fits_mapping,
    dict: fits_mapping,
    collections.abc.Callable: lambda value, _: callable(value),
}
"""How what holds several values, or is a function, is looked at."""


def hints_of(function):
    """Return the annotation of each parameter of a function, a method or a constructor."""
    written = {name: parameter.annotation for name, parameter in inspect.signature(function).parameters.items()}
    holder = types.SimpleNamespace(__annotations__=written)
    return typing.get_type_hints(holder, vars(sys.modules[function.__module__]), NAMES)


# --- what is public -------------------------------------------------------------------------------------------------

OPERATORS = frozenset(
    f"__{name}__"
    for name in (
        "add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "floordiv", "lt", "le", "gt", "ge", "contains", "format"
    )
)  # fmt: skip
"""Operators of values that are walked. `Money` is not divided, nor added to something else: those always refuse."""


def public_names():
    """Return every public object by its name, the names of a subject once."""
    found = {}
    for subject in SUBJECTS:
        module = importlib.import_module(f"billingcore.{subject}")
        found |= {name: getattr(module, name) for name in module.__all__}
    return found | {name: getattr(billingcore, name) for name in billingcore.__all__}


def is_walked(member):
    return callable(member) and not (inspect.isclass(member) and issubclass(member, Enum | BaseException))


def is_error(member):
    """Say whether it is an error about one value; one about two currencies holds nothing but their codes."""
    about_a_value = InvalidTypeError, InvalidValueError
    return inspect.isclass(member) and issubclass(member, about_a_value) and member is not CurrencyMismatchError


def members_of(kind):
    """Return what of a class takes arguments: class methods by their name, and methods and operators."""
    makers, methods = {}, {}
    for name in sorted({name for each in kind.__mro__ for name in vars(each)}):
        kept = inspect.getattr_static(kind, name)
        if (name.startswith("_") and name not in OPERATORS) or not (
            inspect.isfunction(kept) or isinstance(kept, classmethod | staticmethod)
        ):
            continue
        member = getattr(kind, name)
        takes_more = len(inspect.signature(member).parameters) > inspect.isfunction(kept)
        if takes_more and (member.__module__ or "").startswith("billingcore"):
            (methods if inspect.isfunction(kept) else makers)[name] = member
    return makers, methods


PUBLIC = public_names()
WALKED = {name: member for name, member in PUBLIC.items() if is_walked(member)}


def calls_by_name():
    """Return every call that is walked: its name, the function, and its calls; of a method with the value in front."""
    found = {}
    for value in VALUES:
        kind = type(value)
        found.setdefault(kind.__name__, (kind, []))[1].append(made(value))
    found |= {name: (function_of(name), calls) for name, calls in CALLS.items()}
    for name, (value, methods) in METHODS.items():
        for method, calls in methods.items():
            with_value = [((value, *args), kwargs) for args, kwargs in calls]
            found[f"{name}.{method}"] = getattr(type(value), method), with_value
    return found


def function_of(name):
    owner, _, member = name.partition(".")
    return getattr(PUBLIC[owner], member) if member else PUBLIC[owner]


BASE = calls_by_name()

FREE = {
    "Money.__radd__": "it refuses everything",
    "Money.__rsub__": "it refuses everything",
    "Money.__truediv__": "it refuses everything: money is not divided",
    "Money.__floordiv__": "it refuses everything",
    "Money.__rtruediv__": "it refuses everything",
    "Periods.index": "Python's own for every sequence",
    "Periods.count": "Python's own for every sequence",
}
"""What is public and not walked, and why."""

ALLOWED = {"Sourced.value": "a fact is whatever the caller says it is: its repr and its hash are its own"}
"""Arguments at which something is let through, and why: by the name of the call and of the argument."""


def test_everything_public_has_a_base_call():
    """A new name is put into base_calls.py, where its group stands."""
    needed = set(WALKED)
    for name, member in PUBLIC.items():
        if inspect.isclass(member) and not issubclass(member, BaseException):
            makers, methods = members_of(member)
            needed |= {f"{name}.{each}" for each in (*makers, *methods)}
    assert sorted(needed - set(BASE) - set(FREE)) == []
    assert sorted(set(BASE) - needed) == [], "these are not public any more"


# --- the walk -------------------------------------------------------------------------------------------------------


def take_out(*_):
    raise Hung


@contextmanager
def no_longer_than(seconds):
    """Take a call out after some seconds, where the platform can."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, take_out)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def fault_of(function, bound, name, hint, make):
    """Return what is wrong with a call of which one argument is another, in words, or None."""
    several = bound.signature.parameters[name].kind is inspect.Parameter.VAR_POSITIONAL
    quickest = HUNG
    for _ in range(2):
        value = make()
        bound.arguments[name] = (value,) if several else value
        started = time.process_time()
        wrong = fault_of_one(function, bound, value, hint)
        quickest = min(quickest, time.process_time() - started)
        if wrong is not None or quickest < LIMIT or inspect.isgenerator(value):
            return wrong
    return f"takes {quickest:.2f} s"


def fault_of_one(function, bound, value, hint):
    try:
        with no_longer_than(HUNG):
            result = function(*bound.args, **bound.kwargs)
            if not fits(value, hint):
                return f"is accepted, and is no {hint}"
            look_at(result)
    except BillingError as error:
        return "makes a long error" if len(str(error)) + len(repr(error)) > MOST_SAID else None
    except Hung:
        return "does not come back"
    except Exception as error:  # noqa: BLE001 - that it is foreign is the finding
        broken_law = isinstance(error, AssertionError) and function.__module__ == "billingcore.testing"
        return None if broken_law else f"raises {type(error).__name__}: {str(error)[:100]}"
    return None


def look_at(result):
    """Ask a result for everything that a caller may ask: nothing but errors of ours may leave."""
    for value in itertools.islice(result, 3) if type(result) in (tuple, list) else (result,):
        repr(value)
        assert value == value  # noqa: PLR0124 - that it can be compared
        if isinstance(value, SearchStrategy):
            value.validate()
        if not attrs.has(type(value)):
            continue
        hash(value)
        for name in dir(type(value)):
            if not name.startswith("_") and isinstance(inspect.getattr_static(value, name), property):
                with suppress(BillingError):
                    getattr(value, name)
        with suppress(BillingError):
            explained = getattr(value, "explain", None)
            text = str(value) if explained is None or inspect.signature(explained).parameters else explained()
            assert f"\n{FORGED}" not in text, "a line of it is forged"
            text.encode()
        if record_types().get(type(value).__name__) is type(value):
            with suppress(BillingError):
                to_record(value)


@pytest.mark.parametrize("name", sorted(BASE))
def test_nothing_but_what_fits_gets_in(name):
    function, calls = BASE[name]
    signature, hints = inspect.signature(function), hints_of(function)
    context, before = repr(decimal.getcontext()), copy.deepcopy(calls)
    said = []
    for args, kwargs in calls:
        function(*args, **kwargs)
        given = signature.bind(*args, **kwargs).arguments
        for argument in signature.parameters:
            if argument == "self" or f"{name}.{argument}" in ALLOWED:
                continue
            for label, make in in_place_of(given.get(argument)):
                fault = fault_of(function, signature.bind(*args, **kwargs), argument, hints[argument], make)
                if fault is not None:
                    said.append(f"{name}({argument}={label}) {fault}")
    assert calls == before, "an argument was changed"
    assert repr(decimal.getcontext()) == context, "the decimal context was changed"
    assert not said, "\n".join(dict.fromkeys(said))


@pytest.mark.parametrize(
    "kind", sorted({each for each in PUBLIC.values() if is_error(each)}, key=lambda kind: kind.__name__)
)
def test_an_error_shows_whatever_it_is_about(kind):
    for make in POOL.values():
        error = kind("argument", make(), "give something else")
        assert len(str(error)) < 300
        assert len(repr(error)) < 300
