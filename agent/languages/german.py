"""German: what people ask, how they are answered, and captions; the whole language is this file.

Words only; which tool answers what is known to the planner.
"""

from agent.languages.speech import Speech
from wording.language import Language


def plural(count: float) -> str:
    """`one` for exactly 1, else `other` (Unicode CLDR)."""
    return "one" if count == 1 else "other"


_TEMPLATES = {
    "nothing_valid": (
        "Nichts konnte beurteilt werden: kein Teil des Gebiets ist an beiden Terminen zu sehen."
    ),
    "unchanged": "Auf den {valid}, die beurteilt werden konnten, wurde keine Veränderung gefunden.",
    "unchanged_dated": (
        "Zwischen {pre} und {post} wurde auf den {valid}, die beurteilt werden konnten, keine "
        "Veränderung gefunden."
    ),
    "limit": "Veränderungen unter {smallest} werden nicht erfasst.",
    "changed.one": (
        "{area} haben sich verändert, {share} der {valid}, die beurteilt werden konnten: "
        "{count} Objekt."
    ),
    "changed.other": (
        "{area} haben sich verändert, {share} der {valid}, die beurteilt werden konnten: "
        "{count} Objekte."
    ),
    "changed_dated.one": (
        "Zwischen {pre} und {post} haben sich {area} verändert, {share} der {valid}, die beurteilt "
        "werden konnten: {count} Objekt."
    ),
    "changed_dated.other": (
        "Zwischen {pre} und {post} haben sich {area} verändert, {share} der {valid}, die beurteilt "
        "werden konnten: {count} Objekte."
    ),
    "only_class": "Alles davon ist {area.class}.",
    "classes": "Nach Klassen: ",
    "class.one": "{area.class} {area} ({count} Objekt)",
    "class.other": "{area.class} {area} ({count} Objekte)",
    "where_all": "Alles liegt im Teil {place} des Gebiets.",
    "where_most": "Das meiste ({share}) liegt im Teil {place} des Gebiets.",
    "where_spread": (
        "Es verteilt sich über das Gebiet; der größte Anteil ({share}) liegt im Teil {place}."
    ),
    "largest": "Das größte Objekt bedeckt {area}, im Teil {area.region}.",
    "excluded": "Ausgenommen: ",
    "excluded_area_pre_nodata": "{area} ohne Daten am früheren Termin",
    "excluded_area_post_nodata": "{area} ohne Daten am späteren Termin",
    "excluded_area_both_nodata": "{area} ohne Daten an beiden Terminen",
    "excluded_area_no_score": "{area}, die das Verfahren nicht bewerten konnte",
    "not_assessed": "Nicht beurteilt: ",
    "not_assessed_item": "{what}",
    "cautions": "Mit Vorsicht zu lesen: ",
    "more_cautions": "siehe die weiteren Hinweise",
    "count.nothing_valid": (
        "Nichts konnte gezählt werden: kein Teil des Gebiets ist an beiden Terminen zu sehen."
    ),
    "count.none": (
        "Auf den {valid}, die beurteilt werden konnten, wurden an keinem der Termine "
        "{pre.class} gefunden."
    ),
    "count.same": (
        "{kept} {kept.class} standen an beiden Terminen; es kam nichts hinzu und nichts fiel weg."
    ),
    "count.same_dated": (
        "{kept} {kept.class} standen sowohl am {pre_on} als auch am {post_on}; es kam nichts hinzu "
        "und nichts fiel weg."
    ),
    "count.changed": "{pre} {pre.class} standen am früheren Termin und {post} am späteren:",
    "count.changed_dated": "{pre} {pre.class} standen am {pre_on} und {post} am {post_on}:",
    "count.appeared": "{count} kamen hinzu",
    "count.none_appeared": "nichts kam hinzu",
    "count.vanished": "{count} verschwanden",
    "count.none_vanished": "nichts verschwand",
    "count.kept": "{count} standen an beiden Terminen",
    "count.none_kept": "nichts stand an beiden Terminen",
    "count.comma": ", ",
    "count.and": " und ",
    "count.partners": "Von denen an beiden Terminen ",
    "count.grown": "wuchsen {count}",
    "count.shrunk": "schrumpften {count}",
    "count.moved": "verschoben sich {count}",
    "count.by_splitting": "Unter denen, die hinzukamen, entstanden {count} durch Teilung.",
    "count.by_merging": "Unter denen, die verschwanden, gingen {count} in anderen auf.",
    "count.appeared_there": "Was hinzukam, liegt im Teil {count.region} des Gebiets.",
    "count.appeared_mostly": (
        "Das meiste, was hinzukam ({count}), liegt im Teil {count.region} des Gebiets."
    ),
    "count.vanished_there": "Was verschwand, lag im Teil {count.region} des Gebiets.",
    "count.vanished_mostly": (
        "Das meiste, was verschwand ({count}), lag im Teil {count.region} des Gebiets."
    ),
    "count.second_look": (
        "Von denen an beiden Terminen wurden {count} an einem der Termine übersehen und bei "
        "erneuter Prüfung ihres Orts erkannt."
    ),
    "count.unseen_pre": (
        "Nicht gezählt: {count} {count.class} des früheren Termins, deren Ort der spätere nicht "
        "zeigt."
    ),
    "count.unseen_post": (
        "Nicht gezählt: {count} {count.class} des späteren Termins, deren Ort der frühere nicht "
        "zeigt."
    ),
    "count.limit": "Was kleiner als {smallest} ist, wird nicht gezählt.",
    "count.edits": "Korrekturen von Hand sind enthalten: {count}.",
}

_WORDS = {
    "north-west": "Nordwesten",
    "north": "Norden",
    "north-east": "Nordosten",
    "west": "Westen",
    "centre": "Mitte",
    "east": "Osten",
    "south-west": "Südwesten",
    "south": "Süden",
    "south-east": "Südosten",
    "northern half": "nördliche Hälfte",
    "southern half": "südliche Hälfte",
    "western half": "westliche Hälfte",
    "eastern half": "östliche Hälfte",
    "aoi": "ganzes Gebiet",
    "direction": "Richtung der Veränderung",
    "kind": "Art der Veränderung",
    "change": "Veränderung",
    "not known": "nicht bekannt",
    "appeared": "neu",
    "vanished": "verschwunden",
    "kept": "unverändert",
    "grown": "gewachsen",
    "shrunk": "geschrumpft",
    "moved": "verschoben",
    "split": "geteilt",
    "merged": "verschmolzen",
    "increase": "Zunahme",
    "decrease": "Abnahme",
}

