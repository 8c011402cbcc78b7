"""Communities: cohorts, chapters, topic groups and their conversations, and the exchanges and organisations to browse."""
