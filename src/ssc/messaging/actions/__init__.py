"""The verbs: each change of a message or a thread under its row's lock, with its consequences in order."""