_CAUTIONS = {
    "aoi_clipped": "ein Teil des Gebiets liegt außerhalb der Überlappung",
    "aoi_repaired": "der Umriss des Gebiets wurde berichtigt",
    "alpha_imagery": "ein Alphakanal könnte Bildinhalt sein",
    "band_mismatch": "die Termine haben nicht dieselben Kanäle",
    "band_roles_assumed": "die Farben der Kanäle sind angenommen",
    "bit_depth": "die Termine nutzen verschiedene Wertebereiche",
    "coarser_than_model": "die Pixel sind gröber, als das Modell vorsieht",
    "count_coarse": "die Pixel sind grob für solche Dinge",
    "count_too_many": "mehr Stellen sahen gleich aus, als es Dinge sein können",
    "cloud_bright_share": "helle Flächen könnten Wolken sein",
    "date_order": "das spätere Bild trägt das frühere Datum",
    "dtype_mismatch": "die Termine könnten verschiedene Einheiten haben",
    "equal_dates": "beide Bilder tragen dasselbe Datum",
    "gcp_grid": "ein Bild ist nur über Passpunkte verortet",
    "gsd_ratio": "die Bodengrößen der Pixel unterscheiden sich",
    "identical_files": "beide Dateien enthalten dasselbe Bild",
    "nodata_share": "ein großer Teil des Gebiets hat keine Daten",
    "objects_not_traced": "nur die größten Objekte haben einen Umriss",
    "outline_cut": "ein Umriss könnte abgeschnitten sein",
    "picture_gsd": "ein Bild hat keine Georeferenz",
    "prompt_left_out": "eine Vorgabe konnte nicht verwendet werden",
    "radiometric_distance": "die Helligkeit der Termine unterscheidet sich stark",
    "radiometric_offset": "die Helligkeit der Termine unterscheidet sich um einen festen Wert",
    "residual_shift": "die Termine lagen nicht genau aufeinander",
    "saturation_share": "Teile der Bilder sind gesättigt",
    "season_gap": "die Jahreszeiten unterscheiden sich",
    "small_overlap": "die Termine haben wenig Fläche gemeinsam",
}

_STATES_A_NUMBER = """
null zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn
siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert
hunderte tausend tausende million millionen milliarde milliarden dutzend dutzende halb halbiert
drittel viertel fünftel zehntel doppelt verdoppelt dreifach zweifach vierfach zehnfach verdreifacht
einmal zweimal dreimal prozent erste zweite dritte vierte paar
"""

LANGUAGE = Language(
    tag="de",
    decimal=",",
    thousands=".",
    templates=_TEMPLATES,
    words=_WORDS,
    cautions=_CAUTIONS,
    number_words=frozenset(_STATES_A_NUMBER.split()),
    plural=plural,
    below="weniger als {}",
    above="mehr als {}",
    quotes=("„", "“"),
)

