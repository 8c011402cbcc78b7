"""What every package stands on: configuration, database, ids, clock, words, mail and jobs."""
