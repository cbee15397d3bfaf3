"""The life of a subscription of one item, ``main``, in the words that most tests need."""

from billingcore.changes import Cart, alter, quote_cancellation, quote_change, quote_renewal, quote_start
from billingcore.plans import Coupon
from billingcore.subscriptions import Item

MAIN = "main"


def once(discount):
    """Give a coupon that takes an amount off one period; None for none."""
    return None if discount is None else Coupon("once", amount=discount, cycles=1)


def with_numbers(quote, *numbers):
    """Give a quote with its numbers; a refusal, and a quote of which none is given, as they are."""
    given = [number for number in numbers if number is not None]
    if len(given) == 1 and len(getattr(quote, "documents", ())) > 1:
        given.append(f"{given[0]}-C")
    return quote.numbered(*given) if given else quote


def bought(account, plan, quantity, on, *, number=None, discount=None, **more):
    """Quote the start of one item."""
    return with_numbers(quote_start(account, on, Item(MAIN, plan, quantity, once(discount)), **more), number)


def renewed(account, subscription, *, number=None, **more):
    """Quote the next bill date."""
    return with_numbers(quote_renewal(account, subscription, **more), number)


def changed(
    account, subscription, plan, quantity, on, rules, *, number=None, credit_number=None, discount=None, **more
):
    """Quote another plan and quantity of the one item."""
    cart = Cart(on, alter(MAIN, plan=plan, quantity=quantity, coupon=once(discount)))
    quote = quote_change(account, subscription, cart, rules, **more)
    two = len(getattr(quote, "documents", ())) == 2
    return with_numbers(quote, number, credit_number if two else None)


def ended(account, subscription, on, rules, *, number=None, **more):
    """Quote the end."""
    return with_numbers(quote_cancellation(account, subscription, on, rules, **more), number)
