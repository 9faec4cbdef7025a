"""What hangs on what in a forecast of one issue: levers, information, what another outcome would take."""
