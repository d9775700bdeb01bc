"""Names of people: their folding across scripts, their nominative, given names, and the optional tagger."""
