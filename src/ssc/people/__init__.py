"""People: members, who looks, what they took part in, roles and terms, audiences, blocks, consent."""
