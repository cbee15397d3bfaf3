"""The rules that a tax decision goes through, each with its step, its words and its source."""

from typing import Final

from billingcore._choices import Choice


class Step(Choice):
    """The questions of a decision, in the order in which they are asked; the first that settles the matter ends it.

    >>> Step.HOME.question
    'Is the seller established there?'
    """

    PLACE = "place"
    AREA = "area"
    HOME = "home"
    BUYER = "buyer"
    SELLER = "seller"
    COLLECT = "collect"
    TAXABLE = "taxable"
    EXEMPT = "exempt"
    RATE = "rate"

    @property
    def position(self) -> int:
        """The place of the step in the order, from 0."""
        return _ORDER[self]

    @property
    def question(self) -> str:
        """The question in words."""
        return _QUESTIONS[self]


_QUESTIONS: Final = {
    Step.PLACE: "Which place is it: another's tax area, a territory, a state, a province?",
    Step.AREA: "Does a tax of that place apply there on that day?",
    Step.HOME: "Is the seller established there?",
    Step.BUYER: "Is the buyer a business by that country's test, and who owes the tax then?",
    Step.SELLER: "Whose rate: the customer's place, or the seller's own?",
    Step.COLLECT: "May the seller collect there on that day, or does somebody else?",
    Step.TAXABLE: "Is this category taxed there on that day, for this use?",
    Step.EXEMPT: "Does a certificate exempt the buyer?",
    Step.RATE: "Which rate holds on that day?",
}
_ORDER: Final = {step: at for at, step in enumerate(Step)}


class Rule(Choice):
    """One rule of a decision: the step that it answers, what it says, and where that is written.

    >>> Rule.DOMESTIC.sentence
    'the seller is established in the country of the buyer: its tax is charged, also to businesses with a tax ID'
    >>> Rule.DOMESTIC.step
    <Step.HOME: 'home'>
    """

    PLACE_NORMALISED = "place_normalised"
    TERRITORY = "territory"
    POSTAL_CODE_AMBIGUOUS = "postal_code_ambiguous"
    STATE_OF_BILLING_ADDRESS = "state_of_billing_address"
    SUBDIVISION_MISSING = "subdivision_missing"
    NO_RULE_FOR_DATE = "no_rule_for_date"
    NO_SUCH_TAX = "no_such_tax"
    BUYER_OUTSIDE_EU = "buyer_outside_eu"
    FOREIGN_SELLERS_NOT_YET = "foreign_sellers_not_yet"
    OVERSEAS_DISPUTED = "overseas_disputed"
    PLACE_NOT_COVERED = "place_not_covered"
    DOMESTIC = "domestic"
    DOMESTIC_OUTSIDE_EU = "domestic_outside_eu"
    PRIVATE_USE = "private_use"
    BUSINESS_PROVEN = "business_proven"
    TAX_ID_NOT_VERIFIED = "tax_id_not_verified"
    TAX_ID_OTHER_COUNTRY = "tax_id_other_country"
    TAX_ID_NOT_FOR_SERVICES = "tax_id_not_for_services"
    BUSINESS_ELSEWHERE_IN_EU = "business_elsewhere_in_eu"
    BUSINESS_OF_NON_EU_SELLER = "business_of_non_eu_seller"
    UK_OVERSEAS_SELLER_BUSINESS = "uk_overseas_seller_business"
    BUSINESS_ACCOUNTS = "business_accounts"
    BUSINESS_WITHHOLDS = "business_withholds"
    BUSINESS_CHARGED_TOO = "business_charged_too"
    BUSINESS_ONLY_SERVICE = "business_only_service"
    BUSINESS_RULE_UNKNOWN = "business_rule_unknown"
    BUSINESS_BEFORE_FOREIGN_SELLERS = "business_before_foreign_sellers"
    NUMBER_UNDER_SIMPLIFIED_REGIME = "number_under_simplified_regime"
    CONSUMER_AT_SELLER_UNTIL_2014 = "consumer_at_seller_until_2014"
    CONSUMER_AT_CUSTOMER_SINCE_2015 = "consumer_at_customer_since_2015"
    CONSUMER_AT_CUSTOMER_NON_EU_SELLER = "consumer_at_customer_non_eu_seller"
    BELOW_EU_THRESHOLD = "below_eu_threshold"
    UK_OVERSEAS_SELLER_CONSUMER = "uk_overseas_seller_consumer"
    FOREIGN_SELLER = "foreign_seller"
    PROVIDER_COLLECTS = "provider_collects"
    REGISTERED = "registered"
    SELLER_NOT_REGISTERED = "seller_not_registered"
    CATEGORY_TAXED = "category_taxed"
    CATEGORY_NOT_TAXED = "category_not_taxed"
    LOCAL_TAX_GIVEN = "local_tax_given"
    CATEGORY_DISPUTED = "category_disputed"
    CATEGORY_NOT_COVERED = "category_not_covered"
    LOCAL_RULE_UNKNOWN = "local_rule_unknown"
    OVERRIDDEN = "overridden"
    CERTIFICATE_ACCEPTED = "certificate_accepted"
    NO_RATE_FOR_DATE = "no_rate_for_date"

    @property
    def step(self) -> Step:
        """The question that the rule answers."""
        return _WORDS[self][0]

    @property
    def sentence(self) -> str:
        """The rule in words."""
        return _WORDS[self][1]

    @property
    def source(self) -> str:
        """Where the rule is written."""
        return _WORDS[self][2]


