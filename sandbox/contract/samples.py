"""Random data of one run: new every time, and the same again for the same seed."""

import random
import unicodedata
from dataclasses import dataclass
from typing import Any

_CONSONANTS = "bcdfghjklmnpqrstvwxz"
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with an account."""

    name: str
    password: str


class Samples:
    """Draw books and texts; all of them carry `tag`, so that a run finds its own again."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.random = random.Random(seed)
        self.tag = "zq" + self.word(8)

    def word(self, length: int = 7) -> str:
        """Return lower-case consonants, which no real title contains."""
        return "".join(self.random.choices(_CONSONANTS, k=length))

    def mark(self) -> str:
        """Return a word that stands for the books of one check: the run's tag and more."""
        return self.tag + self.word()

    def isbn(self, prefix: str = "978") -> str:
        """Return thirteen digits that end in the right check digit."""
        digits = prefix + "".join(self.random.choices("0123456789", k=12 - len(prefix)))
        return digits + check_digit(digits)

    def book(self, **changes: Any) -> dict[str, Any]:
        """Return the JSON of a valid new book; keyword arguments replace or add fields."""
        return {
            "title": f"{self.tag} {self.word()}",
            "author": f"{self.tag} {self.word()}",
            "isbn": self.isbn(),
            "year": self.random.randint(1500, 2000),
            **changes,
        }

    def review(self, **changes: Any) -> dict[str, Any]:
        """Return the JSON of a valid new review; keyword arguments replace or add fields."""
        return {"rating": self.random.randint(1, 5), "text": f"{self.tag} {self.word()}", **changes}

    def member(self) -> Member:
        """Return a random name and a password that nobody guesses and no rule forbids."""
        return Member(f"{self.tag}{self.word(6)}", f"{self.word(6)}-{self.word(7)}-38")

    def unicode_text(self, length: int) -> str:
        """Return any characters but control characters and surrogates, between two letters."""
        drawn: list[str] = []
        while len(drawn) < length - 2:
            code = self.random.randrange(0x20, 0x110000 if self.random.random() < 0.5 else 0x3000)
            if code not in _SURROGATES and unicodedata.category(chr(code)) != "Cc":
                drawn.append(chr(code))
        return "a" + "".join(drawn) + "z"


def check_digit(digits: str) -> str:
    """Return the last digit of an ISBN-13 from its first twelve (ISO 2108)."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return str(-total % 10)
