"""The verbs of events: written, published, answered, told."""
