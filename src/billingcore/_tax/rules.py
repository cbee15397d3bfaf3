"""The rules that a tax decision goes through, each with its words and its source."""

from enum import Enum

__all__ = ["Rule"]


class Rule(Enum):
    """One step of a decision: what it says and where that is written.

    >>> Rule.DOMESTIC.sentence
    'the seller is established in the country of the buyer: its tax is charged, also to businesses with a tax ID'
    """

    PLACE_NORMALISED = "place_normalised"
    DOMESTIC = "domestic"
    BUSINESS_ELSEWHERE_IN_EU = "business_elsewhere_in_eu"
    TAX_ID_NOT_VERIFIED = "tax_id_not_verified"
    TAX_ID_OTHER_COUNTRY = "tax_id_other_country"
    TAX_ID_NOT_FOR_SERVICES = "tax_id_not_for_services"
    CONSUMER_AT_SELLER_UNTIL_2014 = "consumer_at_seller_until_2014"
    CONSUMER_AT_CUSTOMER_SINCE_2015 = "consumer_at_customer_since_2015"
    CONSUMER_AT_CUSTOMER_NON_EU_SELLER = "consumer_at_customer_non_eu_seller"
    BELOW_EU_THRESHOLD = "below_eu_threshold"
    BUSINESS_OF_NON_EU_SELLER = "business_of_non_eu_seller"
    BUYER_OUTSIDE_EU = "buyer_outside_eu"
    UK_OVERSEAS_SELLER_CONSUMER = "uk_overseas_seller_consumer"
    UK_OVERSEAS_SELLER_BUSINESS = "uk_overseas_seller_business"
    SELLER_NOT_REGISTERED = "seller_not_registered"
    NO_RATE_FOR_DATE = "no_rate_for_date"
    NO_RULE_FOR_DATE = "no_rule_for_date"
    PLACE_NOT_COVERED = "place_not_covered"

    __hash__ = object.__hash__

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return _WORDS[self][0]

    @property
    def source(self) -> str:
        """Where the rule is written."""
        return _WORDS[self][1]


_DIRECTIVE = "Directive 2006/112/EC"

_WORDS: dict[Rule, tuple[str, str]] = {
    Rule.PLACE_NORMALISED: (
        "the address belongs to the tax area of another country",
        f"{_DIRECTIVE} Art. 7",
    ),
    Rule.DOMESTIC: (
        "the seller is established in the country of the buyer: its tax is charged, also to businesses with a tax ID",
        f"{_DIRECTIVE} Art. 44, 45 and 193",
    ),
    Rule.BUSINESS_ELSEWHERE_IN_EU: (
        "a business with a verified VAT ID of another member state: the place is the customer's, and the customer owes the tax",
        f"{_DIRECTIVE} Art. 44 and 196",
    ),
    Rule.TAX_ID_NOT_VERIFIED: (
        "the buyer says that it is a business, but no tax ID is verified: it is treated as a consumer",
        "Implementing Regulation (EU) 282/2011 Art. 18",
    ),
    Rule.TAX_ID_OTHER_COUNTRY: (
        "the tax ID belongs to another country than the billing address: it proves nothing here",
        "Implementing Regulation (EU) 282/2011 Art. 18 and 20",
    ),
    Rule.TAX_ID_NOT_FOR_SERVICES: (
        "an XI number stands for goods alone: it is no EU VAT ID for services",
        "Protocol on Ireland/Northern Ireland Art. 8",
    ),
    Rule.CONSUMER_AT_SELLER_UNTIL_2014: (
        "until 2014-12-31 electronic services of an EU seller to consumers were taxed where the seller is established",
        f"{_DIRECTIVE} Art. 45, before Directive 2008/8/EC Art. 5 applied",
    ),
    Rule.CONSUMER_AT_CUSTOMER_SINCE_2015: (
        "since 2015-01-01 electronic services to consumers are taxed where the customer lives",
        f"{_DIRECTIVE} Art. 58",
    ),
    Rule.CONSUMER_AT_CUSTOMER_NON_EU_SELLER: (
        "electronic services of a seller outside the EU to consumers are taxed where the customer lives, since 2003-07-01",
        "Directive 2002/38/EC; Directive 2006/112/EC Art. 58",
    ),
    Rule.BELOW_EU_THRESHOLD: (
        "a seller in one member state, at most EUR 10,000 a year of such sales, not opted out: its own country's tax",
        f"{_DIRECTIVE} Art. 59c, from 2019-01-01",
    ),
    Rule.BUSINESS_OF_NON_EU_SELLER: (
        "a business with a verified VAT ID buys from outside the EU: no tax is charged, the customer accounts for it",
        f"{_DIRECTIVE} Art. 44 and 196",
    ),
    Rule.BUYER_OUTSIDE_EU: (
        "the buyer is outside the EU: the place of supply is outside the scope of EU VAT",
        f"{_DIRECTIVE} Art. 44, 58 and 59",
    ),
    Rule.UK_OVERSEAS_SELLER_CONSUMER: (
        "an overseas seller owes UK VAT on digital services to consumers from the first sale",
        "HMRC internal manual VATREG37200",
    ),
    Rule.UK_OVERSEAS_SELLER_BUSINESS: (
        "a UK business with a verified VAT ID accounts for the tax on services from an overseas seller",
        "HMRC internal manual VATREG37200",
    ),
    Rule.SELLER_NOT_REGISTERED: (
        "the seller has no registration under which it could collect there on that day",
        "no tax may be charged without a registration",
    ),
    Rule.NO_RATE_FOR_DATE: ("no rate is known there on that day", "the tables of this library"),
    Rule.NO_RULE_FOR_DATE: ("the rules of that time are not in this library", "the rules start on 2003-07-01"),
    Rule.PLACE_NOT_COVERED: ("the tax of that place is not in this library", "the tables of this library"),
}
