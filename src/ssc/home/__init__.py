"""Home: the club's face for who comes by, one's own day for who belongs."""
