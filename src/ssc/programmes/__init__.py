"""Programmes and courses, the exchanges that took place under them, and the organisations that made them."""
