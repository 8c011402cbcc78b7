"""Communities: cohorts, chapters, topic groups and their conversations; exchanges and organisations to browse."""
