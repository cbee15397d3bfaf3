"""What outgrew ``billingcore.records``: the texts of its parts."""
