"""Twelve books to start with."""

from typing import Any

SAMPLE_BOOKS: list[dict[str, Any]] = [
    {
        "title": "The Left Hand of Darkness",
        "author": "Ursula K. Le Guin",
        "isbn": "9780441478125",
        "year": 1969,
    },
    {
        "title": "Beloved",
        "author": "Toni Morrison",
        "isbn": "9781400033416",
        "year": 1987,
    },
    {
        "title": "Things Fall Apart",
        "author": "Chinua Achebe",
        "isbn": "9780385474542",
        "year": 1958,
    },
    {
        "title": "Kindred",
        "author": "Octavia E. Butler",
        "isbn": "9780807083697",
        "year": 1979,
    },
    {
        "title": "Pride and Prejudice",
        "author": "Jane Austen",
        "isbn": "9780141439518",
        "year": 1813,
    },
    {
        "title": "One Hundred Years of Solitude",
        "author": "Gabriel García Márquez",
        "isbn": "9780060883287",
        "year": 1967,
    },
    {
        "title": "The Master and Margarita",
        "author": "Mikhail Bulgakov",
        "isbn": "9780141180144",
        "year": 1967,
    },
    {
        "title": "Invisible Cities",
        "author": "Italo Calvino",
        "isbn": "9780156453806",
        "year": 1972,
    },
    {
        "title": "The Odyssey",
        "author": "Homer",
        "isbn": None,
        "year": -700,
    },
    {
        "title": "The Tale of Genji",
        "author": "Murasaki Shikibu",
        "isbn": "9780142437148",
        "year": 1021,
    },
    {
        "title": "Frankenstein",
        "author": "Mary Shelley",
        "isbn": "9780141439471",
        "year": 1818,
    },
    {
        "title": "Persepolis",
        "author": "Marjane Satrapi",
        "isbn": "9780375714573",
        "year": 2000,
    },
]
