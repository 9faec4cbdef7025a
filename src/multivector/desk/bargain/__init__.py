"""One issue at the bargaining table: computed, reported as rows, said in text, shown on a page."""
