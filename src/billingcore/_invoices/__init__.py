"""The parts behind `billingcore.invoices`: lines, documents, crediting."""
