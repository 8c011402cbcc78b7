"""Members' voice: what members tell of their exchange, who agreed to it, and what visitors ask them."""
