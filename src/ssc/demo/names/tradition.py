"""How a people writes its names: lists of names in two scripts, and the order they are put in."""

from dataclasses import dataclass
from random import Random

Written = tuple[str, str]
Names = tuple[Written, ...]


def names(text: str) -> Names:
    """Reads `Asha=आशा Ravi=रवि`; `_` is a space inside a name, a name without `=` has one script only."""
    return tuple(_written(token) for token in text.split())


def _written(token: str) -> Written:
    latin, _, native = token.replace("_", " ").partition("=")
    return latin, native


def joined(first: str, second: str, between: str = "", lower: bool = True) -> Names:
    """Every given name of two characters, as China, Taiwan and Korea build them."""
    return tuple(
        (f"{a}{between}{b.lower() if lower else b}", x + y) for a, x in names(first) for b, y in names(second) if x != y
    )


@dataclass(frozen=True, slots=True)
class Tradition:
    """Names of one language. `written` and `native` order the parts: given, middle, family.

    Where there is no family name, the father's given name stands in `families`.
    """

    language: str
    women: Names
    men: Names
    families: Names
    families_of_women: Names = ()
    middles_of_women: Names = ()
    middles_of_men: Names = ()
    written: str = "{given} {family}"
    native: str = "{given} {family}"
    script: str = "LATIN"

    def name(self, random: Random) -> Written:
        """The name in Latin letters and in the country's own script, the second empty where there is none."""
        woman = random.random() < 0.48
        given = _one(random, self.women if woman else self.men)
        family = _one(random, (self.families_of_women or self.families) if woman else self.families)
        middle = _one(random, self.middles_of_women if woman else self.middles_of_men)
        latin = self.written.format(given=given[0], family=family[0], middle=middle[0])
        native = self.native.format(given=given[1], family=family[1], middle=middle[1])
        return " ".join(latin.split()), " ".join(native.split()) if given[1] else ""


def _one(random: Random, among: Names) -> Written:
    return among[int(random.random() * len(among))] if among else ("", "")
