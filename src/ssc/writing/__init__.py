"""Writing: anything written, its versions and revisions, whoever edits it and whatever it is for."""
