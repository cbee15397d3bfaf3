"""Countries of ISO 3166-1: the 249 alpha-2 codes, and hints for codes that people type and that are none of them.

The codes are those of pycountry 26.2.16 (the same as in 24.6.1), checked on 2026-11-23. A test compares them with
the installed pycountry.
"""
# fmt: off


EDITION = "2026-11-23"
CHECKED_ON = "2026-11-23"
SOURCE = "ISO 3166-1 alpha-2, as listed by pycountry 26.2.16"

# begin: written by scripts/generate_countries.py
COUNTRIES: frozenset[str] = frozenset((
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA",
    "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BV",
    "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO", "CR", "CU",
    "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "EH", "ER", "ES",
    "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL", "GM",
    "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM", "HN", "HR", "HT", "HU", "ID", "IE",
    "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI", "KM",
    "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY",
    "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT",
    "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU",
    "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA",
    "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM",
    "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL",
    "TM", "TN", "TO", "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE",
    "VG", "VI", "VN", "VU", "WF", "WS", "YE", "YT", "ZA", "ZM", "ZW",
))
"""The 249 country codes of ISO 3166-1 alpha-2."""
# end

# Codes that are not countries, and what to use instead. Written to follow "country 'UK': ".
HINTS: dict[str, str] = {
    # Prefixes of VAT numbers, customs territories and unions.
    "UK": "the United Kingdom is GB",
    "EL": "Greece is GR; EL is only its VAT prefix",
    "XI": "Northern Ireland is part of GB; XI is only a VAT prefix, for goods",
    "EU": "the European Union is not a country; use the customer's member state",
    "IC": "the Canary Islands are part of ES; use ES and the postal code",
    "EA": "Ceuta and Melilla are part of ES; use ES and the postal code",
    "EZ": "the euro area is not a country; use the customer's country",
    "UN": "the United Nations are not a country; use the customer's country",
    "XU": "the United Kingdom without Northern Ireland is not a country; use GB",
    # User-assigned codes.
    "XK": "Kosovo has no ISO 3166-1 code; XK is user-assigned; name the rate that applies yourself",
    "AA": "AA is user-assigned; use the customer's country",
    "QO": "Outlying Oceania is not a country; use the customer's country",
    "XX": "XX means that the country is not known; ask for it",
    "ZZ": "ZZ means that the country is not known; ask for it",
    # Reserved codes of places that belong to another code.
    "AC": "Ascension Island is part of SH",
    "CP": "Clipperton Island is part of FR",
    "CQ": "Sark is part of GG",
    "DG": "Diego Garcia is part of IO",
    "TA": "Tristan da Cunha is part of SH",
    # Former countries.
    "AN": "the Netherlands Antilles ended in 2010; use BQ, CW or SX",
    "BU": "Burma is now Myanmar, MM",
    "CS": "Serbia and Montenegro ended in 2006; use RS or ME (Czechoslovakia: CZ or SK)",
    "CT": "Canton and Enderbury Islands are part of KI",
    "DD": "the German Democratic Republic ended in 1990; use DE",
    "DY": "Dahomey is now Benin, BJ",
    "FQ": "the French Southern and Antarctic Territories are TF",
    "FX": "Metropolitan France is FR",
    "HV": "Upper Volta is now Burkina Faso, BF",
    "JT": "Johnston Island is part of UM",
    "MI": "the Midway Islands are part of UM",
    "NH": "the New Hebrides are now Vanuatu, VU",
    "NQ": "Dronning Maud Land is part of AQ",
    "NT": "the Neutral Zone was divided; use IQ or SA",
    "PC": "the Trust Territory of the Pacific Islands ended; use FM, MH, MP or PW",
    "PU": "the US Pacific islands are UM",
    "PZ": "the Panama Canal Zone is part of PA",
    "RH": "Southern Rhodesia is now Zimbabwe, ZW",
    "SU": "the Soviet Union ended in 1991; use the country of today, such as RU or UA",
    "TP": "East Timor is now Timor-Leste, TL",
    "VD": "the Democratic Republic of Viet-Nam is now Viet Nam, VN",
    "WK": "Wake Island is part of UM",
    "YD": "Democratic Yemen is now part of Yemen, YE",
    "YU": "Yugoslavia ended; use the country of today, such as RS, ME, HR or SI",
    "ZR": "Zaire is now the Democratic Republic of the Congo, CD",
    # Codes of road signs and languages.
    "EN": "EN is a language; England is part of GB",
    "JA": "JA is a language; Japan is JP",
    "SF": "Finland is FI; SF was its sign on cars",
}