_LEXICON = {
    "thing:building": (
        "*gebaeude*|haus|haeuser|haeusern|hauses|daecher|daechern|dach|bauwerk*|huette*|halle|"
        "hallen|wohnhaus|wohnhaeuser|einfamilienhaeuser|scheune*|schuppen|bauten|bau"
    ),
    "thing:building+appeared": "neubau|neubauten|neubaus",
    "thing:building+vanished": "abriss|abrisse|gebaeudeverlust*|abbrueche",
    "thing:tree": "baum|baeume|baeumen|palme*",
    "thing:vegetation": (
        "wald|waelder|waeldern|walds|waldflaeche*|vegetation|vegetationsflaeche*|gruen|"
        "gruenflaeche*|pflanzen|bewuchs|wiese*|gras|gehoelz*|acker|aecker|busch*|strauch*|"
        "mangrove*|waldgebiet*"
    ),
    "thing:vegetation+vanished": (
        "entwaldung|abholzung*|rodung*|waldverlust*|vegetationsverlust*|kahlschlag*|gerodet*|"
        "abgeholzt*|vegetationsabnahme|waldrueckgang"
    ),
    "thing:vegetation+appeared": (
        "aufforstung*|wiederbewaldung|begruenung|vegetationszunahme|vegetationszuwachs|"
        "waldzuwachs|waldzunahme"
    ),
    "thing:water": "wasser*|see|seen|gewaesser*|teich*|tuempel*|stausee*|meer",
    "thing:water+appeared": "ueberschwemm*|ueberflut*|flut|fluten|hochwasser",
    "thing:water+vanished": "ausgetrocknet*|austrocknung|duerre",
    "thing:burn": "brand|braende|verbrannt*|feuer|waldbrand*|waldbraende|brandflaeche*|abgebrannt*",
    "thing:regrowth": "nachwuchs|wiederbewuchs|nachgewachsen*",
    "thing:built_up": "bebauung|bebaut*|versiegel*|siedlung*|siedlungsflaeche*|zersiedelung|stadt*",
    "thing:backscatter": "rueckstreuung|radarsignal*",
    "thing:index": "index",
    "thing:vehicle": "fahrzeug*|auto|autos|lastwagen|lkw|pkw|wagen",
    "thing:ship": "schiff*|boot|boote|booten",
    "thing:aircraft": "flugzeug*",
    "thing:tank": "tank|tanks|tanklager",
    "thing:container": "container*",
    "thing:field": "feld|felder|feldern",
    "thing:any": (
        "*veraenderung|*veraenderungen|aenderung|aenderungen|objekt|objekte|objekten|etwas|alles|"
        "unterschied|unterschiede|schaden|schaeden|zerstoerung*|wandel|was|dinge|irgendetwas|"
        "irgendwas|stelle|stellen|veraenderte flaeche*|veraenderten flaeche*|sachen"
    ),
    "state:appeared": (
        "neu|neue|neuer|neues|neuen|neuem|neu gebaut*|gebaut|gebaute*|entstanden*|hinzugekommen*|"
        "dazugekommen*|errichtet*|hinzu|dazu|erschienen*|aufgetaucht*|neuerdings|zugekommen|"
        "hinzugefuegt*|neu entstanden*|gewonnen|neu errichtet*|entstand|entstehen|kamen hinzu|"
        "aufgebaut*|dazugewonnen|kam hinzu|kamen dazu|kam dazu"
    ),
    "state:vanished": (
        "weg|verschwunden*|verschwand*|verschwinden|abgerissen*|verloren*|verlust*|zerstoert*|"
        "weggefallen*|fehlt|fehlen|entfernt*|entfallen*|abgebaut*|gefaellt*|beseitigt*|"
        "nicht mehr da|verlor|verschwindet|eingeebnet*|nicht mehr vorhanden*|abgebrochen*|"
        "weggekommen|verlorengegangen*"
    ),
    "state:kept": (
        "geblieben*|unveraendert*|gleich geblieben*|erhalten*|bestehen*|noch da|stehen noch|"
        "an beiden terminen|beiden terminen|beiden zeitpunkten|an beiden tagen|blieben|weiterhin|"
        "bestand|stehen geblieben|ueberdauert*|noch stehen"
    ),
    "state:grown": "gewachsen*|vergroessert*|groesser geworden|erweitert*|wuchsen|ausgebaut*",
    "state:shrunk": "geschrumpft*|verkleinert*|kleiner geworden|schrumpften",
    "state:moved": "verschoben|versetzt|umgezogen|bewegt",
    "state:split": "geteilt|aufgeteilt",
    "state:merged": "verschmolzen*|zusammengewachsen|zusammengelegt",
    "state:increase": (
        "zugenommen|zunahme|zuwachs|anstieg|gestiegen|wachstum|zunehmen|nahm zu|nahmen zu|"
        "zuwaechse|nimmt zu"
    ),
    "state:decrease": (
        "abgenommen|abnahme|rueckgang|gesunken|schwund|abnehmen|geschwunden|nahm ab|nahmen ab|"
        "zurueckgegangen|weniger geworden|schrumpft*|zurueckgezogen|nimmt ab"
    ),
    "state:changed": "veraendert*|geaendert*|betroffen*|beschaedigt*|veraendern|aendern|anders",
    "place:north-west": "nordwest*|oben links",
    "place:north": "norden|nord|nordens|noerdlich",
    "place:north-east": "nordost*|oben rechts",
    "place:west": "westen|west|westens|westlich",
    "place:centre": "mitte|zentrum|zentral*|mittendrin",
    "place:east": "osten|ost|ostens|oestlich",
    "place:south-west": "suedwest*|unten links",
    "place:south": "sueden|sued|suedens|suedlich",
    "place:south-east": "suedost*|unten rechts",
    "place:northern half": (
        "nordhaelfte|noerdliche|noerdlichen|noerdlicher|noerdliche haelfte|noerdlichen haelfte|"
        "noerdlichen teil|nordteil|obere haelfte|oberen haelfte|noerdlichen gebiet"
    ),
    "place:southern half": (
        "suedhaelfte|suedliche|suedlichen|suedlicher|suedliche haelfte|suedlichen haelfte|"
        "suedlichen teil|suedteil|untere haelfte|unteren haelfte|suedlichen gebiet"
    ),
    "place:western half": (
        "westhaelfte|westliche|westlichen|westlicher|westliche haelfte|westlichen haelfte|"
        "westlichen teil|westteil|linke haelfte|linken haelfte"
    ),
    "place:eastern half": (
        "osthaelfte|oestliche|oestlichen|oestlicher|oestliche haelfte|oestlichen haelfte|"
        "oestlichen teil|ostteil|rechte haelfte|rechten haelfte"
    ),
    "place:aoi": (
        "insgesamt|ueberall|gesamt|im ganzen gebiet|ganzen gebiet|gesamten gebiet|im gebiet|"
        "des gebiets|des gebietes|im bild|gesamte gebiet|ganze gebiet|hier|in diesem gebiet|"
        "im ganzen|der szene|des bildes|des untersuchungsgebiets|im untersuchungsgebiet"
    ),
    "date:pre": (
        "vorher|frueher|frueheren termin|frueheren zeitpunkt|am frueheren termin|davor|zuvor|"
        "im ersten bild|ersten bild|erster termin|ersten termin|anfangs|urspruenglich|damals|"
        "zum ersten zeitpunkt|im frueheren bild|im alten bild|am anfang|ersten aufnahme|zu beginn"
    ),
    "date:post": (
        "nachher|spaeter|spaeteren termin|spaeteren zeitpunkt|am spaeteren termin|danach|jetzt|"
        "heute|aktuell|im zweiten bild|zweiten bild|zweiter termin|zweiten termin|derzeit|"
        "momentan|inzwischen|gegenwaertig|zum zweiten zeitpunkt|im spaeteren bild|im neuen bild|"
        "am ende|zweiten aufnahme|mittlerweile"
    ),
    "ask:count": (
        "wie viele|wieviele|anzahl|zahl der|wie oft|zahl|wie viel gebaeude|anzahl der|menge der"
    ),
    "ask:howmuch": "wie viel|wieviel|in welchem umfang|welche menge",
    "ask:area": (
        "flaeche|wie viel flaeche|wie gross|groesse|ausdehnung|wieviel flaeche|flaechen|umfang|"
        "wie viele hektar|wieviele hektar|wie viel hektar|wieviel hektar|wie viele quadratmeter|"
        "wie viele quadratkilometer|gesamtflaeche|grundflaeche|flaecheninhalt|"
        "wie viel quadratmeter|wie viel quadratkilometer"
    ),
    "ask:share": (
        "anteil|prozent|prozentsatz|anteilig|wie viel prozent|wieviel prozent|anteils|%|"
        "welcher teil|wie hoch ist der anteil|bruchteil|flaechenanteil|prozentual*|wie viel %"
    ),
    "of:change": (
        "der veraenderung|der veraenderungen|aller veraenderungen|an der veraenderung|"
        "der gesamten veraenderung|von der veraenderung|des schadens"
    ),
    "of:objects": "aller gebaeude|der gebaeude|aller objekte|von allen|davon|der haeuser",
    "ask:density": "*dichte|dicht|pro quadratkilometer|je quadratkilometer|pro km2|je km2",
    "ask:length": "wie lang|laenge|gesamtlaenge|wie viele kilometer|wie viele meter",
    "ask:average": (
        "durchschnitt*|mittlere*|im mittel|mittelwert|im schnitt|typisch*|*durchschnittlich*"
    ),
    "ask:median": "median*",
    "ask:yesno": (
        "gibt es|gab es|ist|sind|hat|haben|wurde|wurden|war|waren|kam|kamen|steht|siehst du|"
        "erkennst du|sieht man"
    ),
    "ask:compare_dates": (
        "wie hat sich die zahl|wie hat sich die anzahl|wie veraenderte sich die zahl|"
        "wie hat sich der bestand|wie hat sich der gebaeudebestand|verlust und zuwachs|"
        "zuwachs und verlust|vorher und nachher|vorher nachher|netto|nettoveraenderung|"
        "nettoaenderung|bilanz|saldo|mehr oder weniger|zugenommen oder abgenommen|"
        "zunahme oder abnahme|frueher und heute|vergleich der termine|vergleiche die termine|"
        "unterm strich|mehr als vorher|weniger als vorher|mehr als frueher|weniger als frueher|"
        "im vergleich zu vorher|um wie viel prozent|um wieviel prozent|vorher vs nachher|"
        "vorher gegen nachher|im vergleich zu frueher|beide termine|gewachsen oder geschrumpft|"
        "vorher gegenueber nachher|mehr oder weniger geworden|netto veraenderung|"
        "davor und danach|zu oder abgenommen"
    ),
    "ask:compare_places": (
        "vergleiche|vergleich|gegenueber|verglichen|versus|vs|als|unterschied zwischen|"
        "im vergleich|oder im|staerker|mehr als"
    ),
    "ask:rank": (
        "welcher teil|welcher bezirk|welche bezirke|welches viertel|welcher stadtteil|"
        "welches gebiet|welche haelfte|wo am meisten|welche gebiete|rangliste|reihenfolge|"
        "am staerksten betroffen|in welchem teil|in welchem bezirk|in welchem viertel|"
        "in welchem gebiet|welche region|je bezirk|pro bezirk|nach bezirk|nach teilen|"
        "welcher bereich|schwerpunkt*|am wenigsten betroffen|in welcher haelfte|welchem bezirk|"
        "in welcher region|hotspot*|welchem stadtteil|ordne|sortiere|welcher distrikt|"
        "in welchem distrikt|welchem distrikt"
    ),
    "rank:most": "am meisten|die meisten|am staerksten|hoechste*|meisten|meiste",
    "rank:least": "am wenigsten|die wenigsten|wenigsten|geringste*|am schwaechsten",
    "rank:strong": (
        "rangliste|reihenfolge|am staerksten betroffen|am wenigsten betroffen|je bezirk|"
        "pro bezirk|nach bezirk|nach teilen|hotspot*|ordne|sortiere|schwerpunkt*"
    ),
    "rank:halves": "welche haelfte|in welcher haelfte|haelften|haelfte",
    "rank:areas": "welche gebiete|welches gebiet|in welchem gebiet|meine gebiete|meiner gebiete",
    "ask:where": (
        "wo|liegt|liegen|lage|wo genau|zeige|zeig|standort*|position|koordinaten|"
        "in welcher richtung|wo liegen|befindet|befinden|wo befindet|verortet"
    ),
    "ask:where_most": (
        "wo liegt das meiste|wo sind die meisten|wo am meisten|hauptsaechlich|groesstenteils"
    ),
    "ask:largest": "groesste*|am groessten|groessten|umfangreichste*",
    "ask:smallest": "kleinste*|am kleinsten|kleinsten|winzigste*",
    "ask:top": "top",
    "ask:list": "liste|nenne|zeige|zaehle auf|zeig",
    "relation:near": (
        "nahe|in der naehe|naehe|neben|entlang|am|bei|nah|an der|umgebung|um den|von der|vom|"
        "beim|unweit"
    ),
    "relation:touches": "beruehr*|schneid*|kreuz*|ueberlapp*|auf dem|auf der",
    "relation:within": "innerhalb|im|in|in den|in der",
    "relation:outside": "ausserhalb|nicht in|nicht im",
    "ask:nearest": (
        "naechste|naechsten|am naechsten|wie weit|entfernung|abstand|wie nah|naechstgelegene*"
    ),
    "ask:touched": (
        "mit veraenderung|mit veraenderungen|wie viele meiner|welche meiner|sind betroffen|"
        "enthalten|haben veraenderungen|wie viele der"
    ),
    "ask:transitions": (
        "wozu|wurde zu|zu was|was wurde aus|arten von|art der veraenderung|welche art|"
        "nach klassen|nach art|uebergaenge|welche klassen|je klasse|pro klasse|klassen|worin|"
        "was ist aus|aufgeschluesselt|aufschluesselung|kategorien|was wurde zu was|uebergang*|"
        "arten der veraenderung|welche arten|geworden zu|nach zustand|was geschah mit|"
        "was passierte mit|was ist mit"
    ),
    "ask:explain": (
        "woher weisst du|woher weiss man|woher kommt|wie gemessen|wie berechnet|beleg*|nachweis*|"
        "quelle|grundlage|wie wurde das gemessen|wie wurde das berechnet|erklaer*|worauf beruht|"
        "woher hast du|wie kommst du|herkunft|wie wurde das gezaehlt|woher stammt|"
        "wie wurde das ermittelt|wie ist das gemessen|woher stammen|wie hast du"
    ),
    "ask:sure": (
        "wie sicher|zuverlaessig*|verlass*|vertrau*|genau|genauigkeit|unsicher*|vorsicht*|"
        "fehler*|einschraenkung*|stimmt das|bist du sicher|vorbehalt*|irrtum|wie gut|qualitaet|"
        "falsch|sicher|glaubwuerdig|warnung*|hinweise"
    ),
    "ask:excluded": (
        "welche flaeche fehlt|was fehlt|fehlt im bild|fehlen daten|fehlt auf dem bild|"
        "ausgelassen*|ausgenommen*|nicht beurteilt*|weggelassen*|wolke*|keine daten|ohne daten|"
        "ausgeschlossen*|nicht erfasst*|luecke*|fehlende daten|nicht untersucht*|verdeckt*|"
        "nicht ausgewertet*|nicht beruecksichtigt*|bewoelkt*|datenluecke*|unbeobachtet*|"
        "uebersprungen*|aussen vor|nicht geprueft*"
    ),
    "ask:aligned": (
        "ausgerichtet*|passgenau*|verschiebung|versatz|deckungsgleich*|registriert*|"
        "liegen aufeinander|aufeinander|lagegenau*|restverschiebung|passen zusammen|georeferenz*|"
        "passen die bilder|uebereinander|koregistr*"
    ),
    "ask:method": (
        "welche methode|welches verfahren|verfahren|methode|schwellwert|schwelle|algorithmus|"
        "detektor|mindestgroesse|wie klein|einstellungen|kleinste erfasste|wie funktioniert|"
        "wie wurde das gemacht|wie wurde gezaehlt|wie wurden|erfassungsgrenze|zaehler|"
        "wie arbeitet|womit wurde|kleinste flaeche die"
    ),
    "ask:pair": (
        "welche daten|welche bilder|aufnahmedatum|wann wurden|von wann|aufloesung|pixelgroesse|"
        "bodenaufloesung|zeitraum|wie gross ist das gebiet|groesse des gebiets|welche termine|"
        "aufgenommen|wann|aufnahmen|welche szenen|wie gross ist das untersuchungsgebiet|"
        "welche zeitpunkte|untersuchungsgebiet|wie gross ist ein pixel|gueltige flaeche|"
        "satellit*|welchem zeitraum|wie alt sind die bilder"
    ),
    "ask:results": (
        "welche ergebnisse|ergebnisse|welche auswertungen|was wurde berechnet|welche analysen|"
        "welche vergleiche|liste der ergebnisse|was liegt vor|auswertungen"
    ),
    "ask:places": (
        "welche orte|welche ebenen|welche gebiete kann|welche gebiete gibt|welche layer|"
        "welche bereiche kann|liste der orte|welche orte kann|welche gebiete kennst|"
        "welche bezirke gibt|welche orte kennst|welche bezirke kennst"
    ),
    "ask:caption": (
        "fasse _ zusammen|fass _ zusammen|fasst _ zusammen|beschreib*|zusammenfass*|"
        "fasse zusammen|fass zusammen|ueberblick|was hat sich veraendert|was hat sich geaendert|"
        "was ist passiert|was ist anders|kurz gesagt|was ist neu|was ist geschehen|"
        "was gibt es neues|was veraenderte sich|bildunterschrift|was hat sich getan|was ist los|"
        "uebersicht|welche veraenderungen gibt es|was fuer veraenderungen"
    ),
    "ask:paragraph": "absatz|ausfuehrlich*|im detail|detailliert*|laenger*",
    "ask:report": (
        "bericht*|report|dokument|word datei|worddatei|html|pdf|docx|exportier*|word dokument"
    ),
    "format:docx": "word|docx|word datei|worddatei|word bericht|wordbericht|word dokument",
    "format:html": "html|webseite|pdf|browser",
    "style:short": "kurz|kurzer|kurzen|kurzbericht|knapp*|kurzes",
    "ask:work": (
        "starte|starten|fuehre|ausfuehren|beginne|rechne|analysiere|durchfuehren|mach|lass|"
        "erneut|noch einmal|durch"
    ),
    "work:compare": (
        "vergleich der bilder|vergleiche die bilder|aenderungsanalyse|veraenderungsanalyse|"
        "aenderungserkennung|bildvergleich|vergleiche beide bilder|veraenderungserkennung|"
        "einen vergleich|vergleiche die szenen|vergleiche die beiden bilder|"
        "vergleiche diese bilder|suche veraenderungen"
    ),
    "work:count": "zaehle|zaehlen|zaehlung|zaehl|nachzaehlen|gezaehlt werden",
    "work:segment": "segmentier*|umrande*|umriss|umrisse|segmentation|segmentierung|abgrenzen",
    "method:cva": "cva",
    "method:irmad": "irmad|mad",
    "method:index_difference": "indexdifferenz|ndvi",
    "method:log_ratio": "log ratio|logratio",
    "method:structure": "strukturdetektor",
    "ask:check": (
        "wie weit ist es|wie weit ist die|wie weit bist|fortschritt|fertig|status|schon fertig|"
        "laeuft noch|wie lange noch|stand der dinge|wann ist es fertig"
    ),
    "ask:cancel": "stopp|stop|abbrechen|halt|brich ab|breche ab|abbruch|stoppe|hoer auf|beende",
    "ask:yes": (
        "ja|ja bitte|mach das|los|okay|ok|gerne|bitte starten|ja mach|in ordnung|jawohl|"
        "einverstanden|leg los|starte es|nur zu|ja gerne|mach es"
    ),
    "ask:no": "nein|nein danke|lieber nicht|lass es|nicht noetig|doch nicht",
    "ask:appearance": "sieht aus|sehen aus|aussehen|farbe|wie sieht|wie sehen",
    "calc:sum": "summe|zusammen|zusammengerechnet|addiere|plus|zusammengenommen",
    "calc:ratio": "verhaeltnis|quotient|geteilt durch",
    "calc:difference": "minus|abzueglich|differenz",
    "no:cause": (
        "wer|von wem|warum|weshalb|wieso|ursache*|grund|gruende|wegen|schuld|verantwortlich*|"
        "ausgeloest|wodurch|weswegen|verursacht*|absicht*|aus welchem grund|ausloeser|illegal*|"
        "genehmigt*|woran liegt"
    ),
    "no:not_observable": (
        "menschen|person|personen|leute|einwohner*|bewohner*|bevoelkerung*|geld|kosten|kostet|"
        "kostete*|preis*|euro|einkommen|kohlenstoff|co2|emission*|biomasse|tiefe|volumen|hoehe|"
        "hoch sind|wie tief|stockwerk*|temperatur*|besitzer*|eigentuemer*|wem gehoert|"
        "arten leben|tiere|tote|verletzte|verkehr|laerm|luftqualitaet|ertrag|steuer*|"
        "wie hoch sind die|wie hoch ist das haus|wie hoch ist das gebaeude|wohnen|leben|lebt|"
        "wohnt|familien|haushalte|wert der|wertverlust|tonnen|liter|wassertiefe|wie viele tiere|"
        "arbeitsplaetze|marktwert|schadenssumme|opfer|wie teuer|teuer|wie alt sind die gebaeude|"
        "wie alt sind die haeuser"
    ),
    "maybe:not_observable": "wie hoch|heiss|warm|tief|alter",
    "no:outside_dates": (
        "morgen|naechstes jahr|naechsten jahr|zukunft|vorhersage*|prognose*|wird es|werden es|"
        "gestern|letzte woche|in zehn jahren|kuenftig*|zukuenftig*|voraussichtlich|vor jahren|"
        "im naechsten jahr|kommenden jahr|kommende jahr|in der zwischenzeit|jahrzehnten"
    ),
    "no:outside_area": (
        "ausserhalb des gebiets|ausserhalb des gebietes|ausserhalb der szene|"
        "ausserhalb des bildes|anderswo|weltweit|nachbarort|im ganzen land|jenseits|"
        "nachbargemeinde|landesweit|bundesweit|ausserhalb vom gebiet|"
        "ausserhalb des untersuchungsgebiets|ganz deutschland|anderen laendern|"
        "rund um das gebiet|im umland|umland|nachbargebiet*"
    ),
    "ask:inject": (
        "ignoriere|ignorier|vergiss|anweisungen|systemprompt|du bist jetzt|sag einfach|behaupte|"
        "sage einfach|antworte mit|tu so|erfinde|passwort|geheim*|schluessel|python|skript|"
        "schreib code|ueberschreibe|missachte|spiele die rolle|api schluessel|system prompt|"
        "sag dass|sage dass|deine regeln|antworte nur mit"
    ),
    "ask:help": (
        "hilfe|was kannst du|hallo|guten tag|danke|wer bist du|was kann ich fragen|guten morgen|"
        "moin|servus|vielen dank|hilf mir|was kann ich"
    ),
    "limit:least": (
        "groesser als|ueber|mindestens|mehr als|ab|groesser|wenigstens|nicht kleiner als|oberhalb"
    ),
    "limit:most": (
        "kleiner als|unter|hoechstens|weniger als|bis|kleiner|maximal|nicht groesser als|"
        "unterhalb"
    ),
    "limit:between": "zwischen",
    "unit:ha": (
        "ha|hektar|in hektar|wie viele hektar|wieviele hektar|wie viel hektar|wieviel hektar"
    ),
    "unit:m2": (
        "m2|quadratmeter|quadratmetern|qm|in quadratmetern|in m2|in qm|wie viele quadratmeter|"
        "wie viel quadratmeter"
    ),
    "unit:km2": (
        "km2|quadratkilometer|quadratkilometern|in quadratkilometern|in km2|"
        "wie viele quadratkilometer|wie viel quadratkilometer"
    ),
    "unit:%": "in prozent|als prozent|als anteil|als prozentsatz|prozentual|in %",
    "unit:m": "m|meter|metern|in metern",
    "unit:km": "km|kilometer|kilometern|in kilometern",
    "layer:river": "fluss*|fluesse*|bach|baeche*|ufer*|kanal*|kanaele*|wasserlauf*",
    "layer:road": "strasse*|autobahn*|weg|wege|wegen|landstrasse*",
    "layer:railway": "bahn|bahnen|eisenbahn*|bahnlinie*|gleis*|schiene*",
    "layer:district": "bezirk*|stadtteil*|viertel*|gemeinde*|kommune*|ortsteil*|distrikt*",
    "layer:parcel": "parzelle*|flurstueck*|grundstueck*",
    "layer:coast": "kueste*|strand*",
    "layer:zone": "zone*|schutzgebiet*|hochwasserzone*",
    "layer:pipeline": "leitung*|pipeline*",
    "layer:school": "schule*",
    "layer:any": "ebene*|layer*|polygon*",
    "follow:and": "und|wie sieht es aus|und wie|was ist mit|auch|dann|oder|und was ist mit|aber",
    "follow:same": (
        "dasselbe|das gleiche|genauso|gleiche frage|ebenso|dasselbe fuer|das gleiche fuer|dito|"
        "das selbe"
    ),
    "follow:those": "diese|dieser|diesen|die|davon|sie|es|das|welche|deren|jene|ihnen|dieses",
    "follow:second": (
        "und wie viele|und wie viel|und wo|und welche|und was|und welches|und wie gross"
    ),
    "follow:instead": "stattdessen|nur|lieber",
}  # fmt: skip

