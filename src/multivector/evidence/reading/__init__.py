"""From a document to its claims by rules: link names, parse, match patterns, settle scope, quote."""
