"""The parts of ``billingcore.proration``, in reading order.

- `unused`: the arithmetic alone, a share of an amount for the time that is left.
- `choices`: the options on which vendors differ; `policy`: one value of them, and what it refuses.
- `rulebook`: a seller's policies by what happens, each with its source and whether it is documented.
- `change`: what is changed, and when; `touched`: which billed lines that touches.
- `time_left`: how much of a period is left, over how much.
- `line`: one line, the one place where its terms become money, its sum in words.
- `credits`, `charges`: what goes back, and what the new plan costs or the difference of both; `next_period`: what runs then.
- `engine`: the one computation; `result`: its figures and their explanation.
- `prorate`: the one call. `record`: what is on record after it; `history`: one change after the other.
- `small`: amounts that are too small to collect.
"""
