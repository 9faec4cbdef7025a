"""Documents: from bytes, of whatever kind, to text that is never altered again."""
