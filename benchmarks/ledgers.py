"""What is open of each of many ledgers on a day, beside pandas doing the same sum; and how one ledger grows.

    python benchmarks/ledgers.py [--ledgers 100000]

Each ledger holds ten entries: three invoices, of which one is paid, one is paid in part and one is open and lowered by a
credit note; one payment is reversed again, and one entry in ten is of a day after the one asked for. pandas, which is
measured where it is installed, is given the same rows as columns and trusts them: it filters by day and adds the signed
amounts by ledger. Ours builds each ledger, which checks every entry, and then asks it. Both give the same figures, or this
stops. The times are seconds of this process.
"""

import argparse
import datetime as dt
import statistics
import time

from billingcore.ledger import Applied, Credited, Issued, Ledger, Received, Reversed
from billingcore.money import Money

OPENED, ASKED = dt.date(2026, 1, 1), dt.date(2026, 5, 31)
SIGNS = {"issued": 1, "credited": -1, "received": -1, "reversed": 1}


def entries_of(at):
    """Return the ten entries of a ledger."""

    def on(days):
        return OPENED + dt.timedelta(days + at % 50)

    def euros(minor):
        return Money(minor + at % 1_000, "EUR")

    return (
        Issued("1", on(0), euros(3_600), on(30)),
        Issued("2", on(30), euros(7_200), on(60)),
        Issued("3", on(60), euros(9_900), on(90)),
        Received("p1", on(20), euros(3_600), "1"),
        Received("p2", on(50), euros(4_000), "2"),
        Received("p3", on(55), euros(1_000)),
        Applied("a", on(56), Money(500, "EUR"), "p3", "2"),
        Reversed("b", on(65), euros(4_000), "p2"),
        Credited("c", on(70), euros(900), "3"),
        Received("p4", on(140), euros(2_000), "3"),
    )


def timed(function, *arguments, rounds=1):
    """Return what a function returns, and the seconds that it took: the median of some rounds."""
    seconds = []
    for _ in range(rounds):
        started = time.process_time()
        found = function(*arguments)
        seconds.append(time.process_time() - started)
    return found, statistics.median(seconds)


def built(all_entries):
    return [Ledger.opened("EUR", OPENED).with_entries(*entries) for entries in all_entries]


def by_pandas(all_entries):
    """Return the balances by ledger, and the seconds for making the frame, and for asking it."""
    import pandas as pd

    rows = [
        (at, entry.on, entry.signed_minor) for at, entries in enumerate(all_entries) for entry in entries if entry.sign
    ]

    def framed():
        frame = pd.DataFrame(rows, columns=["ledger", "on", "minor"])
        frame["on"] = pd.to_datetime(frame["on"])
        return frame

    def asked(frame):
        return frame[frame["on"] <= pd.Timestamp(ASKED)].groupby("ledger")["minor"].sum()

    frame, making = timed(framed)
    balances, asking = timed(asked, frame, rounds=3)
    return balances.tolist(), making, asking


def many(count):
    all_entries, making = timed(lambda: [entries_of(at) for at in range(count)])
    ledgers, building = timed(built, all_entries)
    opened, asking_open = timed(lambda: [each.open_on(ASKED) for each in ledgers], rounds=3)
    balances, asking_balance = timed(lambda: [each.balance_on(ASKED) for each in ledgers], rounds=3)
    positions, asking_position = timed(lambda: [each.position(ASKED).balance for each in ledgers[: count // 10]])
    assert positions == balances[: count // 10]
    assert all(each >= balance for each, balance in zip(opened, balances, strict=True))
    print(f"{count:,} ledgers of {len(all_entries[0])} entries, seconds:")
    print(f"  making the entries          {making:8.2f}")
    print(f"  building the ledgers        {building:8.2f}")
    print(f"  open_on of each             {asking_open:8.2f}")
    print(f"  balance_on of each          {asking_balance:8.2f}")
    print(f"  position of each tenth      {asking_position:8.2f}")
    try:
        theirs, framing, grouping = by_pandas(all_entries)
    except ImportError:
        print("  pandas is not installed")
        return
    assert theirs == [each.amount_minor for each in balances]
    print(f"  pandas: making the frame    {framing:8.2f}")
    print(f"  pandas: balance of each     {grouping:8.2f}")


def growing():
    """One ledger: what is asked of it and handed in to it, by its size."""
    print("one ledger, milliseconds:  handed in    position     balance   one more")
    for size in (1_000, 10_000):
        entries = [
            entry
            for at in range(size // 2)
            for entry in (
                Issued(f"{at:06}", OPENED + dt.timedelta(at % 100), Money(5_000, "EUR")),
                Received(f"p{at:06}", OPENED + dt.timedelta(at % 100 + 20), Money(4_000, "EUR"), f"{at:06}"),
            )
        ]
        ledger, handing = timed(lambda those=entries: Ledger.opened("EUR", OPENED).with_entries(*those))
        one = Received("new", ASKED, Money(1_000, "EUR"), "000007")
        asks = (ledger.position, ASKED), (ledger.balance_on, ASKED), (ledger.with_entries, one)
        found = [handing, *[timed(*ask, rounds=5)[1] for ask in asks]]
        print(f"  {size:,} entries".ljust(24) + "".join(f"{each * 1000:12.2f}" for each in found))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--ledgers", type=int, default=100_000)
    growing()
    many(parser.parse_args().ledgers)
