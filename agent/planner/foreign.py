"""Tells whether a question is in a language there is no file for.

By scripts and by small words of languages that are often written; knows no meaning.
"""

import re
import unicodedata

# French, Spanish, Portuguese, Italian, Dutch, Polish, Turkish, Swedish, Indonesian
_SMALL_WORDS = """
combien quel quelle quels quelles est sont les des une dans nouveaux batiments avec ou pour
cette sur nord sud ouest y-a-t-il ont ete depuis pourquoi quoi cuantos cuantas cual cuales
donde hay los las una edificios nuevos han sido por que del quantos quantas onde ha os foram
novos construidos qual sao dos quanti quante dove sono gli nuovi edifici quale della nel che
hoeveel waar zijn er gebouwen nieuwe welke het een van ile gdzie jest budynkow nowych ktore w
na kac nerede bina yeni nedir hur manga nya byggnader var finns det berapa bangunan baru di
mana apa
"""
SMALL_WORDS = frozenset(_SMALL_WORDS.split())
LATIN_ENOUGH = 0.5


def looks_foreign(question: str) -> bool:
    """Whether its script or its small words belong to another language."""
    letters = [char for char in question if char.isalpha()]
    if not letters:
        return False
    latin = sum("LATIN" in unicodedata.name(char, "") for char in letters)
    if latin < LATIN_ENOUGH * len(letters):
        return True
    bare = unicodedata.normalize("NFD", question.casefold())
    words = re.findall(r"[a-z]+", "".join(c for c in bare if not unicodedata.combining(c)))
    return sum(word in SMALL_WORDS for word in words) >= min(2, len(words))
