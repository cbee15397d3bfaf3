"""Tax and VAT identification numbers: is this text well formed, and which number is it?

A number that passes has the right shape and check digits. That **never** means
that it was issued, or that its holder is registered: only a registry knows. Its
answer is data that the caller hands in (`TaxIdState`).

Known are the EU member states, Northern Ireland (XI), the United Kingdom,
Switzerland with Liechtenstein, Norway, Australia, New Zealand, Canada (with QST
and the PST of British Columbia), India, Japan, Serbia, Turkey, Singapore,
Thailand, Taiwan, Israel, Ukraine, Argentina, Chile and Colombia; by format alone
US, IS, SM, KR, ZA, BR, AE, SA, MX and the GST numbers of Singapore that start with M. Numbers of the One Stop Shop (EU..., IM...)
identify a seller's scheme, not a customer, and are not known here.
"""

from billingcore._doors import door

__all__, __getattr__, __dir__ = door(
    __name__,
    {
        "tax_ids._checks": ("TaxIdProblem",),
        "tax_ids._numbers": ("Malformed", "TaxId", "TaxIdState", "check_tax_id", "is_valid_tax_id", "parse_tax_id"),
    },
)  # fmt: skip