_DIRECTIVE: Final = "Directive 2006/112/EC"
_BEFORE_2010: Final = "before 2007 Directive 77/388/EEC Art. 9(2)(e)"
_EVIDENCE: Final = "Implementing Regulation (EU) 282/2011 Art. 18"
_TABLES: Final = "the tables of this library"
_UK: Final = "HMRC internal manual VATREG37200"

_WORDS: Final[dict[Rule, tuple[Step, str, str]]] = {
    Rule.PLACE_NORMALISED: (
        Step.PLACE,
        "the address belongs to the tax area of another country",
        f"{_DIRECTIVE} Art. 7",
    ),
    Rule.TERRITORY: (
        Step.PLACE,
        "the postal code or the subdivision lies in a territory whose tax is not that of its country",
        f"{_DIRECTIVE} Art. 5 to 7; {_TABLES}",
    ),
    Rule.POSTAL_CODE_AMBIGUOUS: (
        Step.PLACE,
        "the postal code is used inside and outside a territory: the rate of the country is taken, ask for the town",
        _TABLES,
    ),
    Rule.STATE_OF_BILLING_ADDRESS: (
        Step.PLACE,
        "the sale belongs to the state or province of the billing address",
        "practice of the vendors that publish their rule; California SB 122 for 2027",
    ),
    Rule.SUBDIVISION_MISSING: (
        Step.PLACE,
        "the tax depends on the state or province, and the address names none",
        "a postal code is no jurisdiction; give the ISO 3166-2 code",
    ),
    Rule.NO_RULE_FOR_DATE: (
        Step.AREA,
        "the rules of that time are not in this library",
        "the rules start on 2003-07-01",
    ),
    Rule.NO_SUCH_TAX: (Step.AREA, "the place has no such tax", _TABLES),
    Rule.BUYER_OUTSIDE_EU: (
        Step.AREA,
        "the buyer is outside the EU: the place of supply is outside the scope of EU VAT",
        f"{_DIRECTIVE} Art. 44, 58 and 59 ({_BEFORE_2010} and (f), Art. 56 until 2009)",
    ),
    Rule.FOREIGN_SELLERS_NOT_YET: (
        Step.AREA,
        "on that day the place did not tax digital services of sellers from abroad yet",
        _TABLES,
    ),
    Rule.OVERSEAS_DISPUTED: (
        Step.AREA,
        "an overseas department of France: what a seller from elsewhere charges a consumer there is disputed",
        f"{_DIRECTIVE} Art. 6; impots.gouv.fr on the overseas departments",
    ),
    Rule.PLACE_NOT_COVERED: (Step.AREA, "the tax of that place is not in this library", _TABLES),
    Rule.DOMESTIC: (
        Step.HOME,
        "the seller is established in the country of the buyer: its tax is charged, also to businesses with a tax ID",
        f"{_DIRECTIVE} Art. 44, 45 and 193 (before 2007 Directive 77/388/EEC Art. 9 and 21)",
    ),
    Rule.DOMESTIC_OUTSIDE_EU: (
        Step.HOME,
        "the seller is established in the country of the buyer: its tax is charged, also to businesses with a tax ID",
        "the law of that country on sales within it",
    ),
    Rule.PRIVATE_USE: (
        Step.BUYER,
        "the buyer uses the service privately: it is treated as a consumer, even with a tax ID",
        "Implementing Regulation (EU) 282/2011 Art. 19; other countries ask for a purchase by the business as well",
    ),
    Rule.BUSINESS_PROVEN: (
        Step.BUYER,
        "the seller holds other proof that the buyer is a business",
        f"{_EVIDENCE}(1)(b); BFH V R 20/21 of 2024-01-31",
    ),
    Rule.TAX_ID_NOT_VERIFIED: (
        Step.BUYER,
        "the buyer says that it is a business, but no tax ID is verified: it is treated as a consumer",
        _EVIDENCE,
    ),
    Rule.TAX_ID_OTHER_COUNTRY: (
        Step.BUYER,
        "the tax ID belongs to another country than the billing address: it proves nothing here",
        f"{_EVIDENCE} and 20",
    ),
    Rule.TAX_ID_NOT_FOR_SERVICES: (
        Step.BUYER,
        "an XI number stands for goods alone: it is no EU VAT ID for services",
        "Protocol on Ireland/Northern Ireland Art. 8",
    ),
    Rule.BUSINESS_ELSEWHERE_IN_EU: (
        Step.BUYER,
        "a business with a verified VAT ID of another member state: the place is the customer's, and the customer owes the tax",
        f"{_DIRECTIVE} Art. 44 and 196 ({_BEFORE_2010} and 21(1)(b), Art. 56 until 2009)",
    ),
    Rule.BUSINESS_OF_NON_EU_SELLER: (
        Step.BUYER,
        "a business with a verified VAT ID buys from outside the EU: no tax is charged, the customer accounts for it",
        f"{_DIRECTIVE} Art. 44 and 196 ({_BEFORE_2010} and 21(1)(b), Art. 56 until 2009)",
    ),
    Rule.UK_OVERSEAS_SELLER_BUSINESS: (
        Step.BUYER,
        "a UK business with a verified VAT ID accounts for the tax on services from an overseas seller",
        _UK,
    ),
    Rule.BUSINESS_ACCOUNTS: (
        Step.BUYER,
        "a business there is not charged by a seller from abroad: it accounts for the tax",
        _TABLES,
    ),
    Rule.BUSINESS_WITHHOLDS: (Step.BUYER, "a business there withholds the tax from what it pays", _TABLES),
    Rule.BUSINESS_CHARGED_TOO: (Step.BUYER, "a seller from abroad charges businesses there as well", _TABLES),
    Rule.BUSINESS_ONLY_SERVICE: (
        Step.BUYER,
        "a service that only businesses can buy: the business accounts for the tax",
        "Japanese consumption tax on cross-border services",
    ),
    Rule.BUSINESS_RULE_UNKNOWN: (Step.BUYER, "what a business there is charged from abroad is not known", _TABLES),
    Rule.BUSINESS_BEFORE_FOREIGN_SELLERS: (
        Step.BUYER,
        "before a country taxes sellers from abroad its businesses mostly account for what they buy there: unconfirmed here",
        _TABLES,
    ),
    Rule.NUMBER_UNDER_SIMPLIFIED_REGIME: (
        Step.BUYER,
        "under the simplified registration a buyer who gives a number of that tax (GST/HST: an RT account) is not charged",
        "CRA and Revenu Québec on the simplified regimes since 2021-07-01 and 2019-01-01",
    ),
    Rule.CONSUMER_AT_SELLER_UNTIL_2014: (
        Step.SELLER,
        "until 2014-12-31 electronic services of an EU seller to consumers were taxed where the seller is established",
        f"{_DIRECTIVE} Art. 45, before Directive 2008/8/EC Art. 5 applied (before 2007 Directive 77/388/EEC Art. 9(1))",
    ),
    Rule.CONSUMER_AT_CUSTOMER_SINCE_2015: (
        Step.SELLER,
        "since 2015-01-01 electronic services to consumers are taxed where the customer lives",
        f"{_DIRECTIVE} Art. 58",
    ),
    Rule.CONSUMER_AT_CUSTOMER_NON_EU_SELLER: (
        Step.SELLER,
        "electronic services of a seller outside the EU to consumers are taxed where the customer lives, since 2003-07-01",
        "Directive 2002/38/EC (until 2006 in Directive 77/388/EEC Art. 9(2)(f)); since 2007 Directive 2006/112/EC, now Art. 58",
    ),
    Rule.BELOW_EU_THRESHOLD: (
        Step.SELLER,
        "a seller in one member state, at most EUR 10,000 a year of such sales, not opted out: its own country's tax",
        f"{_DIRECTIVE} Art. 59c, from 2019-01-01",
    ),
    Rule.UK_OVERSEAS_SELLER_CONSUMER: (
        Step.SELLER,
        "an overseas seller owes UK VAT on digital services to consumers from the first sale",
        _UK,
    ),
    Rule.FOREIGN_SELLER: (Step.SELLER, "digital services from abroad are taxed where the customer is", _TABLES),
    Rule.PROVIDER_COLLECTS: (
        Step.COLLECT,
        "payment providers collect the tax there: a seller that is not registered must not add it",
        _TABLES,
    ),
    Rule.REGISTERED: (Step.COLLECT, "the seller is registered there on that day", "the seller's registrations"),
    Rule.SELLER_NOT_REGISTERED: (
        Step.COLLECT,
        "the seller has no registration under which it could collect there on that day",
        "no tax may be charged without a registration",
    ),
    Rule.CATEGORY_TAXED: (Step.TAXABLE, "the category is taxed there for this use", _TABLES),
    Rule.CATEGORY_NOT_TAXED: (Step.TAXABLE, "the category is not taxed there for this use", _TABLES),
    Rule.LOCAL_TAX_GIVEN: (
        Step.TAXABLE,
        "the caller handed in a local tax with a rule of its own: it is charged although the state does not tax it",
        "the caller's local rates",
    ),
    Rule.CATEGORY_DISPUTED: (
        Step.TAXABLE,
        "whether the category is taxed there is disputed: hand in an override with its source",
        _TABLES,
    ),
    Rule.CATEGORY_NOT_COVERED: (Step.TAXABLE, "whether the category is taxed there is not in this library", _TABLES),
    Rule.LOCAL_RULE_UNKNOWN: (
        Step.TAXABLE,
        "only municipalities tax there, each by its own rule: hand in the local rates, or none",
        _TABLES,
    ),
    Rule.OVERRIDDEN: (Step.TAXABLE, "the caller decided about this place and category", "the caller's override"),
    Rule.CERTIFICATE_ACCEPTED: (
        Step.EXEMPT,
        "the buyer handed in an exemption certificate that counts in this state on this day",
        "the certificate",
    ),
    Rule.NO_RATE_FOR_DATE: (Step.RATE, "no rate is known there on that day", _TABLES),
}
