"""Words by which a sentence claims something beyond naming things: none, more, fewer, most, many.

And for languages we have no sentences of: words that state a number or a direction. Words only;
what makes a claim true is decided in `claims.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(","))


@dataclass(frozen=True)
class ClaimWords:
    """Claims of a language whose classes, states and places the planner's lexicon knows.

    Phrases are lower case without accents, as `agent.planner.tokens` writes them; `*` is any
    ending.

    Attributes:
        none: nothing is there.
        more: what is named first is larger.
        fewer: what is named first is smaller.
        superlative: it is the largest or smallest of its kind.
        degrees: scale and degree by phrase (`wording.degrees`).
        multiples: words that state a ratio.
        whole: all of the area is meant.
        limits: only things of some size or nearness are meant.
        joints: words between two parts of a sentence that say different things.
    """

    none: frozenset[str]
    more: frozenset[str]
    fewer: frozenset[str]
    superlative: frozenset[str]
    degrees: Mapping[str, tuple[str, str]]
    multiples: frozenset[str]
    whole: frozenset[str]
    limits: frozenset[str]
    joints: frozenset[str]


CLAIMS: Mapping[str, ClaimWords] = {
    "en": ClaimWords(
        none=_words("no, none, not, never, nothing, nowhere, without, neither, nobody, cannot"),
        more=_words("more than, larger than, bigger than, greater than, higher than, exceeds, "
                    "exceed, outnumber*, surpass*"),
        fewer=_words("fewer than, less than, smaller than, lower than"),
        superlative=_words("largest, biggest, greatest, smallest, fewest, highest, lowest, main"),
        degrees={
            "hardly any": ("share", "hardly_any"), "little of": ("share", "little"),
            "most": ("share", "most"), "mostly": ("share", "most"), "majority": ("share", "most"),
            "nearly all": ("share", "nearly_all"), "almost all": ("share", "nearly_all"),
            "few": ("count", "few"), "many": ("count", "many"), "numerous": ("count", "many"),
            "several": ("count", "some"), "sparse": ("density", "sparse"),
            "dense": ("density", "dense"),
        },
        multiples=_words("*fold, multiple, multiples, double*, treble*, triple*, quadruple*, "
                         "times, dozens, hundredth*, thousandth*, percent"),
        whole=_words("whole, entire, everywhere, altogether, overall, all over, in total"),
        limits=_words("near, nearby, close to, next to, around, along, within, inside, touch*, "
                      "outside, beyond, from the, larger, smaller, bigger, at least, at most, "
                      "above, below, over, under, between, of the size, of that size"),
        joints=_words("and, while, whereas, but"),
    ),
    "de": ClaimWords(
        none=_words("kein, keine, keinen, keinem, keiner, keines, nicht, nichts, nie, niemals, "
                    "nirgends, ohne, weder"),
        more=_words("mehr als, groesser als, hoeher als, uebersteig*, uebertriff*"),
        fewer=_words("weniger als, kleiner als, geringer als, niedriger als"),
        superlative=_words("groesste*, kleinste*, meisten, wenigsten, hoechste*, niedrigste*, "
                           "haupt*"),
        degrees={
            "kaum": ("share", "hardly_any"), "wenig": ("share", "little"),
            "groesstenteils": ("share", "most"), "meist": ("share", "most"),
            "mehrheit": ("share", "most"), "fast alle": ("share", "nearly_all"),
            "fast alles": ("share", "nearly_all"), "wenige": ("count", "few"),
            "viele": ("count", "many"), "zahlreiche": ("count", "many"),
            "mehrere": ("count", "some"), "einige": ("count", "some"),
            "dicht": ("density", "dense"), "duenn": ("density", "sparse"),
        },
        multiples=_words("*fach, *fache, *mal, verdoppel*, verdreifach*, vervielfach*, doppel*, "
                         "dutzend*, prozent, drittel, viertel"),
        whole=_words("ganze*, gesamt*, insgesamt, ueberall"),
        limits=_words("nahe, nahe bei, in der naehe, neben, entlang, innerhalb, beruehr*, "
                      "ausserhalb, groesser*, kleiner*, mindestens, hoechstens, ueber, unter, "
                      "zwischen, entfernt, von der gefragten groesse, dieser groesse"),
        joints=_words("und, sowie, waehrend, aber, sondern"),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Elsewhere:
    """A language without words of ours: enough of it to see numbers and directions.

    Attributes:
        numbers: words that state a number.
        directions: beginnings of words, by the direction: north, east, south, west, centre.
    """

    numbers: frozenset[str]
    directions: Mapping[str, tuple[str, ...]]


def _compass(
    north: str, east: str, south: str, west: str, centre: str
) -> dict[str, tuple[str, ...]]:
    named = {"north": north, "east": east, "south": south, "west": west, "centre": centre}
    return {name: tuple(text.split()) for name, text in named.items()}


ELSEWHERE: Mapping[str, Elsewhere] = {
    "fr": Elsewhere(
        _words("zero, deux, trois, quatre, cinq, six, sept, huit, neuf, dix, onze, douze, treize, "
               "quatorze, quinze, seize, vingt, trente, quarante, cinquante, soixante, cent, "
               "cents, mille, million, millions, milliard, milliards, double, doubles, triple, "
               "demi, moitie, tiers, quart, quarts, dizaine, dizaines, douzaine, douzaines, "
               "centaine, centaines, milliers, fois, septante, huitante, nonante"),
        _compass("nord septentrional", "est orient", "sud meridional", "ouest occident",
                 "centre milieu"),
    ),
    "es": Elsewhere(
        _words("cero, dos, tres, cuatro, cinco, seis, siete, ocho, nueve, diez, once, doce, trece, "
               "catorce, quince, dieciseis, diecisiete, dieciocho, diecinueve, veinte, treinta, "
               "cuarenta, cincuenta, sesenta, setenta, ochenta, noventa, cien, ciento, cientos, "
               "mil, miles, millon, millones, doble, triple, mitad, tercio, cuarto, docena, "
               "docenas, decena, decenas, veces, duplico, triplico"),
        _compass("norte nor", "este orient", "sur meridional", "oeste occident", "centr"),
    ),
    "it": Elsewhere(
        _words("zero, due, tre, quattro, cinque, sei, sette, otto, nove, dieci, undici, dodici, "
               "tredici, quattordici, quindici, sedici, diciassette, diciotto, diciannove, venti, "
               "trenta, quaranta, cinquanta, sessanta, settanta, ottanta, novanta, cento, mille, "
               "mila, milione, milioni, doppio, doppia, triplo, meta, terzo, quarto, dozzina, "
               "decina, decine, centinaia, migliaia, volte, raddoppiat*"),
        _compass("nord settentrion", "est orient", "sud meridion", "ovest occident", "centr"),
    ),
    "pt": Elsewhere(
        _words("zero, dois, duas, tres, quatro, cinco, seis, sete, oito, nove, dez, onze, doze, "
               "treze, catorze, quatorze, quinze, dezesseis, dezessete, dezoito, dezenove, vinte, "
               "trinta, quarenta, cinquenta, sessenta, setenta, oitenta, noventa, cem, cento, "
               "centenas, mil, milhares, milhao, milhoes, dobro, duplo, triplo, metade, terco, "
               "quarto, duzia, duzias, dezena, dezenas, vezes"),
        _compass("norte nor setentrion", "leste este orient", "sul meridion", "oeste ocident",
                 "centr"),
    ),
    "nl": Elsewhere(
        _words("nul, twee, drie, vier, vijf, zes, zeven, acht, negen, tien, elf, twaalf, dertien, "
               "veertien, vijftien, zestien, zeventien, achttien, negentien, twintig, dertig, "
               "veertig, vijftig, zestig, zeventig, tachtig, negentig, honderd, honderden, "
               "duizend, duizenden, miljoen, miljard, dubbel, dubbele, verdubbeld, helft, derde, "
               "kwart, dozijn, tientallen, keer, maal"),
        _compass("noord", "oost", "zuid", "west", "centrum centra midden"),
    ),
    "sv": Elsewhere(
        _words("noll, tva, tre, fyra, fem, sex, sju, atta, nio, tio, elva, tolv, tretton, fjorton, "
               "femton, sexton, sjutton, arton, nitton, tjugo, trettio, fyrtio, femtio, sextio, "
               "sjuttio, attio, nittio, hundra, hundratals, tusen, tusentals, miljon, miljoner, "
               "dubbel, dubbelt, fordubblad, halften, tredjedel, fjardedel, dussin, ganger"),
        _compass("nord norr", "ost", "syd sod", "vast", "centr mitt"),
    ),
    "pl": Elsewhere(
        _words("zero, dwa, dwie, dwoch, trzy, trzech, cztery, czterech, piec, pieciu, szesc, "
               "szesciu, siedem, siedmiu, osiem, osmiu, dziewiec, dziewieciu, dziesiec, "
               "dziesieciu, jedenascie, dwanascie, dwadziescia, trzydziesci, czterdziesci, "
               "piecdziesiat, szescdziesiat, siedemdziesiat, osiemdziesiat, dziewiecdziesiat, sto, "
               "setki, tysiac, tysiace, tysiecy, milion, miliony, dwukrotn*, podwoj*, polowa, "
               "polowe, tuzin, razy"),
        _compass("polnoc", "wschod", "poludni", "zachod zachodn", "centr srodk"),
    ),
    "ru": Elsewhere(
        _words("ноль, два, две, двух, три, трех, четыре, четырех, пять, пяти, шесть, шести, семь, "
               "восемь, девять, десять, одиннадцать, двенадцать, двадцать, тридцать, сорок, "
               "пятьдесят, шестьдесят, семьдесят, восемьдесят, девяносто, сто, сотни, тысяча, "
               "тысячи, тысяч, миллион, миллиона, миллионов, вдвое, втрое, двое, трое, половина, "
               "половину, треть, четверть, дюжина, десятки, раз, раза, удвоил*"),
        _compass("север", "восток восточ", "юг южн", "запад", "центр середин"),
    ),
    "ja": Elsewhere(
        frozenset(),
        _compass("北", "東", "南", "西", "中央 中心"),
    ),
    "zh": Elsewhere(
        frozenset(),
        _compass("北", "东 東", "南", "西", "中心 中央 中部"),
    ),
}  # fmt: skip
NUMERIC_SIGNS = frozenset("〇零一二三四五六七八九十百千万億亿兆两両倍半壱弐参貳")
"""Signs that state a number though Unicode counts them among letters."""