_FILLERS = """
der die das den dem des ein eine einen einem einer eines im in am an auf zu zum zur von vom bei
mit nach aus fuer durch ueber unter um und oder aber so denn als ist sind war waren sein wird
werden wurde wurden worden hat haben hatte habe kann koennen koennte sollte wuerde es sie er wir
ihr du ich mir mich dir uns euch bitte mal doch noch schon auch nur sehr mehr weniger viel viele
wie was wer wo wann welche welcher welches welchen welchem dieser diese dieses diesen diesem jener
kein keine keinen nicht alle alles jede jeder jedes gibt gab es man sich dort da hier dass ob wenn
zwischen seit bis jetzt eigentlich etwa genau ungefaehr circa insgesamt sag sage zeig zeige gib
nenne nennen sagen zeigen finde finden findest gefunden erkannt gemessen entdeckt sieht sehe
sichtbar liegt liegen lag lagen steht stehen stand standen gross klein hoch bild bilder karte
gebiet gebiets gebietes teil teile teils teilen bereich region seite flaeche ort orte datum termin
termine terminen zeitpunkt jahr jahre jahren zeit zwei andere anderen beide beiden frage antwort
daten zahl wert ergebnis ueberhaupt denn wohl zudem ausserdem ganz gar recht davon dazu dabei
daran darin darauf welch sowie ja okay gut bedeckt bedecken umfasst umfassen betraegt machen macht
gemacht passiert geschehen geworden kommen kam kamen gekommen moechte will wissen interessiert
haette gern gerne einmal bezug kannst lassen
"""
_NUMBERS = """
null eins zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf dreizehn vierzehn fuenfzehn
sechzehn siebzehn achtzehn neunzehn zwanzig
"""
_ORDINALS = {
    "erste": 1, "ersten": 1, "zweite": 2, "zweiten": 2, "zweitgroesste": 2, "dritte": 3,
    "zweitgroessten": 2, "dritten": 3, "drittgroesste": 3, "vierte": 4, "vierten": 4, "fuenfte": 5,
    "fuenften": 5, "zweites": 2, "drittes": 3,
}  # fmt: skip
_PLACE_CUES = "in im am nahe bei innerhalb ausserhalb fuer entlang naehe"
_ARTICLES = "der die das den dem des ein eine einem einer meinem meiner"


