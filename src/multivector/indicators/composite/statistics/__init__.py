"""Statistics of an index: what its columns are like, how they go together, what each is worth."""
