"""The rules of sellers and billing systems for changes in mid-period, as data, and the same change under many of them.

Every rule says where it was read, how sure it is, and whether the documentation covers
it. None is the vendor's word: vendors change their rules, and print examples that break
them.
"""

from billingcore._doors import door

__all__, __getattr__, __dir__ = door(
    __name__,
    {
        "vendors._compare": ("ComparedRow", "Comparison", "Matches", "compare", "policies_matching"),
        "vendors._rulebooks": ("RULEBOOKS", "rulebook", "rulebooks_of"),
    },
)  # fmt: skip
