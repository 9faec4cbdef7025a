"""How sure an index is: scores and ranks over what could have been otherwise, and what they hang on."""
