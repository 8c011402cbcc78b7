"""Topic groups: members of one field, from wherever they are."""
