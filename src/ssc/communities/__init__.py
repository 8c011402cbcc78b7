"""Communities: cohorts, chapters, topic groups, their conversations; the exchanges and organisations to browse."""
