"""AR contacts: the published table, and exactly one contact for every country."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingcore.collections import ARContact, ARDirectory
from billingcore.errors import BillingError, InvalidTypeError, InvalidValueError, UnknownCountryError
from billingcore.places import COUNTRIES
from billingcore.profiles import GOTO_RESCUE
from samples import JUNK

DIRECTORY = GOTO_RESCUE.accounts_receivable
FRANCE = ARContact("France", "ar@example.com", "+33 1")
WORLD = ARContact("Rest of the world", "ar@example.com", "+1 2")

PUBLISHED = {  # LogMeIn Rescue Billing User Guide, 2023-12-21, spaces as printed there
    "AU": ("Australia", "ar-aus@goto.com", "+ 1 800 289 406"),
    "CA": ("Canada", "ar-us@goto.com", "+1 866 956 4634"),
    "FR": ("France", "ar-ie@goto.com", "+33 0 800 918 519"),
    "DE": ("Germany", "ar-ie@goto.com", "+ 49 800 181 1942"),
    "ES": ("Spain", "ar-ie@goto.com", "+34 900 816 440"),
    "GB": ("United Kingdom", "ar-uk@goto.com", "+44 800 031 4765"),
    "US": ("United States", "ar-us@goto.com", "+1 866 956 4634"),
}
REST = ("Rest of the world", "ar-ie@goto.com", "+1 866 956 4634")


@pytest.mark.parametrize("country", sorted(COUNTRIES))
def test_every_country_has_the_contact_that_was_published(country):
    contact = DIRECTORY.contact_for(country)
    assert (contact.region, contact.email, contact.phone) == PUBLISHED.get(country, REST)


def test_the_table_has_eight_rows():
    assert dict(DIRECTORY) == {country: ARContact(*row) for country, row in PUBLISHED.items()}
    assert len([*DIRECTORY, DIRECTORY.rest_of_world]) == 8


@pytest.mark.parametrize("code", ["UK", "EL", "XI", "fr", "", "France", "ZZ", "F" * 10**5])
def test_what_is_not_a_country_does_not_become_the_rest_of_the_world(code):
    with pytest.raises(UnknownCountryError):
        DIRECTORY.contact_for(code)


@pytest.mark.parametrize("junk", JUNK, ids=lambda junk: type(junk).__name__)
def test_junk_does_not_become_the_rest_of_the_world(junk):
    with pytest.raises(BillingError):
        DIRECTORY.contact_for(junk)


@given(st.text(max_size=4))
def test_any_text_is_a_country_or_refused(text):
    try:
        contact = DIRECTORY.contact_for(text)
    except UnknownCountryError:
        assert text not in COUNTRIES
    else:
        assert text in COUNTRIES
        assert contact.email.endswith("@goto.com")


def test_a_country_stands_there_once():
    with pytest.raises(InvalidValueError, match=r"contacts 'FR': every country has exactly one contact"):
        ARDirectory((("FR", FRANCE), ("FR", WORLD)), WORLD, "guide")


@pytest.mark.parametrize(
    "contacts",
    [
        None,
        "FR",
        [("FR", FRANCE)],
        {"FR": FRANCE},
        (("FR",),),
        (("FR", FRANCE, WORLD),),
        (["FR", FRANCE],),
        ("FR",),
        (("FR", "ar@example.com"),),
        (None,),
    ],
    ids=repr,
)
def test_contacts_are_pairs(contacts):
    with pytest.raises(InvalidTypeError, match="contacts must be a tuple of"):
        ARDirectory(contacts, WORLD, "guide")


def test_contacts_are_of_countries():
    with pytest.raises(UnknownCountryError, match="GB"):
        ARDirectory((("UK", FRANCE),), WORLD, "guide")


@pytest.mark.parametrize("rest", [None, "ar@example.com", ("Rest", "a", "b")], ids=repr)
def test_the_rest_of_the_world_is_a_contact(rest):
    with pytest.raises(InvalidTypeError, match="rest_of_world must be an ARContact"):
        ARDirectory((), rest, "guide")


@pytest.mark.parametrize("source", ["", " ", "a\nb"])
def test_a_directory_has_a_source(source):
    with pytest.raises(InvalidValueError, match="source"):
        ARDirectory((), WORLD, source)


@pytest.mark.parametrize("field", ["region", "email", "phone"])
@pytest.mark.parametrize("text", ["", " ", "a\nb", "\ud800", "x" * 255])
def test_a_contact_is_printable(field, text):
    whole = {"region": "France", "email": "ar@example.com", "phone": "+33 1"}
    with pytest.raises(InvalidValueError, match=field):
        ARContact(**{**whole, field: text})
    with pytest.raises(InvalidTypeError, match=f"{field} must be a str, not None"):
        ARContact(**{**whole, field: None})
