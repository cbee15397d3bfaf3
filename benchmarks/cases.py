"""What is measured, in words, and the goals: at most so many floors, and at least so many times faster than a peer."""

from typing import NamedTuple


class Case(NamedTuple):
    """One operation: its name on the page, the most floors it may cost, and the least lead over peers."""

    title: str
    at_most: float | None
    faster: dict[str, float]


CASES = {
    "money_new": Case("make an amount", 1.5, {}),
    "money_add": Case("add two amounts", 1.5, {"py-moneyed": 1.2, "stockholm": 8.0}),
    "allocate_3": Case("split an amount by three weights", 1.5, {}),
    "prorate_days": Case("prorate by days", 1.5, {"py-moneyed": 1.25, "stockholm": 8.0}),
    "prorate_seconds": Case("prorate by instants", 4.0, {"Decimal": 1.0}),
    "money_of": Case("read an amount from text", None, {}),
    "total_100": Case("add up a hundred amounts", None, {}),
    "nth_date": Case("the nth billing date", 2.0, {"dateutil": 8.0}),
    "dates_1200": Case("1,200 monthly billing dates", 2.0, {"dateutil": 8.0, "dateutil rrule": 15.0}),
    "period_containing": Case("the period that contains a day", 1.5, {"dateutil": 100.0}),
    "tax_assess": Case("decide a tax and compute it", 2.0, {"pyvat": 1.25}),
    "tax_new_buyer": Case("the same, for a buyer who is made first", None, {"pyvat": 0.25}),
    "tax_us": Case("the same, of a state", None, {}),
    "invoice_10_lines": Case("an invoice of ten lines, lines made too", 1.5, {"py-moneyed": 1.25, "stockholm": 8.0}),
    "invoice_rulings": Case("the same, with two tax decisions", None, {}),
    "credit_in_full": Case("a credit note for all of it", None, {}),
    "pay": Case("a payment entered for it, and what is open then", None, {}),
    "write_record": Case("write it as JSON", None, {}),
    "read_record": Case("read it from JSON", None, {}),
    "age_100": Case("a hundred receivables by age", None, {}),
    "ar_contact": Case("whom to contact", 2.0, {}),
    "dispute_deadline": Case("the last day of a dispute", 1.5, {"dateutil": 6.0}),
    "decide_dispute": Case("whether a dispute is in time", None, {}),
    "vat_id_de": Case("check a German VAT number", 3.0, {"python-stdnum": 2.0}),
    "format_usd_en": Case("write an amount in a language", 1.1, {}),
    "change": Case("a whole change with its lines", None, {}),
    "fold_20": Case("twenty changes of one period", None, {}),
    "quote_start": Case("a quote of a start", None, {}),
    "quote_renewal": Case("a quote of a renewal", None, {}),
    "quote": Case("a quote of a change: documents, tax, the state after it", None, {}),
    "quote_cancellation": Case("a quote of a cancellation", None, {}),
    "import": Case("import, and the first sum", 1.6, {}),
}
MOST_BYTES = 160
"""What one scalar result may take."""
