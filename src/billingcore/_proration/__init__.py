"""What outgrew ``billingcore.proration``: the kernel, the policy and the engine behind that face."""
