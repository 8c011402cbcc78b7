"""The mail magazine: composed of news or freely, in several languages, to an audience, at its time."""
