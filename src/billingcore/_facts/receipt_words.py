"""The words on printed documents, in seven languages. Our own wording; legal mentions stand in `legal_mentions`."""

KEYS = (
    "invoice", "credit_note", "receipt", "number", "date", "for_invoice", "seller", "buyer", "tax_id", "description",
    "amount", "credit_for", "unused_from", "discount", "subtotal", "without_tax", "total", "prepaid", "payable",
    "credit_applied", "paid_on", "otherwise", "open_on",
)  # fmt: skip

_EN = (
    "Invoice", "Credit note", "Receipt", "Number", "Date", "For invoice", "Seller", "Buyer", "Tax ID", "Description",
    "Amount", "Credit for", "unused from", "Discount", "Subtotal", "without tax", "Total", "Prepaid", "Amount due",
    "Credit applied", "Paid on", "Other entries", "Open on",
)  # fmt: skip
_DE = (
    "Rechnung", "Gutschrift", "Quittung", "Nummer", "Datum", "Zu Rechnung", "Verkäufer", "Käufer", "Steuernummer (USt-IdNr.)",
    "Beschreibung", "Betrag", "Gutschrift für", "ungenutzt ab", "Rabatt", "Zwischensumme", "ohne Steuer", "Gesamtbetrag",
    "Bereits beglichen", "Zu zahlen", "Verrechnetes Guthaben", "Bezahlt am", "Sonstige Buchungen", "Offen am",
)  # fmt: skip
_FR = (
    "Facture", "Avoir", "Reçu", "Numéro", "Date", "Pour la facture", "Vendeur", "Client", "Numéro de TVA", "Description",
    "Montant", "Avoir pour", "non utilisé à partir du", "Remise", "Sous-total", "sans taxe", "Total", "Déjà réglé",
    "Montant dû", "Crédit imputé", "Payé le", "Autres écritures", "Reste dû le",
)  # fmt: skip
_ES = (
    "Factura", "Nota de crédito", "Recibo", "Número", "Fecha", "De la factura", "Vendedor", "Cliente", "NIF-IVA",
    "Descripción", "Importe", "Abono por", "sin usar desde el", "Descuento", "Subtotal", "sin impuesto", "Total",
    "Ya liquidado", "Importe a pagar", "Saldo aplicado", "Pagado el", "Otros movimientos", "Pendiente el",
)  # fmt: skip
_IT = (
    "Fattura", "Nota di credito", "Ricevuta", "Numero", "Data", "Per la fattura", "Venditore", "Cliente", "Partita IVA",
    "Descrizione", "Importo", "Credito per", "non utilizzato dal", "Sconto", "Imponibile", "senza imposta", "Totale",
    "Già saldato", "Importo dovuto", "Credito applicato", "Pagato il", "Altre registrazioni", "Aperto il",
)  # fmt: skip
_NL = (
    "Factuur", "Creditnota", "Ontvangstbewijs", "Nummer", "Datum", "Bij factuur", "Verkoper", "Koper", "Btw-nummer",
    "Omschrijving", "Bedrag", "Tegoed voor", "ongebruikt vanaf", "Korting", "Subtotaal", "zonder belasting", "Totaal",
    "Reeds voldaan", "Te betalen", "Verrekend tegoed", "Betaald op", "Overige boekingen", "Openstaand op",
)  # fmt: skip
_PT = (
    "Fatura", "Nota de crédito", "Recibo", "Número", "Data", "Da fatura", "Vendedor", "Cliente", "Número de IVA",
    "Descrição", "Montante", "Crédito por", "não utilizado desde", "Desconto", "Subtotal", "sem imposto", "Total",
    "Já liquidado", "Montante a pagar", "Crédito aplicado", "Pago em", "Outros lançamentos", "Em dívida em",
)  # fmt: skip

WORDS: dict[str, dict[str, str]] = {
    language: dict(zip(KEYS, words, strict=True))
    for language, words in (("en", _EN), ("de", _DE), ("fr", _FR), ("es", _ES), ("it", _IT), ("nl", _NL), ("pt", _PT))
}
