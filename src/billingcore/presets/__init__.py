"""The vendors' published rules for changes in mid-period, as data, and the same change under many of them.

Every preset says where it was read, how sure it is and what of it is inferred.
None is the vendor's word: vendors change their rules, and print examples that
break them.
"""

from billingcore._doors import door

__all__, __getattr__, __dir__ = door(
    __name__,
    {
        "presets._compare": ("ComparedRow", "Comparison", "compare", "policies_matching"),
        "presets._named": ("DIRECTIONAL_PRESETS", "PRESETS", "policies_of", "preset"),
        "presets._preset": ("Preset",),
    },
)  # fmt: skip
