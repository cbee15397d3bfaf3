"""The words that Art. 226(11a) of Directive 2006/112/EC wants on a reverse-charge invoice, by language.

Checked on 2026-11-23. Source: list of IHK Rheinhessen after Directive 2010/45/EU (one source).
"""

CHECKED_ON = "2026-11-23"
SOURCE = "Directive 2006/112/EC Art. 226(11a); wording as listed by IHK Rheinhessen"

REVERSE_CHARGE: dict[str, str] = {
    "bg": "обратно начисляване",
    "cs": "daň odvede zákazník",
    "da": "omvendt betalingspligt",
    "de": "Steuerschuldnerschaft des Leistungsempfängers",
    "el": "Αντίστροφη επιβάρυνση",
    "en": "Reverse charge",
    "es": "inversión del sujeto pasivo",
    "et": "pöördmaksustamine",
    "fi": "käännetty verovelvollisuus",
    "fr": "Autoliquidation",
    "hr": "prijenos porezne obveze",
    "hu": "fordított adózás",
    "it": "inversione contabile",
    "lt": "Atvirkštinis apmokestinimas",
    "lv": "nodokļa apgrieztā maksāšana",
    "mt": "Inverżjoni tal-ħlas",
    "nl": "Btw verlegd",
    "pl": "odwrotne obciążenie",
    "pt": "Autoliquidação",
    "ro": "taxare inversă",
    "sk": "prenesenie daňovej povinnosti",
    "sl": "obrnjena davčna obveznost",
    "sv": "Omvänd betalningsskyldighet",
}