def _either(phrases: str) -> tuple[str, ...]:
    """Phrases between bars."""
    return tuple(phrase.strip() for phrase in phrases.split("|"))


_CLASSES = {
    "building": ("Gebäude", "Gebäude"),
    "tree": ("Baum", "Bäume"),
    "vehicle": ("Fahrzeug", "Fahrzeuge"),
    "object": ("Objekt", "Objekte"),
    "any": ("Objekt", "Objekte"),
    "vegetation_loss": ("Vegetationsverlust", "Vegetationsverlust"),
    "vegetation_gain": ("Vegetationszuwachs", "Vegetationszuwachs"),
    "water_gain": ("neues Wasser", "neues Wasser"),
    "water_loss": ("verschwundenes Wasser", "verschwundenes Wasser"),
    "burn": ("verbrannte Fläche", "verbrannte Fläche"),
    "regrowth": ("Wiederbewuchs nach Feuer", "Wiederbewuchs nach Feuer"),
    "built_up_gain": ("neue Bebauung", "neue Bebauung"),
    "built_up_loss": ("verschwundene Bebauung", "verschwundene Bebauung"),
    "index_increase": ("Indexzunahme", "Indexzunahme"),
    "index_decrease": ("Indexabnahme", "Indexabnahme"),
    "backscatter_increase": ("Zunahme der Rückstreuung", "Zunahme der Rückstreuung"),
    "backscatter_decrease": ("Abnahme der Rückstreuung", "Abnahme der Rückstreuung"),
    "changed": ("verändertes Objekt", "veränderte Objekte"),
}

