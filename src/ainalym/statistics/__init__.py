"""Official statistics of both sides: a store of dated vintages, measures over it, and what checking asks of it."""
