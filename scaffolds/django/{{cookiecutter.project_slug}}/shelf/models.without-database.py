"""The books, in memory: after a restart there are these twelve again."""

from dataclasses import dataclass


@dataclass
class Book:
    id: int
    title: str
    author: str
    isbn: str | None
    year: int | None

    def matches(self, text):
        return text in self.title.casefold() or text in self.author.casefold()


SAMPLES = [
    ("The Left Hand of Darkness", "Ursula K. Le Guin", "9780441478125", 1969),
    ("Beloved", "Toni Morrison", "9781400033416", 1987),
    ("Things Fall Apart", "Chinua Achebe", "9780385474542", 1958),
    ("Kindred", "Octavia E. Butler", "9780807083697", 1979),
    ("Pride and Prejudice", "Jane Austen", "9780141439518", 1813),
    ("One Hundred Years of Solitude", "Gabriel García Márquez", "9780060883287", 1967),
    ("The Master and Margarita", "Mikhail Bulgakov", "9780141180144", 1967),
    ("Invisible Cities", "Italo Calvino", "9780156453806", 1972),
    ("The Odyssey", "Homer", None, -700),
    ("The Tale of Genji", "Murasaki Shikibu", "9780142437148", 1021),
    ("Frankenstein", "Mary Shelley", "9780141439471", 1818),
    ("Persepolis", "Marjane Satrapi", "9780375714573", 2000),
]

BOOKS = [Book(number, *sample) for number, sample in enumerate(SAMPLES, start=1)]


def search_books(text):
    return [book for book in BOOKS if book.matches(text.casefold())]