_SENTENCES = {
    "where.aoi": "",
    "where.part": " (Teil des Gebiets: $region)",
    "where.named": " in $region",
    "in.aoi": "im ganzen Gebiet",
    "in.part": "im Teil $region",
    "in.named": "in $region",
    "near.near": " nahe $layer",
    "near.asked": " in der genannten Entfernung von $layer",
    "near.touches": " an $layer",
    "near.within": " innerhalb von $layer",
    "near.outside": " außerhalb von $layer",
    "the_layer": "der genannten Ebene",
    "sized": " der genannten Größe",
    "that.appeared": ", hinzugekommen",
    "that.vanished": ", verschwunden",
    "that.kept": ", an beiden Terminen",
    "that.pre": ", früherer Termin",
    "that.post": ", späterer Termin",
    "assessed": ", auf den $valid, die beurteilt werden konnten",
    "of_assessed": ", von $valid, die beurteilt werden konnten",
    "comma": ", ",
    "and": " und ",
    "semicolon": "; ",
    "count.pre.one": "$n $what$sized stand am früheren Termin$where$near.",
    "count.pre.other": "$n $what$sized standen am früheren Termin$where$near.",
    "count.pre.none": "Am früheren Termin standen keine $what$sized$where$near$assessed.",
    "count.post.one": "$n $what$sized steht am späteren Termin$where$near.",
    "count.post.other": "$n $what$sized stehen am späteren Termin$where$near.",
    "count.post.none": "Am späteren Termin stehen keine $what$sized$where$near$assessed.",
    "count.appeared.one": "$n $what$sized kam hinzu$where$near.",
    "count.appeared.other": "$n $what$sized kamen hinzu$where$near.",
    "count.appeared.none": "Es wurden keine neuen $what$sized gefunden$where$near$assessed.",
    "count.vanished.one": "$n $what$sized verschwand$where$near.",
    "count.vanished.other": "$n $what$sized verschwanden$where$near.",
    "count.vanished.none": "Es verschwanden keine $what$sized$where$near$assessed.",
    "count.kept.one": "$n $what$sized stand an beiden Terminen$where$near.",
    "count.kept.other": "$n $what$sized standen an beiden Terminen$where$near.",
    "count.kept.none": "An beiden Terminen standen keine $what$sized$where$near$assessed.",
    "count.grown.one": "$n $what$sized wuchs$where$near.",
    "count.grown.other": "$n $what$sized wuchsen$where$near.",
    "count.grown.none": "Es wuchsen keine $what$sized$where$near$assessed.",
    "count.shrunk.one": "$n $what$sized schrumpfte$where$near.",
    "count.shrunk.other": "$n $what$sized schrumpften$where$near.",
    "count.shrunk.none": "Es schrumpften keine $what$sized$where$near$assessed.",
    "count.moved.one": "$n $what$sized verschob sich$where$near.",
    "count.moved.other": "$n $what$sized verschoben sich$where$near.",
    "count.moved.none": "Es verschoben sich keine $what$sized$where$near$assessed.",
    "count.split.one": "$n $what$sized wurde geteilt$where$near.",
    "count.split.other": "$n $what$sized wurden geteilt$where$near.",
    "count.split.none": "Es wurden keine $what$sized geteilt$where$near$assessed.",
    "count.merged.one": "$n $what$sized entstand durch Verschmelzen$where$near.",
    "count.merged.other": "$n $what$sized entstanden durch Verschmelzen$where$near.",
    "count.merged.none": "Es verschmolzen keine $what$sized$where$near$assessed.",
    "count.changed.one": "$n $what$sized veränderte sich$where$near.",
    "count.changed.other": "$n $what$sized veränderten sich$where$near.",
    "count.changed.none": "Es veränderten sich keine $what$sized$where$near$assessed.",
    "count.found.one": "$n verändertes Objekt$sized wurde gefunden$where$near.",
    "count.found.other": "$n veränderte Objekte$sized wurden gefunden$where$near.",
    "count.found.none": "Es wurde keine Veränderung gefunden$where$near: $n Objekte$assessed.",
    "count.class.one": "$n Objekt mit $what$sized wurde gefunden$where$near.",
    "count.class.other": "$n Objekte mit $what$sized wurden gefunden$where$near.",
    "count.class.none": "Es wurde kein $what$sized gefunden$where$near: $n Objekte$assessed.",
    "area.changed": "$a haben sich verändert$where$near$of_assessed.",
    "area.changed.none": "Nichts hat sich verändert$where$near: $a$of_assessed.",
    "area.class": "Es gibt $a mit $what$where$near$of_assessed.",
    "area.class.none": "Es wurde kein $what gefunden$where$near: $a$of_assessed.",
    "area.pre": "Die $what$sized$where$near bedeckten am früheren Termin $a.",
    "area.post": "Die $what$sized$where$near bedecken am späteren Termin $a.",
    "area.appeared": "Die $what$sized, die hinzukamen$where$near, bedecken $a.",
    "area.vanished": "Die $what$sized, die verschwanden$where$near, bedeckten $a.",
    "area.kept": "Die $what$sized, die an beiden Terminen standen$where$near, bedecken $a.",
    "area.other": "Die genannten $what$sized$where$near bedecken $a.",
    "share.changed": "$p der beurteilten Fläche haben sich verändert$where.",
    "share.class": "$p der beurteilten Fläche sind $what$where.",
    "share.things": "Die genannten $what bedecken $p der beurteilten Fläche$where.",
    "share.of_change": "$p aller Veränderungen liegen dort$where.",
    "share.of_change.class": "$p aller Veränderungen sind $what$where.",
    "share.of_class": "$p davon ($what) liegen dort$where.",
    "share.appeared": "$p der $what des späteren Termins sind neu$where.",
    "share.vanished": "$p der $what des früheren Termins verschwanden$where.",
    "share.of_objects": "$p aller $what sind von der genannten Art$where.",
    "share.of_objects.there": "$p aller $what liegen dort$where.",
    "density": "Dichte ($what$that)$where: $d.",
    "density.found": "Die Dichte der veränderten Objekte$where beträgt $d.",
    "length": "Die $what$where sind zusammen $l lang.",
    "mean": "Mittlere Größe ($what$sized$that)$where$near: $a.",
    "median": "Median der Größe ($what$sized$that)$where$near: $a.",
    "mean.found": "Die mittlere Größe der veränderten Objekte$sized$where$near beträgt $a.",
    "median.found": "Der Median der Größe der veränderten Objekte$sized$where$near beträgt $a.",
    "basis.one": "Das beruht auf $n davon.",
    "basis.other": "Das beruht auf $n davon.",
    "dates.count": "$pre $what standen am früheren Termin$where und $post am späteren",
    "dates.area": "Die $what$where bedeckten am früheren Termin $pre und am späteren $post",
    "dates.net": ", netto $net",
    "dates.relative": " ($pct)",
    "dates.came_went": "$came kamen hinzu und $went verschwanden.",
    "dates.direction": "Zunahme $gain, Abnahme $loss: netto $net$where.",
    "places.both": "$left $there und $right $here",
    "places.things": "$what: ",
    "places.difference": ", ein Unterschied von $difference",
    "places.ratio": " (Verhältnis $ratio)",
    "rank.most": "Das meiste liegt $place: $n.",
    "rank.least": "Das wenigste liegt $place: $n.",
    "rank.then": "Danach folgen $places.",
    "rank.place": "$n $place",
    "rank.none": "An keinem dieser Orte gibt es etwas: $n $place.",
    "transitions": "Nach Art: $items.",
    "transitions.things": "$what: $items.",
    "transition.class": "$what $n",
    "transition.state": "$n $state",
    "state.kept": "an beiden Terminen",
    "state.appeared": "hinzugekommen",
    "state.vanished": "verschwunden",
    "state.grown": "gewachsen",
    "state.shrunk": "geschrumpft",
    "state.moved": "verschoben",
    "state.split": "geteilt",
    "state.merged": "durch Verschmelzen entstanden",
    "state.not_assessed": "nicht beurteilt",
    "result": "Das ergibt $n.",
    "where.all": "Es liegt$where.",
    "where.main": "Das meiste liegt in diesem Teil des Gebiets: $main ($share von allem).",
    "where.largest": "Der größte Anteil ($share) liegt in diesem Teil des Gebiets: $main.",
    "where.only": "Es liegt vor allem in diesem Teil des Gebiets: $main.",
    "where.centre": "Der Schwerpunkt liegt in diesem Teil: $centre.",
    "where.box": "Es reicht von $west bis $east Länge und von $south bis $north Breite.",
    "where.none": "Es gibt nichts zu verorten: $n$where$assessed.",
    "fallback": "Gefunden wurde: $items.",
    "largest": "Am größten$what_of: $a$where.",
    "smallest": "Am kleinsten$what_of: $a$where.",
    "ranked": "An dieser Stelle der Reihenfolge$what_of: $a$where.",
    "largest.several": "Am größten$what_of: $items.",
    "smallest.several": "Am kleinsten$what_of: $items.",
    "largest.item": "$a$where",
    "largest.of": " ($what$that)",
    "nearest": "Das Nächste liegt $distance von $layer.",
    "touched.one": "$n Objekt aus $layer enthält solche Veränderungen",
    "touched.other": "$n Objekte aus $layer enthalten solche Veränderungen",
    "touched.share": ", $share davon",
    "touched.end": ".",
    "pair.dates": "Die Bilder sind vom $pre und vom $post.",
    "pair.areas": "Das Gebiet umfasst $aoi, davon konnten $valid beurteilt werden.",
    "pair.pixel": "Ein Pixel ist am Boden $gsd breit.",
    "method.name": "Es wurde mit $name erstellt.",
    "method.threshold": "Werte ab $threshold gelten als Veränderung.",
    "method.smallest": "Was kleiner als $smallest ist, wird nicht erfasst.",
    "shift": "Nach dem Ausrichten weichen die Termine noch um $px ab, am Boden $m.",
    "shift.px": "Nach dem Ausrichten weichen die Termine noch um $px ab.",
    "shift.unknown": "Wie genau die Termine aufeinander liegen, wurde hier nicht gemessen.",
    "results": "Es gibt diese Ergebnisse: $items.",
    "results.item": "$name vom $day",
    "places": "Fragen kann man nach jedem Teil des Gebiets, nach Himmelsrichtungen",
    "places.named": " und nach $items.",
    "places.end": ".",
    "exclusions": "Ausgenommen: $items.",
    "exclusions.item": "$area ($reason)",
    "exclusions.none": "Nichts wurde ausgenommen$where: $valid konnten beurteilt werden.",
    "exclusions.valid": "$valid konnten beurteilt werden$where.",
    "reason.pre_nodata": "keine Daten am früheren Termin",
    "reason.post_nodata": "keine Daten am späteren Termin",
    "reason.both_nodata": "keine Daten an beiden Terminen",
    "reason.no_score": "vom Verfahren nicht bewertet",
    "reason.other": "nicht verwendbar",
    "cautions": "Mit Vorsicht zu lesen: $items.",
    "cautions.none": "Für dieses Bildpaar gibt es keine Hinweise.",
    "cautions.method": "Ein Verfahren kann irren; sehen Sie die Stellen auf der Karte an.",
    "explain": "Zu $value: $method",
    "explain.plain": "Zu $value: wie gemessen wurde, steht bei der Zahl.",
    "explain.inputs": "Es stammt aus den Bildern dieses Ergebnisses.",
    "work.plan": "Das kann gerechnet werden: $summary Mit Ja beginnt es.",
    "work.begun": "Es wurde begonnen: $summary",
    "work.finished": "Ein fertiges Ergebnis beantwortet das schon: $name. Fragen Sie danach.",
    "work.running": "Es läuft.",
    "work.waiting": "Es wartet, bis es an der Reihe ist.",
    "work.planned": "Es wartet auf Ihr Ja.",
    "work.done": "Es ist fertig; fragen Sie nach dem Ergebnis.",
    "work.failed": "Es ist fehlgeschlagen.",
    "work.cancelled": "Es wurde angehalten.",
    "work.count": "solche Dinge an beiden Terminen zählen.",
    "work.count.named": "an beiden Terminen zählen: $things.",
    "work.compare": "beide Termine vergleichen.",
    "work.segment": "umranden, was im Bild ist.",
    "work.declined": "Nichts wurde begonnen.",
    "report": "Der Bericht liegt zum Herunterladen bereit.",
    "reading": "Unten steht, was ein Modell im Bild liest; das ist keine Messung.",
    "help": (
        "Fragen Sie, wie viele, wie viel, wo, was das Größte ist, was sich verändert hat, wie "
        "sicher das ist, oder nach einem Bericht."
    ),
    "no.cause": "Bilder zeigen, was sich wo verändert hat, nicht warum.",
    "no.not_observable": "Das ist in Bildern von oben nicht zu sehen.",
    "no.outside_area": "Nur das Gebiet dieses Ergebnisses wurde betrachtet.",
    "no.outside_dates": "Nur zu den beiden Terminen der Bilder lässt sich etwas sagen.",
    "no.below_minimum_size": "So kleine Dinge werden nicht erfasst; darüber ist nichts bekannt.",
    "no.unknown_class": "Kein Ergebnis hier unterscheidet solche Dinge.",
    "no.unknown_place": "Kein Gebiet, keine Ebene und kein Teil heißt hier so.",
    "no.not_assessed": (
        "Das wurde in diesem Ergebnis nicht beurteilt; das heißt nicht, dass sich nichts "
        "verändert hat."
    ),
    "no.pair_refused": (
        "Diese Bilder lassen sich nicht vergleichen; die Hinweise auf der Seite sagen, warum."
    ),
    "no.ambiguous": "Was ist gemeint? Nennen Sie die Dinge, etwa Gebäude, und den Ort.",
    "no.no_result": "Es gibt noch kein Ergebnis. Starten Sie einen Vergleich oder eine Zählung.",
    "no.not_allowed": "Das geht hier nicht.",
    "no.unsupported": (
        "Das ist keine Frage zu diesen Ergebnissen. Fragen Sie, wie viele, wie viel, wo, oder was "
        "sich verändert hat."
    ),
    "no.language": "Fragen gehen in diesen Sprachen: $languages.",
    "no.too_long": "Diese Frage ist zu lang. Stellen Sie sie in wenigen Sätzen.",
    "no.offer": "Das kann gerechnet werden: bitten Sie um eine Zählung oder einen Vergleich.",
    "no.missing": "Nicht beurteilt: $items.",
    "no.instead": "Was sich sagen lässt:",
    "no.class_known": "Unterschieden wird: $items.",
}

_SUGGESTIONS = {
    "first.count": ("Wie viele neue $many gibt es?", "Wo kamen die meisten hinzu?",
                    "Welches ist das größte?", "Was wurde ausgelassen?"),
    "first.comparison": ("Was hat sich verändert?", "Wo liegt das meiste?",
                         "Wie groß ist die veränderte Fläche?", "Wie sicher ist das?"),
    "next": ("Und im Norden?", "Welches ist das größte?", "Woher weißt du das?",
             "Was wurde ausgelassen?"),
    "nothing": ("Vergleiche die Bilder.", "Zähle die Gebäude."),
}  # fmt: skip

SPEECH = Speech(
    tag="de",
    name="Deutsch",
    language=LANGUAGE,
    lexicon={concept: _either(phrases) for concept, phrases in _LEXICON.items()},
    fillers=frozenset(_FILLERS.split()),
    place_cues=frozenset(_PLACE_CUES.split()),
    articles=frozenset(_ARTICLES.split()),
    numbers={word: value for value, word in enumerate(_NUMBERS.split())},
    ordinals=_ORDINALS,
    classes=_CLASSES,
    sentences=_SENTENCES,
    suggestions=_SUGGESTIONS,
)
