"""Standard VAT rates of the members of the EU and of the United Kingdom, with their history.

A row is ``(rate_ppm, since, until, tax_name, source, confidence, note)``. The rate is in parts per million of the
net (20 % is 200000). ``since`` is the first day on which it holds; ``until`` is the first day on which it no longer
holds, or None while it is open. Northern Ireland (the VAT prefix XI) is part of GB here: its prefix matters to goods.

Checked on 2026-11-23. Written by scripts/generate_vat_rates.py; do not edit by hand.
"""
# fmt: off


EDITION = "2026-11-23"
CHECKED_ON = "2026-11-23"

ROWS: dict[str, tuple[tuple[int, str, str | None, str, str, str, str], ...]] = {
    "AT": (
        (200000, "1984-01-01", None, "Umsatzsteuer (USt)", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
    ),
    "BE": (
        (210000, "1996-01-01", None, "BTW / TVA", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
    ),
    "BG": (
        (200000, "1999-01-01", None, "ДДС (DDS)", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", "the currency is EUR since 2026-01-01, BGN before; the rate is the same"),
    ),
    "CY": (
        (80000, "1993-10-01", "2000-07-01", "ΦΠΑ (FPA)", "kdeldycke/vat-rates @7585c28", "medium", ""),
        (100000, "2000-07-01", "2002-07-01", "ΦΠΑ (FPA)", "kdeldycke/vat-rates @7585c28", "medium", ""),
        (130000, "2002-07-01", "2003-01-01", "ΦΠΑ (FPA)", "kdeldycke/vat-rates @7585c28", "medium", ""),
        (150000, "2003-01-01", "2012-03-01", "ΦΠΑ (FPA)", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (170000, "2012-03-01", "2013-01-14", "ΦΠΑ (FPA)", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (180000, "2013-01-14", "2014-01-13", "ΦΠΑ (FPA)", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (190000, "2014-01-13", None, "ΦΠΑ (FPA)", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
    ),
    "CZ": (
        (220000, "1995-01-01", "2004-05-01", "DPH", "kdeldycke/vat-rates @7585c28", "medium", ""),
        (190000, "2004-05-01", "2010-01-01", "DPH", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (200000, "2010-01-01", "2013-01-01", "DPH", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (210000, "2013-01-01", None, "DPH", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
    ),
    "DE": (
        (160000, "1998-04-01", "2007-01-01", "Umsatzsteuer / Mehrwertsteuer (USt/MwSt)", "kdeldycke/vat-rates @7585c28; invopop/gobl @7a4ad622", "high", ""),
        (190000, "2007-01-01", "2020-07-01", "Umsatzsteuer / Mehrwertsteuer (USt/MwSt)", "kdeldycke/vat-rates @7585c28; invopop/gobl @7a4ad622", "high", ""),
        (160000, "2020-07-01", "2021-01-01", "Umsatzsteuer / Mehrwertsteuer (USt/MwSt)", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", "temporary cut"),
        (190000, "2021-01-01", None, "Umsatzsteuer / Mehrwertsteuer (USt/MwSt)", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", ""),
    ),
    "DK": (
        (250000, "1992-01-01", None, "moms", "kdeldycke/vat-rates @7585c28; invopop/gobl @7a4ad622", "high", ""),
    ),
    "EE": (
        (180000, "1993-01-01", "2009-07-01", "käibemaks (KM)", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (200000, "2009-07-01", "2024-01-01", "käibemaks (KM)", "kdeldycke/vat-rates @7585c28; valeriansaliou/node-sales-tax v2.23.0", "high", ""),
        (220000, "2024-01-01", "2025-07-01", "käibemaks (KM)", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", ""),
        (240000, "2025-07-01", None, "käibemaks (KM)", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", ""),
    ),
    "ES": (
        (160000, "1995-01-01", "2010-07-01", "IVA", "kdeldycke/vat-rates @7585c28; invopop/gobl @7a4ad622", "high", ""),
        (180000, "2010-07-01", "2012-09-01", "IVA", "kdeldycke/vat-rates @7585c28; invopop/gobl @7a4ad622", "high", ""),
        (210000, "2012-09-01", None, "IVA", "kdeldycke/vat-rates @7585c28; invopop/gobl @7a4ad622", "high", ""),
    ),
    "FI": (
        (220000, "1994-06-01", "2010-07-01", "ALV / moms", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (230000, "2010-07-01", "2013-01-01", "ALV / moms", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (240000, "2013-01-01", "2024-09-01", "ALV / moms", "kdeldycke/vat-rates @7585c28; invopop/gobl @7a4ad622", "high", ""),
        (255000, "2024-09-01", None, "ALV / moms", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", ""),
    ),
    "FR": (
        (206000, "1995-08-01", "2000-04-01", "TVA", "kdeldycke/vat-rates @7585c28", "medium", ""),
        (196000, "2000-04-01", "2014-01-01", "TVA", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (200000, "2014-01-01", None, "TVA", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", ""),
    ),
    "GB": (
        (175000, "1991-04-01", "2008-12-01", "VAT", "kdeldycke/vat-rates @7585c28", "medium", "Northern Ireland included"),
        (150000, "2008-12-01", "2010-01-01", "VAT", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", "temporary cut; Northern Ireland included"),
        (175000, "2010-01-01", "2011-01-04", "VAT", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", "Northern Ireland included"),
        (200000, "2011-01-04", None, "VAT", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", "outside the EU VAT area for services since 2021-01-01; Northern Ireland included"),
    ),
    "GR": (
        (180000, "1990-04-28", "2005-04-01", "ΦΠΑ (FPA)", "kdeldycke/vat-rates @7585c28", "medium", ""),
        (190000, "2005-04-01", "2010-03-15", "ΦΠΑ (FPA)", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (210000, "2010-03-15", "2010-07-01", "ΦΠΑ (FPA)", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (230000, "2010-07-01", "2016-06-01", "ΦΠΑ (FPA)", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (240000, "2016-06-01", None, "ΦΠΑ (FPA)", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", ""),
    ),
    "HR": (
        (220000, "1998-08-01", "2009-08-01", "PDV", "kdeldycke/vat-rates @7585c28", "medium", "before 2013-07-01 the rate of a country outside the EU"),
        (230000, "2009-08-01", "2012-03-01", "PDV", "kdeldycke/vat-rates @7585c28", "medium", "before 2013-07-01 the rate of a country outside the EU"),
        (250000, "2012-03-01", None, "PDV", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", "before 2013-07-01 the rate of a country outside the EU; EUR since 2023-01-01"),
    ),
    "HU": (
        (250000, "1988-01-01", "2006-01-01", "ÁFA", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (200000, "2006-01-01", "2009-07-01", "ÁFA", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (250000, "2009-07-01", "2012-01-01", "ÁFA", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (270000, "2012-01-01", None, "ÁFA", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
    ),
    "IE": (
        (210000, "1991-03-01", "2001-01-01", "VAT (CBL)", "kdeldycke/vat-rates @7585c28; Irish Revenue, historic rates (copy)", "high", ""),
        (200000, "2001-01-01", "2002-03-01", "VAT (CBL)", "kdeldycke/vat-rates @7585c28; Irish Revenue, historic rates (copy)", "high", ""),
        (210000, "2002-03-01", "2008-12-01", "VAT (CBL)", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (215000, "2008-12-01", "2010-01-01", "VAT (CBL)", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (210000, "2010-01-01", "2012-01-01", "VAT (CBL)", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (230000, "2012-01-01", "2020-09-01", "VAT (CBL)", "kdeldycke/vat-rates @7585c28; invopop/gobl @7a4ad622", "high", ""),
        (210000, "2020-09-01", "2021-03-01", "VAT (CBL)", "ibericode/vat-rates @5abb1e1; valeriansaliou/node-sales-tax v2.23.0", "high", "temporary cut, missing in several public tables"),
        (230000, "2021-03-01", None, "VAT (CBL)", "ibericode/vat-rates @5abb1e1; valeriansaliou/node-sales-tax v2.23.0", "high", ""),
    ),
    "IT": (
        (200000, "1997-10-01", "2011-09-17", "IVA", "kdeldycke/vat-rates @7585c28", "medium", ""),
        (210000, "2011-09-17", "2013-10-01", "IVA", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (220000, "2013-10-01", None, "IVA", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
    ),
    "LT": (
        (180000, "1994-05-01", "2009-01-01", "PVM", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (190000, "2009-01-01", "2009-09-01", "PVM", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (210000, "2009-09-01", None, "PVM", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
    ),
    "LU": (
        (150000, "1992-01-01", "2015-01-01", "TVA", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (170000, "2015-01-01", "2023-01-01", "TVA", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", ""),
        (160000, "2023-01-01", "2024-01-01", "TVA", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", "temporary cut"),
        (170000, "2024-01-01", None, "TVA", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", ""),
    ),
    "LV": (
        (180000, "1995-05-01", "2009-01-01", "PVN", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (210000, "2009-01-01", "2011-01-01", "PVN", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (220000, "2011-01-01", "2012-07-01", "PVN", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (210000, "2012-07-01", None, "PVN", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
    ),
    "MT": (
        (150000, "1995-01-01", "2004-01-01", "VAT (TVA)", "kdeldycke/vat-rates @7585c28", "medium", ""),
        (180000, "2004-01-01", None, "VAT (TVA)", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
    ),
    "NL": (
        (175000, "1992-10-01", "2001-01-01", "btw", "kdeldycke/vat-rates @7585c28", "medium", ""),
        (190000, "2001-01-01", "2012-10-01", "btw", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (210000, "2012-10-01", None, "btw", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", ""),
    ),
    "PL": (
        (220000, "1993-07-05", "2011-01-01", "VAT (PTU)", "kdeldycke/vat-rates @7585c28; invopop/gobl @7a4ad622", "high", "the first day is disputed within January to July 1993"),
        (230000, "2011-01-01", None, "VAT (PTU)", "kdeldycke/vat-rates @7585c28; invopop/gobl @7a4ad622", "high", ""),
    ),
    "PT": (
        (170000, "1995-01-01", "2002-06-05", "IVA", "kdeldycke/vat-rates @7585c28", "medium", ""),
        (190000, "2002-06-05", "2005-07-01", "IVA", "kdeldycke/vat-rates @7585c28", "medium", ""),
        (210000, "2005-07-01", "2008-07-01", "IVA", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (200000, "2008-07-01", "2010-07-01", "IVA", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (210000, "2010-07-01", "2011-01-01", "IVA", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (230000, "2011-01-01", None, "IVA", "kdeldycke/vat-rates @7585c28; invopop/gobl @7a4ad622", "high", ""),
    ),
    "RO": (
        (190000, "2000-01-01", "2010-07-01", "TVA", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (240000, "2010-07-01", "2016-01-01", "TVA", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (200000, "2016-01-01", "2017-01-01", "TVA", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", ""),
        (190000, "2017-01-01", "2025-08-01", "TVA", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", ""),
        (210000, "2025-08-01", None, "TVA", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", ""),
    ),
    "SE": (
        (250000, "1990-07-01", None, "moms", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", "the first day is disputed within January to July 1990"),
    ),
    "SI": (
        (190000, "1999-07-01", "2002-01-01", "DDV", "kdeldycke/vat-rates @7585c28", "medium", ""),
        (200000, "2002-01-01", "2013-07-01", "DDV", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (220000, "2013-07-01", None, "DDV", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
    ),
    "SK": (
        (230000, "1996-01-01", "2003-01-01", "DPH", "kdeldycke/vat-rates @7585c28", "medium", ""),
        (200000, "2003-01-01", "2004-01-01", "DPH", "kdeldycke/vat-rates @7585c28", "medium", ""),
        (190000, "2004-01-01", "2011-01-01", "DPH", "kdeldycke/vat-rates @7585c28; commerceguys/tax @d86a05c", "high", ""),
        (200000, "2011-01-01", "2025-01-01", "DPH", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", ""),
        (230000, "2025-01-01", None, "DPH", "kdeldycke/vat-rates @7585c28; ibericode/vat-rates @5abb1e1", "high", ""),
    ),
}
