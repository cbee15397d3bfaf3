"""The parts behind `billingcore.invoices`: lines, documents, settlement, crediting."""
