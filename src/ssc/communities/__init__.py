"""Communities: cohorts, the people of one exchange, and the exchanges and organisations to browse."""
