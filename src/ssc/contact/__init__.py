"""Contact: what anybody writes to the secretariat, and what it answers."""
