"""Likely duplicates: staff decide whether two records are one person, and may decide otherwise later.

"Same" merges: a waiting person's lines go to the member; of two members the one who has an account stays (with two
accounts the decision is refused: which of them the person gives up is hers to say), and participations, the roster's
lines, addresses, consents and all else that hangs on the other go over. Turned into "different" it is split again:
what merging moved goes back; where the account was claimed with an address of the other, the account stays with the
other, and it is the first who gets a new record. "Different" is remembered, as "same" is: imports do not ask again.
"""
