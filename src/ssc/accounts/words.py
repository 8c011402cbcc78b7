"""What about a member must not make up her password."""

from ssc.people.models import Member


def own_words(member: Member, *more: str) -> list[str]:
    """Her names, handle and affiliation, and what else belongs to her: her addresses."""
    return [word for word in (member.name, member.name_native, member.handle, member.affiliation, *more) if word]
