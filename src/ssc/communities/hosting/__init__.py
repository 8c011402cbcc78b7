"""Hosts: which exchanges a member looks after, who acts for her, and what became of the visitors who want it known."""
