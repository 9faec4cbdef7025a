"""Ways of weighing a node's children."""
