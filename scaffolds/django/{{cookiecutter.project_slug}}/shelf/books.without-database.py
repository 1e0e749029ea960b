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


BOOKS = [
    Book(1, "The Left Hand of Darkness", "Ursula K. Le Guin", "9780441478125", 1969),
    Book(2, "Beloved", "Toni Morrison", "9781400033416", 1987),
    Book(3, "Things Fall Apart", "Chinua Achebe", "9780385474542", 1958),
    Book(4, "Kindred", "Octavia E. Butler", "9780807083697", 1979),
    Book(5, "Pride and Prejudice", "Jane Austen", "9780141439518", 1813),
    Book(
        6,
        "One Hundred Years of Solitude",
        "Gabriel García Márquez",
        "9780060883287",
        1967,
    ),
    Book(7, "The Master and Margarita", "Mikhail Bulgakov", "9780141180144", 1967),
    Book(8, "Invisible Cities", "Italo Calvino", "9780156453806", 1972),
    Book(9, "The Odyssey", "Homer", None, -700),
    Book(10, "The Tale of Genji", "Murasaki Shikibu", "9780142437148", 1021),
    Book(11, "Frankenstein", "Mary Shelley", "9780141439471", 1818),
    Book(12, "Persepolis", "Marjane Satrapi", "9780375714573", 2000),
]


def search_books(text):
    return [book for book in BOOKS if book.matches(text.casefold())]


def find_book(pk):
    """Return the book with this id, or None."""
    return next((book for book in BOOKS if book.id == pk), None)
