"""Tables of facts: literals alone, each row dated and sourced; no logic lives here."""
