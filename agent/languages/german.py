"""German: what people ask, how they are answered, and captions; the whole language is this file.

Words only; which tool answers what is known to the planner.
"""

from agent.languages.speech import Grammar, Speech, phrases_of, words_of
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
        "Zwischen dem {pre} und dem {post} wurde auf den {valid}, die beurteilt werden konnten, "
        "keine Veränderung gefunden."
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
        "Zwischen dem {pre} und dem {post} haben sich {area} verändert, {share} der {valid}, die "
        "beurteilt werden konnten: {count} Objekt."
    ),
    "changed_dated.other": (
        "Zwischen dem {pre} und dem {post} haben sich {area} verändert, {share} der {valid}, die "
        "beurteilt werden konnten: {count} Objekte."
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
    "forgotten": "das Netz ist anderswo schlechter als vorher",
    "labels_outside": "einige Beispiele liegen außerhalb der Bilder",
    "labels_shifted": "die Beispiele könnten verschoben sein",
    "labels_unusable": "einige Beispiele waren nicht zu gebrauchen",
    "labels_repaired": "die Umrisse einiger Beispiele kreuzten sich selbst",
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
    "like_examples": "gesucht wurde nur, was den gezeigten Stellen gleicht",
    "nodata_share": "ein großer Teil des Gebiets hat keine Daten",
    "not_made_for": "das Verfahren ist für solche Szenen nicht gemacht",
    "objects_not_traced": "nur die größten Objekte haben einen Umriss",
    "outline_cut": "ein Umriss könnte abgeschnitten sein",
    "picture_gsd": "ein Bild hat keine Georeferenz",
    "prompt_left_out": "eine Vorgabe konnte nicht verwendet werden",
    "radiometric_distance": "die Helligkeit der Termine unterscheidet sich stark",
    "radiometric_offset": "die Helligkeit der Termine unterscheidet sich um einen festen Wert",
    "residual_shift": "die Termine lagen nicht genau aufeinander",
    "saturation_share": "Teile der Bilder sind gesättigt",
    "season_gap": "die Jahreszeiten unterscheiden sich",
    "domain_doubtful": "die Szenen gleichen nur teilweise denen, an denen gelernt wurde",
    "domain_gsd": "gelernt wurde an Pixeln anderer Größe",
    "domain_unknown": "ob die Szenen denen gleichen, an denen gelernt wurde, ist nicht zu sagen",
    "domain_outside": "die Szenen gleichen nicht denen, an denen gelernt wurde",
    "enlarged": "die Pixel sind größer als die, an denen gelernt wurde",
    "other_colours": "die Szenen haben keine natürlichen Farben",
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
    date_pattern="dd.MM.y",
    per="je",
)

_LEXICON = {
    "thing:building": (
        "*gebaeude*|haus|haeuser|haeusern|hauses|daecher|daechern|dach|bauwerk*|huette*|halle|"
        "hallen|wohnhaus|wohnhaeuser|einfamilienhaeuser|scheune*|schuppen|bauten|bau|eigenheim*|"
        "immobilie*|bungalow*|garage*|werkshalle*|fabrikhalle*|lagerhalle*|bauwerken|"
        "bestandsgebaeude|hochhaus|hochhaeuser|villa|villen|altbestand*|bauobjekt*|wohngebaeude*|"
        "bauwerks|haeuschen|behausung*|domizil*|anwesen|gemaeuer|bauliche anlagen|bausubstanz|"
        "baulichkeit*|gebaeudebestand|hausbestand|haeuserbestand|baubestand|wohnhaeuser*|"
        "einfamilienhaus|einfamilienhaeuser*|mehrfamilienhaus|mehrfamilienhaeuser*|reihenhaus|"
        "reihenhaeuser*|doppelhaus*|doppelhaeuser*|lagerhaus|lagerhaeuser*|buerogebaeude*|"
        "gewerbebau*|hochhaeuser*|baracke*|anbauten|nebengebaeude*|wirtschaftsgebaeude*|stall|"
        "staelle|gebaude|gebeude|haeusle|hausdaecher*|unterkuenfte|bleibe"
    ),
    "thing:building+appeared": (
        "neubau|neubauten|neubaus|neubaute*|neu gebaute haeuser|bautaetigkeit*|neubautaetigkeit|"
        "neubebauung|bauaktivitaet*|bebauungszuwachs|gebaeudezuwachs*|neubauvorhaben|neubauzahl*"
    ),
    "thing:building+vanished": (
        "abriss|abrisse|gebaeudeverlust*|abbrueche|abriss*|haeuserverlust*|gebaeudeabgang*|"
        "gebaeudeabriss*|rueckbau*|hausabbruch|gebaeudeabbruch*|abbruecke*"
    ),
    "thing:tree": "baum|baeume|baeumen|palme*",
    "thing:vegetation": (
        "wald|waelder|waeldern|walds|waldflaeche*|vegetation|vegetationsflaeche*|gruen|"
        "gruenflaeche*|pflanzen|bewuchs|wiese*|gras|gehoelz*|acker|aecker|busch*|strauch*|"
        "mangrove*|waldgebiet*|pflanzendecke|baumbestand|gruenland|gruenflaechen|bewachsen*|rasen|"
        "weide|weiden|pflanzenwuchs|pflanzenbestand|gruenzeug|gruenes|gruenbestand|grasland|"
        "weideland|ackerflaeche*|ackerland|feldfrucht*|feldfruechte|getreide|saat|straeucher|busch|"
        "buesche|gebuesch*|hecke*|laub|laubdach|kronendach|baumdecke|gehoelze|waldbestand|forst*|"
        "nadelwald|laubwald|mischwald|weinberg*|obstgarten|obstwiese*|plantage*|kulturen|flora|"
        "unterholz|dickicht|dschungel|regenwald|ndvi"
    ),
    "thing:vegetation+vanished": (
        "entwaldung|abholzung*|rodung*|waldverlust*|vegetationsverlust*|kahlschlag*|gerodet*|"
        "abgeholzt*|vegetationsabnahme|waldrueckgang|verlust an vegetation|vegetationsrueckgang|"
        "vegetationsschwund|gruenverlust*|waldsterben|brauner|brauner geworden|braun geworden|"
        "vertrocknet*|verdorrt*|weniger gruen|verlust von gruen|verlust an gruen|"
        "verlust von vegetation|kahl|kahler|kahl geworden|gruenrueckgang|gruenabnahme|abgestorben*|"
        "waldflaechenverlust|baumverlust*|baumfaellung*|abgeholzte flaeche*|kahlflaeche*|"
        "kahlschlag|entgruent|abgestorbene vegetation|gruen verloren"
    ),
    "thing:vegetation+appeared": (
        "aufforstung*|wiederbewaldung|begruenung|vegetationszunahme|vegetationszuwachs|waldzuwachs|"
        "waldzunahme|vegetationsgewinn*|zuwachs an vegetation|neubewuchs|vegetationswachstum|"
        "gruener|gruener geworden|ergruent*|begruent*|mehr gruen|gruenzuwachs|gruenzunahme|"
        "neues gruen|zuwachs an gruen|gruengewinn*|neue vegetation|zugewuchert|verbuscht*|"
        "verbuschung"
    ),
    "thing:water": "wasser*|see|seen|gewaesser*|teich*|tuempel*|stausee*|meer",
    "thing:water+appeared": "ueberschwemm*|ueberflut*|flut|fluten|hochwasser",
    "thing:water+vanished": "ausgetrocknet*|austrocknung|duerre",
    "thing:burn": "brand|braende|verbrannt*|feuer|waldbrand*|waldbraende|brandflaeche*|abgebrannt*",
    "thing:regrowth": (
        "nachwuchs|wiederbewuchs|nachgewachsen*|nachwachsen*|erholung|erholt*|wieder gewachsen|"
        "nachgewachsene*|wieder zugewachsen|zugewachsen"
    ),
    "thing:built_up": "bebauung|bebaut*|versiegel*|siedlung*|siedlungsflaeche*|zersiedelung|stadt*",
    "thing:backscatter": "rueckstreuung|radarsignal*",
    "thing:index": "index",
    "thing:vehicle": (
        "fahrzeug*|auto|autos|lastwagen|lkw|pkw|wagen|panzer*|kettenfahrzeug*|militaerfahrzeug*|"
        "gelaendewagen|transporter*|bagger"
    ),
    "thing:ship": "schiff*|boot|boote|booten",
    "thing:aircraft": "flugzeug*",
    "thing:tank": "tank|tanks|tanklager",
    "thing:container": "container*",
    "thing:field": "feld|felder|feldern",
    "thing:any": (
        "fleck|*veraenderung|*veraenderungen|aenderung|aenderungen|objekt|objekte|objekten|etwas|"
        "alles|unterschied|unterschiede|schaden|schaeden|zerstoerung*|wandel|was|dinge|irgendetwas|"
        "irgendwas|stelle|stellen|veraenderte flaeche*|veraenderten flaeche*|sachen|nichts|"
        "keine veraenderung|irgendeine veraenderung|veraenderte stellen|einzelflaechen|"
        "veraenderungsflaeche*|eingriff*|umgestaltung*|stoerung*|veraenderungszone*|"
        "veraenderte zone*|aenderungszone*|betroffene zone*|betroffene flaeche*|betroffene stelle*|"
        "betroffene bereiche|betroffenen bereiche|veraenderte bereiche|veraenderten bereiche|"
        "veraenderten stellen|aenderungsflaeche*|aenderungsobjekt*|veraenderungsobjekt*|wechsel|"
        "umbruch|umbrueche|abweichung*|auffaelligkeit*|neuerung*|obj|objs|beschaedigung*|flecken|"
        "gegenstaende|abweichungen|abweichung|standorte|elemente|vorgaenge|vorkommnisse|ereignisse"
    ),
    "piece:any": "fleck|stelle|stellen|objekt|objekte|objekten|stueck|stuecke|einzelne|flecken",
    "state:appeared": (
        "neu|neue|neuer|neues|neuen|neuem|neu gebaut*|gebaut|gebaute*|entstanden*|hinzugekommen*|"
        "dazugekommen*|errichtet*|hinzu|dazu|erschienen*|aufgetaucht*|neuerdings|zugekommen|"
        "hinzugefuegt*|neu entstanden*|gewonnen|neu errichtet*|entstand|entstehen|kamen hinzu|"
        "aufgebaut*|dazugewonnen|kam hinzu|kamen dazu|kam dazu|neu errichtete*|errichten|bauen|"
        "neu dazugekommen*|neu hinzugekommen*|neu entstand|hochgezogen|neu bebaut*|gebaut wurde*|"
        "dazukam*|hinzukam*|aufgestellt|neu aufgetaucht*|gebauten|erbaut*|neu erbaut*|"
        "vorher nicht da|noch nicht da|frueher nicht da|vorher noch nicht|obendrauf|dazubekommen|"
        "hinzubekommen|dazugebaut*|zugebaut*|neu hinzu|neuzugang*|neuzugaeng*|zugang an|zugaenge|"
        "hinzugebaut*|neugebaut*|neu da|aus dem boden|dazugestellt*|angelegt*|fertiggestellt*|"
        "hochgezogen*|neuerrichtet*|nachtraeglich|zusaetzlich*|wiederaufgebaut*|wiederaufbau|"
        "wieder aufgebaut*|nicht existierte*|noch nicht existiert*|vorher nicht|"
        "gab es vorher nicht|frueher noch nicht|neuentstanden*|hingestellt|aufgekommen|"
        "hinzugewonnen*|neu dazu|dazu gekommen*|auftauch*|tauchte auf|tauchten auf|aufgestellt*|"
        "aus dem boden gestampft|aus dem boden geschossen|fertig gestellt*|gebaut worden|"
        "errichtet worden|entstanden sind|entstanden|entsteh*|erschein*|zubau|neuzugang|"
        "neuzugaenge|neuheit*|vorher nicht vorhanden|noch nicht vorhanden|gab es noch nicht|"
        "gab es frueher nicht|vorher nicht gab|erst seit|erst im zweiten|erst auf dem zweiten|"
        "nur im zweiten|nur auf dem zweiten|nur im spaeteren|nur auf dem spaeteren|frisch|"
        "frisch gebaut*|frische*|juengst*|neuere|neueren|kommen hinzu|gewonnen*"
    ),
    "state:vanished": (
        "weg|verschwunden*|verschwand*|verschwinden|abgerissen*|verloren*|verlust*|zerstoert*|"
        "weggefallen*|fehlt|fehlen|entfernt*|entfallen*|abgebaut*|gefaellt*|beseitigt*|"
        "nicht mehr da|verlor|verschwindet|eingeebnet*|nicht mehr vorhanden*|abgebrochen*|"
        "weggekommen|verlorengegangen*|weggerissen*|niedergerissen*|verschwunden sind|verlieren|"
        "verloren gegangen*|ging verloren|gingen verloren|geht verloren|eingestuerzt*|abgetragen*|"
        "zurueckgebaut*|platt gemacht*|rueckgebaut*|abreissen|zerstoeren|nicht mehr steh*|"
        "nicht mehr existier*|eingebuesst*|eingebuesst|dezimiert*|abhanden gekommen*|wegfiel*|"
        "wegfielen|fiel weg|fielen weg|einbusse*|nicht ueberlebt*|nicht mehr|gibt es nicht mehr|"
        "nicht mehr zu finden|weichen|verlustrate|verlustquote|abrissquote|abrissrate|"
        "nicht laenger|abhandengekommen|dahin|futsch|platt|verschwaend*|weggeraeumt*|plattgemacht*|"
        "geschleift*|dem erdboden|kaputt|wegfall|wegfaelle|abgang|abgaenge|schwund an|abgeholt|"
        "ausradiert*|vernichtet*|vernichtung|verlustig|untergegangen*|aufgegeben*|abgeraeumt*|"
        "rueckgebaute|ging|abgegangen*|beseitigung|entfernung von|abbau|abriss|abrisse|"
        "abgerissene*|rueckbau|rueckgebaut|entfallen|wegfallen|wegfaellt|weggebrochen*|"
        "eingegangen*|abgestorben*|gerodet*|rodung*|abgeholzt*|kahlgeschlagen*|niedergebrannt*|"
        "abgebrannt*|verbrannt*|weggespuelt*|fortgespuelt*|weggeschwemmt*|untergegangen|demoliert*|"
        "demontiert*|geraeumt*|ausgeloescht*|gestrichen*|fehlend*|fehlten|fehlte|mehr vorhanden|"
        "existieren nicht mehr|existiert nicht mehr|steht nicht mehr|stehen nicht mehr|"
        "nicht mehr stehen|nicht mehr steht|nicht mehr sichtbar|nicht mehr zu sehen|"
        "gibts nicht mehr|nicht mehr gibt|nicht mehr auf|nicht mehr im|nur vorher|nur im ersten|"
        "nur auf dem ersten|nur im frueheren|nur auf dem frueheren|kam abhanden|kamen abhanden|"
        "kamen weg|kam weg|verschwanden|verschwunden|zusammengebrochen*|zusammengefallen*|"
        "zusammengestuerzt*|zu schaden|dem bagger zum opfer|zum opfer|ausgefallen*|ausfall|"
        "ausfaelle|einbruch|verlustflaeche*|wegrationalisiert|beseitigen|entfernen|abzug|abzuege"
    ),
    "state:kept": (
        "geblieben*|unveraendert*|gleich geblieben*|erhalten*|bestehen*|noch da|stehen noch|"
        "an beiden terminen|beiden terminen|beiden zeitpunkten|an beiden tagen|blieben|weiterhin|"
        "stehen geblieben|ueberdauert*|noch stehen|ueberlebt*|nicht veraendert*|nicht abgerissen*|"
        "nicht verschwunden*|nicht zerstoert*|haben bestand|noch stehen*|noch steht|"
        "noch vorhanden*|stehengeblieben*|unberuehrt*|unversehrt*|verblieben*|uebrig|"
        "uebrig geblieben*|unbeschadet*|intakt*|unbeschaedigt*|in beiden bildern|"
        "auf beiden bildern|an beiden zeitpunkten|zu beiden zeitpunkten|zu beiden terminen|"
        "nicht geaendert*|gleichgeblieben*|bewahrt*|belassen*|ueberlebensquote|ueberlebensrate|"
        "stehen blieb*|blieb stehen|blieben stehen|gehalten|weiter bestehen|weiterhin vorhanden|"
        "weiterhin da|immer noch da|immer noch steh*|immer noch vorhanden|nach wie vor|beide male|"
        "in beiden aufnahmen|auf beiden aufnahmen|auf beiden fotos|durchgehend|bestaendig|konstant|"
        "nicht betroffen|verschont*|heil geblieben|ganz geblieben|ueberstanden|weiterbesteh*|"
        "beibehalten|geblieben|gleichbleibend*|bleiben|bleibt|blieb|bleibend*|ueberleben*|"
        "ueberlebend*|weiter da|weiter vorhanden|noch existier*|noch existent*|immer noch|"
        "noch immer|noch stehend*|stehend geblieben*|stehengelassen*|unangetastet*|unangetastete*|"
        "ungestoert|heil|unveraendert|bestandsgebaeude|altbestand|bestaende|in beiden jahren|"
        "an beiden daten|zu beiden daten|zu beiden zeiten|an beiden stichtagen|auf beiden|"
        "in beiden|bei beiden aufnahmen|durchgaengig|unbeeinflusst|ungeschoren|davongekommen|"
        "ausgehalten|standgehalten|widerstanden|beim alten|alles beim alten|wie vorher|wie frueher|"
        "wie gehabt|wie zuvor|genau wie vorher|so wie vorher|beim alten geblieben"
    ),
    "state:grown": (
        "vergroessert*|groesser geworden|erweitert*|wuchsen|ausgebaut*|gewachsene*|angebaut*|anbau|"
        "anbauten|gewachsen|groesser als vorher|groesser werden|groesser als frueher|aufgestockt*|"
        "groesser geworden*|gewachsen*|wuchs|waechst|ausgedehnt*|verlaengert*|verbreitert*|"
        "zugelegt|flaeche dazu|zugewachsen"
    ),
    "state:shrunk": (
        "geschrumpft*|verkleinert*|kleiner geworden|schrumpften|kleiner geworden*|schrumpf*|"
        "teilweise abgerissen*|teilabriss*|teilweise zerstoert*|teilrueckbau|kleiner als vorher|"
        "kleiner als frueher|reduziert*|verkuerzt*|zurueckgeschnitten*"
    ),
    "state:moved": "verschoben|versetzt|umgezogen|bewegt",
    "state:split": "geteilt|aufgeteilt",
    "state:merged": "verschmolzen*|zusammengewachsen|zusammengelegt",
    "state:increase": (
        "zugenommen|zunahme|zuwachs|anstieg|gestiegen|wachstum|zunehmen|nahm zu|nahmen zu|"
        "zuwaechse|nimmt zu|wachsen|waechst|wuchs|vermehrt*|gesteigert*|angestiegen*|"
        "hoeher geworden|mehr geworden|gewinn|gewinne|zugelegt|gewinnen"
    ),
    "state:decrease": (
        "abgenommen|abnahme|rueckgang|gesunken|schwund|abnehmen|geschwunden|nahm ab|nahmen ab|"
        "zurueckgegangen|weniger geworden|schrumpft*|zurueckgezogen|nimmt ab|gefallen|verringert*|"
        "vermindert*|reduziert*|geringer geworden|verkleinerung|kleiner geworden|einbruch"
    ),
    "state:changed": (
        "veraendert*|geaendert*|betroffen*|beschaedigt*|veraendern|aendern|anders|gewandelt*|"
        "wandelt*|umgestaltet*|getroffen|verwandelt*|anders geworden|beeintraechtigt*|umgewandelt*|"
        "modifiziert*|getan|abgewandelt|heimgesucht|erwischt|mitgenommen|gelitten|anders aus|"
        "umgebaut*|getroffen*|in mitleidenschaft|gestoert*|heimgesucht*|versehrt*|angetastet*|"
        "abgewandelt*|anders als vorher|tangiert*|beruehrt worden"
    ),
    "place:north-west": "nordwest*|oben links|nordwesten|nordwestlich",
    "place:north": "norden|nord|nordens|noerdlich",
    "place:north-east": "nordost*|oben rechts|nordosten|nordoestlich",
    "place:west": "westen|west|westens|westlich",
    "place:centre": (
        "mitte|zentrum|zentral*|mittendrin|mitten|kern|kernbereich|zentrums|zentralen teil"
    ),
    "place:east": "osten|ost|ostens|oestlich",
    "place:south-west": "suedwest*|unten links|suedwesten|suedwestlich",
    "place:south": "sueden|sued|suedens|suedlich",
    "place:south-east": "suedost*|unten rechts|suedosten|suedoestlich",
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
        "im ganzen|der szene|des bildes|des untersuchungsgebiets|im untersuchungsgebiet|"
        "gesamten bild|im gesamten bild|in der gesamten szene|auf der ganzen flaeche|"
        "im gesamten untersuchungsgebiet|im gesamten gebiet|ganze szene|gesamte szene|"
        "im ganzen bild|irgendwo|flaechendeckend|im gemeindegebiet|gemeindegebiet|im stadtgebiet|"
        "im ortsgebiet|im einsatzgebiet|einsatzgebiet|im projektgebiet|projektgebiet|im plangebiet|"
        "plangebiet|im zielgebiet|zielgebiet|vor ort|im ort|im dorf|in der stadt|in der gemeinde|"
        "hierzulande|im untersuchungsraum|untersuchungsraum|im kartierten gebiet|im revier"
    ),
    "date:pre": (
        "vorher|frueher|frueheren termin|frueheren zeitpunkt|am frueheren termin|davor|zuvor|"
        "im ersten bild|ersten bild|erster termin|ersten termin|anfangs|urspruenglich|damals|"
        "zum ersten zeitpunkt|im frueheren bild|im alten bild|am anfang|ersten aufnahme|zu beginn|"
        "frueheren|fruehere|zum frueheren|am frueheren|vorherigen|vorherige|ehemals|ehemalige|"
        "ehemaligen|einst|vor dem ereignis|urspruengliche|urspruenglichen|erstes bild|altes bild|"
        "im aelteren bild|aelteren bild|auf dem ersten bild|auf dem alten bild|"
        "zum frueheren zeitpunkt|zum frueheren termin|am ersten termin|frueherer|frueherem|"
        "ausgangszustand|vorherigem|<first> <image>|<at> <first> <image>|t1|zu t1|vor dem wandel"
    ),
    "date:post": (
        "nachher|spaeter|spaeteren termin|spaeteren zeitpunkt|am spaeteren termin|danach|jetzt|"
        "heute|aktuell|im zweiten bild|zweiten bild|zweiter termin|zweiten termin|derzeit|"
        "momentan|inzwischen|gegenwaertig|zum zweiten zeitpunkt|im spaeteren bild|im neuen bild|"
        "am ende|zweiten aufnahme|mittlerweile|spaeteren|spaetere|zum spaeteren|am spaeteren|"
        "nach dem ereignis|heutige|heutigen|heutiger|heutzutage|gegenwaertige*|jetzige|jetzigen|"
        "neues bild|zweites bild|auf dem zweiten bild|auf dem neuen bild|aktuelle|aktuellen|"
        "aktueller|zum spaeteren zeitpunkt|zum spaeteren termin|am zweiten termin|spaeterer|"
        "spaeterem|zuletzt|vorhandene|vorhandenen|<second> <image>|<at> <second> <image>|t2|zu t2"
    ),
    "span:both": (
        "zwischen den terminen|zwischen den beiden terminen|zwischen beiden terminen|"
        "zwischen den bildern|zwischen den beiden bildern|zwischen den aufnahmen|"
        "zwischen den beiden aufnahmen|zwischen beiden aufnahmen|zwischen beiden bildern|"
        "seit dem ersten bild|seit dem ersten termin|seit der ersten aufnahme|seitdem|"
        "im lauf der zeit|ueber die zeit|zwischen den zeitpunkten|zwischen den beiden zeitpunkten|"
        "von einem termin zum anderen|im laufe der zeit|in dieser zeit|in der zeit|seit damals|"
        "seit vorher|vor einem jahr|zwischen <both> <image>|seit <the> <first> <image>|"
        "seit der <first> <image>|seit dem <first> <image>|von <first> auf <second> <image>|"
        "ueber die <image>|von einem <image> zum anderen|in der zwischenzeit der bilder|"
        "in der zwischenzeit|zwischenzeitlich|mittlerweile|inzwischen|seither|unterdessen|"
        "dazwischen|zwischen beiden|zwischen vorher und nachher|im vergleichszeitraum|"
        "im beobachtungszeitraum|im untersuchungszeitraum|in dem zeitraum|in diesem zeitraum|"
        "im zeitraum|ueber den zeitraum|innerhalb eines jahres|binnen eines jahres|"
        "im laufe des jahres|im verlauf des jahres|ueber das jahr|im letzten jahr dazwischen|"
        "von damals bis heute|von frueher bis heute|bis heute"
    ),
    "ask:count": (
        "wie viele|wieviele|anzahl|zahl der|wie oft|zahl|wie viel gebaeude|anzahl der|menge der|"
        "gebaeudezahl*|haeuserzahl*|gebaeudebestand*|haeuserbestand*|hausbestand*|bestandszahl*|"
        "wie viele einzelne|stueckzahl|gesamtzahl|gesamtanzahl|anzahl an|anzahl von|wie vielen|"
        "wievielen|gebaeudeanzahl|gebaeude anzahl|bestand an|bestand der|zahl von|zahl an|anz|"
        "wieviel gebaeude|wiefiele|wi viele|wie fiele|wieviehle|wie viele stueck|wieviele stueck|"
        "bitte die anzahl|bitte anzahl|die anzahl|gezaehlte|wie gross ist die anzahl|"
        "wie gross ist die zahl|wie hoch ist die zahl|wie hoch ist die anzahl|welche anzahl|"
        "welche zahl|summe der gebaeude|wie viel haeuser|wieviel haeuser|anzahl gebaeude|"
        "anzahl haeuser|in zahlen|zahlenmaessig wie|zaehlstand|wv"
    ),
    "ask:howmuch": (
        "wie viel|wieviel|in welchem umfang|welche menge|wie stark|wie sehr|wie viel davon|"
        "welches ausmass|in welchem ausmass"
    ),
    "ask:area": (
        "flaeche|wie viel flaeche|wie gross|groesse|ausdehnung|wieviel flaeche|flaechen|umfang|"
        "wie viele hektar|wieviele hektar|wie viel hektar|wieviel hektar|wie viele quadratmeter|"
        "wie viele quadratkilometer|gesamtflaeche|grundflaeche|flaecheninhalt|"
        "wie viel quadratmeter|wie viel quadratkilometer|flaechenbilanz|flaechensaldo|"
        "flaechenverbrauch|bebaute flaeche|ueberbaute flaeche|fussabdruck|wieviel grundflaeche|"
        "wie viele ha|wie viel ha|wie viel land|wie viel boden|flaechenmaessig|wie gross sind|"
        "wie gross ist die|wie ausgedehnt|flaechengroesse|flaeche von|flaechenumfang|"
        "wie viel platz|wie viele m2|wie viele qm|welche flaeche|wie gross war|wie gross waren|"
        "wie gross ist|flaechensumme|summe der flaechen|flaeche insgesamt|gesamte flaeche|"
        "wie viel raum|flaechenangabe|ueberbaute grundflaeche|gebaeudeflaeche|gebaeudegrundflaeche|"
        "bodenflaeche|wie weitlaeufig|wie umfangreich|ausmass in hektar|ausmasse|flaechenmass|"
        "flaechenwert|in der flaeche"
    ),
    "ask:share": (
        "anteil|prozent|prozentsatz|anteilig|wie viel prozent|wieviel prozent|anteils|%|"
        "welcher teil|wie hoch ist der anteil|bruchteil|flaechenanteil|prozentual*|wie viel %|"
        "wie viel prozent der|zu wie viel prozent|prozentanteil|welchen anteil|welcher anteil|"
        "was fuer ein anteil|wie gross ist der anteil|wie viele prozent|welcher prozentsatz|"
        "gebaeudeanteil|anteil der|anteil an|quote|*quote|rate|verlustrate|anteile|verlustquote|"
        "abrissquote|abrissrate|ueberlebensquote|ueberlebensrate|wie hoch ist der prozentsatz|"
        "wieviele prozent|wie gross ist der prozentsatz|wie hoch ist die quote|zu welchem anteil|"
        "zu welchem teil|welcher bruchteil|prozentualer anteil|prozentuale anteil|relativer anteil|"
        "anteilsmaessig|in anteilen|relativ zu|im verhaeltnis zum|wie viel davon in prozent|"
        "bebauungsgrad|ueberbauungsgrad|versiegelungsgrad|grundflaechenzahl|bedeckungsgrad"
    ),
    "of:change": (
        "der veraenderung|der veraenderungen|aller veraenderungen|an der veraenderung|"
        "der gesamten veraenderung|von der veraenderung|des schadens|des gesamten wandels|"
        "am gesamten wandel|der gesamten veraenderungen|aller veraenderung|an allen veraenderungen|"
        "an der gesamten veraenderung|der veraenderungen insgesamt|aller aenderungen|"
        "der gesamten aenderung|der gesamtaenderung|der gesamtveraenderung|"
        "an der gesamtveraenderung|der gesamten veraenderten flaeche|des gesamten verlusts|"
        "des gesamtverlusts|am gesamtverlust|aller verluste|der gesamten verluste|"
        "des ganzen verlusts|des ganzen wandels|vom gesamten verlust|vom gesamten wandel|vom ganzen"
    ),
    "of:objects": (
        "aller gebaeude|der gebaeude|aller objekte|von allen|davon|der haeuser|des bestands|"
        "des bestandes|des alten bestands|vom bestand|vom alten bestand|des frueheren bestands|"
        "des altbestands|des heutigen bestands|der bauten|der alten gebaeude|"
        "der frueheren gebaeude|der heutigen gebaeude|aller haeuser|von den gebaeuden|"
        "von den haeusern|der alten haeuser|der urspruenglichen|am bestand|am gebaeudebestand|"
        "des gebaeudebestands|aller bauten|des frueheren bestandes|des alten bestandes|"
        "des altbestandes|des urspruenglichen bestands|des urspruenglichen bestandes|"
        "am frueheren bestand|am alten bestand|am gesamtbestand|des gesamtbestands|"
        "des gesamtbestandes|des gebaeudebestandes|des hausbestands|der frueheren|der damaligen|"
        "der heutigen|des heutigen bestandes|des jetzigen bestands"
    ),
    "of:valid": (
        "der flaeche|des bodens|der gesamtflaeche|des gebiets|des gebietes|der szene|des bildes|"
        "vom gebiet|der landflaeche|des gelaendes|der untersuchten flaeche|"
        "des untersuchungsgebiets|der beurteilten flaeche|vom boden|ueberbaut|der ganzen flaeche|"
        "der gesamten flaeche|des areals|bebauungsgrad|ueberbauungsgrad|versiegelungsgrad|"
        "bedeckungsgrad|grundflaechenzahl"
    ),
    "ask:density": (
        "*dichte|dicht|pro quadratkilometer|je quadratkilometer|pro km2|je km2|dichter bebaut|"
        "dicht bebaut|am dichtesten|pro hektar|je hektar|pro ha|je ha|bebauungsdichte|"
        "gebaeudedichte"
    ),
    "ask:length": "wie lang|laenge|gesamtlaenge|wie viele kilometer|wie viele meter",
    "ask:average": (
        "durchschnitt*|mittlere*|im mittel|mittelwert|im schnitt|typisch*|*durchschnittlich*|"
        "durchschnittsgroesse|mittelgross*|mittlerer|durchschnittsflaeche|mittlere groesse|"
        "wie gross im schnitt|wie gross im mittel|mittel|schnitt|pro haus|pro gebaeude|je haus|"
        "je gebaeude|ueblich*|durchschnitt|im durchschnitt|durchschnittlich*"
    ),
    "ask:median": "median*",
    "ask:yesno": (
        "gibt es|gab es|ist|sind|hat|haben|wurde|wurden|war|waren|kam|kamen|steht|siehst du|"
        "erkennst du|sieht man|ist dort|ist da|ist hier|sind dort|sind da|sind hier|hat sich|gibts|"
        "gabs|wurde dort|wurden dort|wurde da|wurden da|ist eins|ist eines|ist etwas|ist was|"
        "sind welche|ist irgendwas|ist irgendetwas|hat jemand|haben sich|war dort|war da"
    ),
    "ask:compare_dates": (
        "wie hat sich die zahl|wie hat sich die anzahl|wie veraenderte sich die zahl|"
        "wie hat sich der bestand|wie hat sich der gebaeudebestand|verlust und zuwachs|"
        "zuwachs und verlust|vorher und nachher|vorher nachher|mehr oder weniger|"
        "zugenommen oder abgenommen|zunahme oder abnahme|frueher und heute|vergleich der termine|"
        "vergleiche die termine|mehr als vorher|weniger als vorher|mehr als frueher|"
        "weniger als frueher|im vergleich zu vorher|um wie viel prozent|um wieviel prozent|"
        "vorher vs nachher|vorher gegen nachher|im vergleich zu frueher|beide termine|"
        "gewachsen oder geschrumpft|vorher gegenueber nachher|mehr oder weniger geworden|"
        "davor und danach|zu oder abgenommen|veraenderung der zahl|veraenderung der anzahl|"
        "entwicklung der zahl|wie entwickelte sich|wie hat sich _ entwickelt|"
        "gestiegen oder gesunken|gesunken oder gestiegen|mehr geworden oder weniger|"
        "mehr gebaeude als vorher|mehr haeuser als vorher|mehr haeuser als frueher|"
        "mehr gebaeude als frueher|weniger haeuser als|weniger gebaeude als|"
        "vergleiche vorher und nachher|vergleiche vorher mit nachher|vergleich vorher nachher|"
        "vergleich von vorher und nachher|vergleiche beide termine|vergleiche die beiden termine|"
        "vergleiche die beiden zeitpunkte|vergleiche die zeitpunkte|"
        "unterschied zwischen vorher und nachher|als vor einem jahr|als zuvor|als vorher|"
        "als frueher|als damals|verglichen mit frueher|verglichen mit vorher|"
        "im vergleich zum ersten|wachstumsrate|prozentuale veraenderung|prozentualer zuwachs|"
        "relative veraenderung|wie hat sich ... entwickelt|wie haben sich ... entwickelt|"
        "wie hat ... zugenommen|wie veraenderte sich ... zahl|um wie viele ... zugenommen|"
        "um wie viele ... abgenommen|um wie viele ... gewachsen|um wie viele ... gestiegen|"
        "um wie viel ... zugenommen|um wie viel ... gewachsen|um wie viel ... gestiegen|"
        "um wie viel ... abgenommen|um wie viel ... groesser|wie viele mehr|vor und nach|"
        "vorher wie nachher|zu beiden terminen|zu beiden zeitpunkten|an beiden terminen jeweils|"
        "je termin|pro termin|je zeitpunkt|pro zeitpunkt|jeweils vorher|vorher bzw nachher|"
        "erster und zweiter termin|erster gegen zweiter|alt gegen neu|alt und neu|frueher vs heute|"
        "frueher gegen heute|damals und heute|damals und jetzt|frueher und jetzt|damals vs heute|"
        "mehr als damals|weniger als damals|mehr oder weniger als|wuchs die zahl|wuchs die anzahl|"
        "stieg die zahl|stieg die anzahl|sank die zahl|veraenderung gegenueber|gegenueber vorher|"
        "gegenueber frueher|zuwachsrate|wachstum in prozent|zuwachs in prozent|"
        "prozentuales wachstum|wie entwickelt sich|entwicklung des bestands|"
        "entwicklung der gebaeude|wie stark ... gewachsen|wie stark ... zugenommen|"
        "wie sehr ... gewachsen|um wieviel ... gewachsen|um wieviel ... gestiegen|"
        "um wieviel ... zugenommen|mehr geworden|weniger geworden|hoch oder runter|"
        "rauf oder runter|trend|von wie viel auf wie viel|von wie vielen auf wie viele|"
        "von was auf was|von welchem wert auf|von wieviel auf wieviel|entwickelt|"
        "entwicklung der anzahl|entwicklung des bestandes|bestandsentwicklung|"
        "wachstum des bestands|wachstum des gebaeudebestands|wie stark ... gestiegen"
    ),
    "ask:net": (
        "netto*|netto|nettoveraenderung|nettoaenderung|netto veraenderung|*bilanz|saldo|*saldo|"
        "unterm strich|nettozuwachs|nettoverlust|in der summe gewonnen|per saldo|im saldo|"
        "minus verluste|zuwachs minus verlust|neu minus verschwunden|gewonnen minus verloren|"
        "bilanziert|nettogewinn|unter dem strich|nettoeffekt|nettobilanz|gesamtbilanz|"
        "differenz neu|plus minus|ueberschuss|zugaenge minus abgaenge|abzueglich der verluste|"
        "abzueglich verluste|gegengerechnet|verrechnet"
    ),
    "ask:compare_places": (
        "vergleiche|vergleich|gegenueber|verglichen|versus|vs|als|unterschied zwischen|"
        "im vergleich|oder im|staerker|mehr als|welcher hat mehr|wo mehr|oder in|oder in der|"
        "im gegensatz zu|im unterschied zu|staerker als|dichter als"
    ),
    "ask:which_two": (
        "welcher von beiden|welches von beiden|welche von beiden|wer von beiden|"
        "welcher der beiden|welches der beiden|welche der beiden|wo von beiden|"
        "vergleiche die zwei|vergleiche die beiden|vergleiche sie|vergleiche beide|"
        "unterschied zwischen beiden|unterschied zwischen den beiden|welcher ist staerker|"
        "welches ist staerker|in welchem von beiden|in welchem der beiden|von beiden"
    ),
    "ask:rank": (
        "welche* <part>|je <part>|pro <part>|nach <part>|<part> mit|in jede* <part>|welcher teil|"
        "welcher bezirk|welche bezirke|welches viertel|welcher stadtteil|welches gebiet|"
        "welche haelfte|wo am meisten|welche gebiete|rangliste|reihenfolge|am staerksten betroffen|"
        "in welchem teil|in welchem bezirk|in welchem viertel|in welchem gebiet|welche region|"
        "je bezirk|pro bezirk|nach bezirk|nach teilen|welcher bereich|schwerpunkt*|"
        "am wenigsten betroffen|in welcher haelfte|welchem bezirk|in welcher region|hotspot*|"
        "welchem stadtteil|ordne|sortiere|welcher distrikt|in welchem distrikt|welchem distrikt|"
        "welche parzelle*|welches grundstueck|welche gemeinde*|welcher ortsteil|welche ortsteile|"
        "welche stadtteile|welche viertel|welcher sektor|welcher quadrant|je stadtteil|"
        "pro stadtteil|nach stadtteil*|je parzelle|pro parzelle|je gebiet|pro gebiet|"
        "in welchem bereich|welchem bereich|in welchem stadtteil|welchem viertel|je viertel|"
        "pro viertel|in welcher ecke|welche ecke|in welcher gegend|welche gegend|"
        "auf welcher parzelle|auf welchem grundstueck|nach bezirken|nach gebieten|je teil|pro teil|"
        "rangfolge|ranking|brennpunkt*|wo passierte am meisten|ueber die bezirke|auf die bezirke|"
        "verteilt auf|verteilt ueber|verteilung ueber|in jedem|je haelfte|bezirk mit|parzelle mit|"
        "teil mit|stadtteil mit|welcher der bezirke|welcher stadtbezirk|welche parzellen|"
        "welche teile|welches quartier|welche gemeinde|wo im gebiet am meisten|je himmelsrichtung|"
        "nach himmelsrichtung*|pro himmelsrichtung|fuer jeden bezirk|fuer jeden teil|"
        "fuer jedes viertel|fuer alle bezirke|bezirksweise|aufgeteilt nach|verteilt nach|"
        "gruppiert nach|getrennt nach|sortiert nach|aufgeschluesselt nach|geordnet nach|"
        "am haertesten|am schlimmsten|am heftigsten|am meisten betroffen|spitzenreiter|"
        "schlusslicht|hochburg*|welche seite|welche richtung hat|bezirke mit|welchem teil|"
        "in welchen bezirken|in welchen teilen|welchem quadranten|in welchem quadranten|"
        "in welchem sektor|tabelle nach|auflistung nach|liste nach"
    ),
    "rank:most": (
        "am meisten|die meisten|am staerksten|hoechste*|meisten|meiste|groesste anzahl|"
        "groesste zahl|staerksten|den meisten|der meiste|das meiste|haeufigsten|am haeufigsten|"
        "hoechste anzahl|absteigend|meiste zuerst|am haertesten|am schlimmsten|am heftigsten|"
        "spitzenreiter|groessten zuwachs|groesster zuwachs|groesste verluste|groessten verlust|"
        "groesster verlust|groesste zunahme|groesste abnahme|meisten zuwachs|maximum|fuehrt|"
        "fuehrend|vorn|vorne|an erster stelle|platz eins|die mehrzahl|das gros|schwerste*|"
        "am schnellsten|schnellste*|am rasantesten|meiste bis wenigste|vom meisten zum wenigsten|"
        "von viel nach wenig|von gross nach klein|von hoch nach niedrig|"
        "in absteigender reihenfolge|absteigender reihenfolge|absteigender|"
        "der groesse nach absteigend|am intensivsten|am massivsten|am deutlichsten|am ehesten|"
        "am oeftesten|groesster anteil|groessten anteil|hoechster anteil|hoechsten anteil|"
        "hoechsten wert|hoechster wert|schwerpunkt der|mehrheit|grossteil|hauptteil|ganz oben|"
        "oben in der liste|an der spitze|spitze|vorderster|fuehrt die|am staerksten betroffen|"
        "am schwersten|schwersten|am aergsten|staerker betroffen als alle|am uebelsten"
    ),
    "rank:least": (
        "am wenigsten|die wenigsten|wenigsten|geringste*|am schwaechsten|kleinste anzahl|"
        "geringste anzahl|am geringsten|schwaechsten|den wenigsten|am seltensten|aufsteigend|"
        "wenigste zuerst|kleinste zuerst|schlusslicht|minimum|kleinsten zuwachs|kleinster verlust|"
        "geringsten verlust|am mildesten|am glimpflichsten|letzter platz|hinten|am langsamsten|"
        "langsamste*|wenigste bis meiste|vom wenigsten zum meisten|von wenig nach viel|"
        "von klein nach gross|von niedrig nach hoch|in aufsteigender reihenfolge|"
        "aufsteigender reihenfolge|aufsteigender|am unveraendertsten|niedrigste*|am niedrigsten|"
        "kleinster anteil|kleinsten anteil|geringster anteil|geringsten anteil|ganz unten|"
        "unten in der liste|am ende der liste|am ruhigsten|ruhigste*|am besten davongekommen|"
        "am besten weggekommen|am leichtesten|am schonendsten|am seltensten betroffen"
    ),
    "rank:strong": (
        "rangliste|reihenfolge|am staerksten betroffen|am wenigsten betroffen|je bezirk|"
        "pro bezirk|nach bezirk|nach teilen|hotspot*|ordne|sortiere|schwerpunkt*|rangfolge|"
        "ranking|je stadtteil|pro stadtteil|nach stadtteil*|je viertel|pro viertel|nach bezirken|"
        "je gebiet|pro gebiet|je parzelle|pro parzelle|ueber die bezirke|auf die bezirke|"
        "verteilt auf|verteilt ueber|verteilung ueber|in jedem"
    ),
    "rank:halves": "welche haelfte|in welcher haelfte|haelften|haelfte",
    "rank:areas": "welche gebiete|welches gebiet|in welchem gebiet|meine gebiete|meiner gebiete",
    "by:number": (
        "nach anzahl|nach zahl|nach der anzahl|nach der zahl|zahlenmaessig|nach stueck|"
        "statt flaeche|statt nach flaeche|anzahlmaessig"
    ),
    "by:area": (
        "nach flaeche|nach groesse|nach der flaeche|flaechenmaessig|statt anzahl|statt zahl|"
        "statt nach anzahl|in flaeche|nach grundflaeche|statt der anzahl|statt der zahl"
    ),
    "ask:where": (
        "wo|liegt|liegen|lage|wo genau|zeige|zeig|standort*|position|koordinaten|"
        "in welcher richtung|wo liegen|befindet|befinden|wo befindet|verortet|zeig mir wo|"
        "an welcher stelle|verorte|lokalisier*|gelegen|welche stelle|in welcher ecke liegt|wo sind|"
        "wo ist|wo war|wo waren|wo steht|wo stehen|laengengrad|breitengrad|welche* himmelsrichtung|"
        "welche* richtung|in welche* richtung|an welchen stellen|an welcher position|wo etwa|"
        "wo ungefaehr|wo ueberall|wo auf der karte|auf der karte|auf karte|markiere|markier|"
        "zeig auf|zeige auf|standorte|geoposition|geokoordinaten|koordinate|in welchem winkel|"
        "raeumlich|raeumliche verteilung|raeumlich verteilt|verteilung im raum|fundort*|oertlich*|"
        "wo denn|verorten|lokalisation|begrenzungsrahmen|wohin"
    ),
    "ask:where_most": (
        "wo liegt das meiste|wo sind die meisten|wo am meisten|hauptsaechlich|groesstenteils|"
        "wo wurde hauptsaechlich|ueberwiegend"
    ),
    "ask:largest": (
        "der groesse nach|nach groesse|nach der groesse|groesste*|am groessten|groessten|"
        "umfangreichste*|groesster|groesstes|das groesste|die groesste|der groesste|"
        "am staerksten gewachsen|am meisten gewachsen|maximale groesse|groesstes objekt|"
        "das mit der groessten flaeche|flaechengroesste*|maechtigste*|riesigste*|groesste flaeche|"
        "hauptflaeche|das dickste|top gebaeude|spitzenreiter nach flaeche|riesen|"
        "staerkste vergroesserung|groesste vergroesserung|groesster anbau|"
        "am staerksten vergroessert|am meisten vergroessert|am staerksten erweitert"
    ),
    "ask:smallest": (
        "kleinste*|am kleinsten|kleinsten|winzigste*|kleinster|kleinstes|kleinste aenderung|"
        "das kleinste|die kleinste|der kleinste"
    ),
    "ask:top": "top",
    "ask:list": (
        "liste|nenne|zeige|zaehle auf|zeig|zaehl _ auf|liste auf|auflisten|aufzaehlen|nenn|"
        "nenn mir|gib mir"
    ),
    "ask:each": (
        "liste|auflisten|liste auf|zaehle auf|zaehl _ auf|aufzaehlen|auflistung|liste der|"
        "liste aller|alle auflisten|liste alle|jedes einzelne|jeden einzelnen|jede einzelne|"
        "einzeln|einzeln auf|der reihe nach|nenne alle|nenn alle|zeig alle|zeige alle|gib alle|"
        "alle anzeigen|gesamtliste|komplette liste|vollstaendige liste|spuck aus|spuck mal"
    ),
    "relation:near": (
        "nahe|in der naehe|naehe|neben|entlang|am|bei|nah|an der|umgebung|um den|von der|vom|beim|"
        "unweit|rund um|unmittelbar am|direkt am|im umkreis|umkreis|entfernt|entfernt von|"
        "nicht weit von|nahe bei|nahe am|nahe an|in flussnaehe|flussnah*|angrenzend*|naeher als|"
        "naeher|nicht weiter als|nicht weiter weg als|hoechstens ... entfernt|maximal ... entfernt|"
        "weniger als ... entfernt|weniger als ... vom|im abstand von|in einem abstand von|"
        "im radius|radius|puffer|pufferzone|in reichweite|hoechstens ... vom|hoechstens ... von|"
        "maximal ... vom|maximal ... von|bis zu ... vom|bis zu ... von|nicht mehr als ... vom|"
        "nicht mehr als ... von|in unmittelbarer naehe|in der unmittelbaren naehe|"
        "in direkter naehe|nahebei|nahegelegen*|dicht am|dicht an|dicht bei|nah am|nah an|nah bei|"
        "nahe der|nahe des|laengs|laengs des|am rand|am rande|am ufer|seitlich|"
        "innerhalb von ... vom|innerhalb von ... um|im abstand bis|im puffer|in einem umkreis|"
        "anliegend*|anrainer*|benachbart*|gegenueber dem|unweit vom|unweit des|streifen am|"
        "streifen entlang|streifen|korridor|korridor entlang|randstreifen|saum|guertel"
    ),
    "relation:touches": (
        "beruehr*|schneid*|kreuz*|ueberlapp*|auf dem|auf der|direkt auf|genau auf|liegen auf|"
        "liegt auf"
    ),
    "relation:within": "innerhalb|im|in|in den|in der",
    "relation:outside": (
        "ausserhalb|nicht in|nicht im|weiter als|nicht am|nicht an|nicht auf|nicht nahe|weit weg|"
        "fern von|weiter weg|nicht beruehr*|nicht schneid*|nicht kreuz*|nicht ueberlapp*|"
        "nicht innerhalb|nicht neben|nicht in der naehe|nicht bei|nicht direkt am|nicht direkt an|"
        "ohne den fluss zu|ausserhalb von|weiter entfernt als|mehr als ... entfernt|"
        "mindestens ... entfernt|ueber ... entfernt|weiter weg als|abseits|abseits vom|fern vom|"
        "fernab"
    ),
    "relation:except": "ausser|ohne den|ohne die|ohne das|abgesehen von|ohne",
    "ask:nearest": (
        "naechste|naechsten|am naechsten|wie weit|entfernung|abstand|wie nah|naechstgelegene*|"
        "wie weit entfernt|wie weit ist|wie weit liegt|wie weit weg|am dichtesten dran"
    ),
    "ask:touched": (
        "mit veraenderung|mit veraenderungen|wie viele meiner|welche meiner|sind betroffen|"
        "enthalten|haben veraenderungen|wie viele der|betroffen sind|wurden getroffen|"
        "waren betroffen|aufweisen|weisen _ auf|verzeichnen|verzeichneten|wie viele parzellen|"
        "wie viele bezirke"
    ),
    "ask:transitions": (
        "wozu|wurde zu|zu was|was wurde aus|arten von|art der veraenderung|welche art|nach klassen|"
        "nach art|uebergaenge|welche klassen|je klasse|pro klasse|klassen|worin|was ist aus|"
        "aufgeschluesselt|aufschluesselung|kategorien|was wurde zu was|uebergang*|"
        "arten der veraenderung|welche arten|geworden zu|nach zustand|was geschah mit|"
        "was passierte mit|was ist mit|aufteilung|aufgeteilt nach|nach typ|nach kategorie|je art|"
        "pro art|statusuebersicht|schicksal|nach arten|was ist mit den|gliedere|aufgliederung|"
        "was wurde aus den|wurde aus|was geschah|was passierte|wie ging es|zustaende|je zustand|"
        "pro zustand|nach status|je status|status der|status aller|in welche klassen|welche klasse|"
        "welche kategorie*|veraenderungsart*|veraenderungstyp*|typ der veraenderung|typen von|"
        "sorten|zusammensetzung|zusammengesetzt|verbleib|umgewandelt in|umwandlung*|"
        "uebersicht nach|alle zustaende|alle kategorien|einteilung|klassenweise|kreuztabelle"
    ),
    "ask:explain": (
        "woher weisst du|woher weiss man|woher kommt|wie gemessen|wie berechnet|beleg*|nachweis*|"
        "quelle|grundlage|wie wurde das gemessen|wie wurde das berechnet|erklaer*|worauf beruht|"
        "woher hast du|wie kommst du|herkunft|wie wurde das gezaehlt|woher stammt|"
        "wie wurde das ermittelt|wie ist das gemessen|woher stammen|wie hast du|"
        "wie wurde _ ermittelt|wie wurde _ berechnet|wie wurde _ gemessen|wie wurde _ bestimmt|"
        "wie wurde diese|wie wird _ berechnet|wie wird _ gemessen|wie bist du|wie kamst du|"
        "worauf stuetzt|worauf basiert|begruende*|woraus ergibt|woran erkennst|wieso glaubst|"
        "wie kommt _ zustande|wie kam _ zustande|wie ergibt sich|kannst du das belegen|"
        "nachvollzieh*|wo kommt _ her|wo hast du|woher nimmst|quellen|wie ist _ zustande gekommen|"
        "wie kommt die zahl|herleitung"
    ),
    "ask:sure": (
        "signifikan*|fehlerquelle*|wie sicher|zuverlaessig*|verlass*|vertrau*|genau|genauigkeit|"
        "unsicher*|vorsicht*|fehler*|einschraenkung*|stimmt das|bist du sicher|vorbehalt*|irrtum|"
        "wie gut|qualitaet|falsch|sicher|glaubwuerdig|warnung*|hinweise|ist das richtig|"
        "ist das korrekt|stimmen die|wie belastbar|belastbar*|wie verlaesslich|verlaesslich*|"
        "wie genau ist|fehlalarm*|zweifel*|sicherheit|worauf muss ich achten|"
        "worauf sollte ich achten|haltbar|schwaechen|wie glaubhaft|wie exakt|bedenken|einwaende|"
        "wie praezise|beachten|aufpassen|achten|im hinterkopf|wie vertrauenswuerdig|"
        "vertrauenswuerdig|wie solide|solide|stichhaltig|hieb und stichfest|hand und fuss|"
        "zutreffend|zutrifft|trifft das zu|plausibel|wie plausibel|glauben|kann man das glauben|"
        "fehlerquote|fehlerrate|treffsicher*|gesichert|abgesichert|kann ich mich|"
        "ueber oder unterschaetzt|ueberschaetzt|unterschaetzt|echte veraenderung|"
        "wirkliche veraenderung"
    ),
    "ask:excluded": (
        "welche flaeche fehlt|was fehlt|fehlt im bild|fehlen daten|fehlt auf dem bild|ausgelassen*|"
        "ausgenommen*|nicht beurteilt*|weggelassen*|wolke*|keine daten|ohne daten|ausgeschlossen*|"
        "nicht erfasst*|luecke*|fehlende daten|nicht untersucht*|verdeckt*|nicht ausgewertet*|"
        "nicht beruecksichtigt*|bewoelkt*|datenluecke*|unbeobachtet*|uebersprungen*|aussen vor|"
        "nicht geprueft*|fehlen irgendwo daten|fehlen _ daten|fehlt _ bild|fehlen teile|"
        "fehlt etwas|fehlt was|fehlende bildteile|bildluecken|nicht zu sehen|nicht sichtbar|"
        "unvollstaendig|vollstaendig erfasst|alles abgedeckt|vollstaendig abgedeckt|lueckenlos|"
        "nicht einsehbar|nicht auswertbar|nicht bewertet*|unberuecksichtigt|abgedeckt|"
        "nicht beurteilbar|nicht abgedeckt|nicht analysiert*|schatten|verschattet|vollstaendig|"
        "fehlt ein teil|fehlt ein stueck|teil des bildes fehlt|fehlen stellen|fehlt mir|"
        "warum fehlt|wieso fehlt|fehlt hier|fehlen hier|fehlt ... bild|fehlen ... bild|fehlt im|"
        "fehlt in|fehlen im|auswertbar|nutzbar|verwertbar|beurteilbar|ausgewertet werden|"
        "beurteilt werden|ausgespart*|unklar geblieben|nicht einbezogen*|aussortiert*|verworfen*|"
        "ungueltig*|gueltige pixel|ohne bilddaten|leere stellen|leere pixel|loecher|loch|"
        "bildausfall|datenausfall|nichts zu sehen|nicht erkennbar|nicht beobachtet*|"
        "nicht betrachtet*|nicht einbezogen|nicht verwertbar*|unbrauchbar*|nicht nutzbar|"
        "bedeckt von wolken|unter wolken|wolkenbedeckung|bewoelkung|fehlender daten|datenmangel|"
        "mangels daten|nicht ausgewertet|konntest du nicht|nicht gesehen|nicht sehen|ausgeblendet*|"
        "maskiert*|komplett erfasst|komplett abgedeckt|ganz erfasst|ganz abgedeckt|alles erfasst|"
        "alles gesehen|alles geprueft|ausgefallen*|ausfall|ausfaelle|nicht bewert*|nicht beurteil*|"
        "nicht auswert*|nicht pruef*|nicht untersuch*|nicht betracht*|nicht analysier*|"
        "nicht erkenn* koennen|nicht einsehbar*|nicht einseh*|nicht ausgewertete|keine aussage|"
        "keine auskunft|keine bewertung|keine beurteilung|unbewertet*|unbeurteilt*|ungeprueft*|"
        "nicht beruecksichtig*|unberuecksichtigt*|nicht abgedeckt*|wolken*|nebel"
    ),
    "ask:aligned": (
        "ausgerichtet*|passgenau*|verschiebung|versatz|deckungsgleich*|registriert*|"
        "liegen aufeinander|aufeinander|lagegenau*|restverschiebung|passen zusammen|georeferenz*|"
        "passen die bilder|uebereinander|koregistr*|wie gut passen|decken sich|"
        "liegen _ uebereinander|genau aufeinander|lagegenauigkeit|verschoben zueinander|"
        "uebereinstimm*|exakt uebereinander|ausrichtung|lagefehler|lageversatz|lageabweichung|"
        "bildversatz|pixelversatz|versetzt|passen aufeinander|passen uebereinander|passen genau|"
        "deckung|zueinander verschoben|gegeneinander verschoben|genau uebereinander|registrierung|"
        "passgenauigkeit|lagerichtig|deckungsgleich|passen sie|bilder passen|liegen die bilder"
    ),
    "ask:method": (
        "was bedeutet ... genau|was heisst ... genau|wie gross muessen ... sein|mindestgroesse|"
        "welche methode|welches verfahren|verfahren|methode|schwellwert|schwelle|algorithmus|"
        "detektor|wie klein|einstellungen|kleinste erfasste|wie funktioniert|wie wurde das gemacht|"
        "wie wurde gezaehlt|wie wurden|erfassungsgrenze|zaehler|wie arbeitet|womit wurde|"
        "kleinste flaeche die|wie wurde _ erkannt|womit|nachweisgrenze|erkennungsgrenze|vorgehen|"
        "ansatz|vorgehensweise|welches modell|welche software|welcher ansatz|kleinste erkennbare|"
        "kleinste objektgroesse|kleinstes erkennbares|wie gross muss|ab welcher groesse|"
        "mindestflaeche|kleinste groesse|welche groesse muss|methodik|messmethode|welches programm|"
        "kleinstes gebaeude das|welcher algorithmus|noch erfasst|noch erkannt|"
        "wie wurde das erstellt|wie wurde das gerechnet|gerechnet|wie wurde gerechnet|"
        "wie wird gerechnet|wie definier*|was zaehlt als|was gilt als|was verstehst du unter|"
        "definition|mindestmass|untergrenze|minimale groesse|minimalgroesse|erfassungsschwelle|"
        "rechenweg|rechenverfahren|auf welche weise|auf welchem weg|welche technik|"
        "welches werkzeug|wie gehst du vor|wie seid ihr|wie bist du vorgegangen|"
        "wie wurde vorgegangen|wie wurde verglichen|wie wurde gemessen|wie wird gezaehlt|"
        "wie zaehlst|wie erkennst|wie misst|wie rechnest|wie wurde ausgewertet|"
        "wie wurde die veraenderung|wie wurde die zaehlung|wie wurde der vergleich|"
        "welches verfahren steckt dahinter|methode steckt dahinter|verfahren steckt dahinter|"
        "kleinstes objekt|kleinste objekte|kleinste gebaeude|wie wurde ... durchgefuehrt|"
        "wie wurde ... gemacht|wie laeuft das verfahren|nach welchem verfahren|"
        "nach welcher methode|mit welchem verfahren|mit welcher methode|wie geht das verfahren|"
        "arbeitsweise"
    ),
    "ask:pair": (
        "welche daten|welche bilder|aufnahmedatum|wann wurden|von wann|aufloesung|pixelgroesse|"
        "bodenaufloesung|zeitraum|wie gross ist das gebiet|groesse des gebiets|welche termine|"
        "aufgenommen|wann|aufnahmen|welche szenen|wie gross ist das untersuchungsgebiet|"
        "welche zeitpunkte|untersuchungsgebiet|wie gross ist ein pixel|gueltige flaeche|"
        "welchem zeitraum|wie alt sind die bilder|aus welchem jahr|aus welchen jahren|"
        "welches datum|welches aufnahmedatum|an welchem tag|wie viel zeit liegt|wie viele tage|"
        "wie viele monate|zeitabstand|zeitlicher abstand|wie gross ist die szene|"
        "wie gross ist das bild|rasterweite|wie gross sind die pixel|gebietsgroesse|wie alt sind|"
        "sensor|bildpaar|welche aufnahmen|wie gross ist dieses gebiet|gesamtgroesse des gebiets|"
        "bildaufloesung|datum der bilder|datum der aufnahmen|satellitenbild*|welcher satellit|"
        "aufnahmedaten|aufnahmetermin*|aufnahmezeit*|bilddatum|bilddaten|datum|welcher tag|"
        "welche tage|an welchen tagen|wann war|wann wurde|wann sind|wann ist|abstand der aufnahmen|"
        "zeitlich auseinander|wie weit auseinander|zeitdifferenz|zeitspanne|welche zeitspanne|"
        "welche bilddaten|welche fotos|welches bildmaterial|bildmaterial|eingangsdaten|"
        "ausgangsdaten|datengrundlage|datenbasis|meter pro pixel|pixelweite|wie fein|"
        "pixelaufloesung|wie gross ist mein gebiet|gebietsflaeche|untersuchte flaeche|"
        "untersuchten flaeche|beurteilte flaeche|beurteilten flaeche|wie viel wurde beurteilt|"
        "wie viel wurde untersucht|wie viel konnte|welche flaeche wurde untersucht|"
        "welche flaeche wurde beurteilt|aufnahmetag*|aufnahmezeitpunkt*|welche bildern|"
        "wann aufgenommen|wann wurde aufgenommen|von wann sind|von wann stammen|"
        "wie alt sind die aufnahmen|bildquelle*|bildgrundlage|welche daten wurden|"
        "welche daten hast|verwendete daten|verwendete bilder|welche bilder wurden|"
        "welche aufnahmen wurden"
    ),
    "ask:results": (
        "welche ergebnisse|ergebnisse|welche auswertungen|was wurde berechnet|welche analysen|"
        "welche vergleiche|liste der ergebnisse|was liegt vor|auswertungen|welche daten hast du|"
        "was hast du|vorhandene ergebnisse|fertige ergebnisse|welche resultate|"
        "was ist schon berechnet|was gibt es bisher|bisherige ergebnisse|welche zaehlungen|"
        "auswertungen sind fertig|analysen sind fertig|welche auswertung|fertige auswertungen|"
        "fertige analysen|abgeschlossene*|was ist fertig|was ist abgeschlossen|was wurde schon|"
        "was wurde bisher|was wurde bereits|bereits berechnet|bereits gerechnet|schon gerechnet|"
        "schon gelaufen|welche laeufe|welche berechnungen|vorliegende ergebnisse|ergebnisse vor|"
        "ergebnisse es gibt|ergebnisse gibt es|resultate|was haben wir schon|was haben wir bisher|"
        "was habe ich schon|was ist vorhanden|vorhandene auswertungen|verfuegbare*|was ist geladen|"
        "geladene daten|an ergebnissen vor|liegt an ergebnissen|an ergebnissen|an auswertungen|"
        "was liegt alles vor|liegt vor|liegen vor"
    ),
    "ask:places": (
        "welche orte|welche ebenen|welche gebiete kann|welche gebiete gibt|welche layer|"
        "welche bereiche kann|liste der orte|welche orte kann|welche gebiete kennst|"
        "welche bezirke gibt|welche orte kennst|welche bezirke kennst|welche bezirke sind|"
        "welche bereiche|nach welchen orten|welche flaechen kann|liste der bezirke|"
        "liste der gebiete|welche gegenden|orte kann ich|teilgebiete|welche teilgebiete|"
        "abfragen kann|kann ich abfragen|namen der bezirke|namen der gebiete|bezirksnamen|"
        "ortsnamen|welche namen|welche raeumlichen|raeumliche einheiten|welche polygone|"
        "welche einheiten|welche gebiete sind|welche orte gibt|welche orte sind|gebiete gibt es|"
        "bezirke gibt es|orte gibt es|ebenen gibt es|layer gibt es|fragen stellen|"
        "kann ich fragen nach|darf ich fragen|gebiete kennst|orte kennst|bezirke kennst|"
        "ebenen kennst|gebiete sind hinterlegt|ebenen sind hinterlegt|orte sind bekannt|"
        "namen kann ich"
    ),
    "ask:caption": (
        "fasse _ zusammen|fass _ zusammen|fasst _ zusammen|beschreib*|zusammenfass*|fasse zusammen|"
        "fass zusammen|ueberblick|was hat sich veraendert|was hat sich geaendert|was ist passiert|"
        "was ist anders|kurz gesagt|was ist neu|was ist geschehen|was gibt es neues|"
        "was veraenderte sich|bildunterschrift|was hat sich getan|was ist los|uebersicht|"
        "welche veraenderungen gibt es|was fuer veraenderungen|fasse|fass|fasst|in einem satz|"
        "in einem absatz|lagebild|kurzfassung|stichpunkte|das wichtigste|kernaussage*|"
        "gesamteindruck|kurzbeschreibung|zusammengefasst|was siehst du|erzaehl*|was ist zu sehen|"
        "kurzueberblick|was ist hier passiert|was tat sich|auf den punkt|resuemee|fazit|"
        "worum geht es|bilder gleich|bilder identisch|identisch|unterscheiden sich|"
        "sehen gleich aus|aufnahmen gleich|ist alles gleich|alles beim alten|beim alten|"
        "was liegt vor uns|was zeigt|was zeigen|was sieht man|was sehen wir|was sagt|was ergab|"
        "was ergibt|ergebnis in|kernpunkte|wesentliche|das wesentliche|wesentlichen|"
        "zusammenfassend|kurze zusammenfassung|kurzer ueberblick|gesamtbild|gesamtlage|"
        "lage vor ort|lagebericht|lagemeldung|situation|wie ist die lage|wie ist die situation|"
        "was gibts neues|was gibt es zu berichten|was hat sich so getan|was ist alles passiert|"
        "was ist dort passiert|was geschah hier|was hat sich ergeben|befund|befunde|hauptergebnis*|"
        "hauptbefund*|in wenigen worten|in kurzen worten|in einfachen worten|mit einfachen worten|"
        "in zwei saetzen|in drei saetzen|schildere|schilder|erlaeutere|erlaeuter|umschreibe|"
        "steckbrief|kurzinfo|briefing|abstract|synopse|summary|sinngemaess|bildunterschrift*|"
        "bildtext|untertitel|bildbeschreibung|kartenunterschrift|einzeiler|lage im ueberblick|"
        "was geschah|was ist vorgefallen|wesentliches|die wichtigsten punkte|in kuerze|"
        "in eigenen worten|fass mir|abriss der lage|erzaehl mir|erzaehle mir|erzaehl|"
        "klaer mich auf|bring mich auf den stand|auf den neuesten stand|auf den aktuellen stand|"
        "gleich die beiden|sind gleich|ist gleich|dasselbe bild|das gleiche bild|"
        "die gleichen bilder|identisch*|gleich oder nicht|fasse ... zusammen|fass ... zusammen|"
        "fassen ... zusammen|fasst ... zusammen|beschreibe ... kurz|schildern|stelle ... dar|"
        "umreisse|skizziere"
    ),
    "ask:paragraph": (
        "mehr details|mehr einzelheiten|naeheres|absatz|ausfuehrlich*|im detail|detailliert*|"
        "laenger*|mehr text|ganzer absatz|umfangreicher*|einzelheiten|im einzelnen|"
        "laengere fassung|ausgiebiger"
    ),
    "ask:report": (
        "bericht*|report|dokument|word datei|worddatei|html|pdf|docx|exportier*|word dokument|"
        "pdf bericht|dossier|speicher*|herunterladen|protokoll|gutachten|ausarbeitung|ausdruck|"
        "ausdrucken|druckversion|abspeichern|als datei|als dokument|zum ablegen|zum abheften|"
        "fuer die akte|fuer die akten|verschriftlich*|schriftlich*|dokumentier*|dokumentation|"
        "berichtsform|vermerk|export|download"
    ),
    "format:docx": (
        "word|docx|word datei|worddatei|word bericht|wordbericht|word dokument|word format|"
        "wordformat|im word format|als word|als worddatei|als word datei|in word|docx format|"
        "im docx format|word version"
    ),
    "format:html": (
        "html|webseite|pdf|browser|html format|im html format|als html|als pdf|pdf format|"
        "im pdf format|pdf datei|pdf dokument|internetseite|als webseite|druckversion|druckfassung|"
        "zum ausdrucken"
    ),
    "style:short": (
        "kurz|kurzer|kurzen|kurzbericht|knapp*|kurzes|kuerzer*|kuerze|knapper*|kompakt*|gekuerzt|"
        "weniger text|nicht so lang|einseitig*|zu lang|in einem satz|ein satz|einen satz|knackiger|"
        "weniger worte|kuerzer bitte|kurzfassung|kurzversion|kurz gehalten|in kurz|kurzform|"
        "in kurzform|knapp gehalten|auf einer seite|eine seite|ein blatt|zusammengefasst"
    ),
    "ask:work": (
        "starte|starten|fuehre|ausfuehren|beginne|rechne|analysiere|durchfuehren|mach|lass|erneut|"
        "noch einmal|durch|bitte zaehlen|neu rechnen|neu berechnen|lass laufen|neu starten|"
        "kannst du zaehlen"
    ),
    "work:compare": (
        "vergleich der bilder|vergleiche die bilder|aenderungsanalyse|veraenderungsanalyse|"
        "aenderungserkennung|bildvergleich|vergleiche beide bilder|veraenderungserkennung|"
        "einen vergleich|vergleiche die szenen|vergleiche die beiden bilder|"
        "vergleiche diese bilder|suche veraenderungen|finde veraenderungen|"
        "finde alle veraenderungen|finde die veraenderungen|finde unterschiede|"
        "finde heraus was sich|suche unterschiede|suche nach veraenderungen|"
        "vergleiche meine bilder|vergleiche meine beiden bilder|vergleich die bilder|"
        "bilder vergleichen|die bilder vergleichen|vergleiche die aufnahmen|"
        "vergleiche die beiden aufnahmen|veraenderungen suchen|erkenne veraenderungen|"
        "finde was sich"
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
        "laeuft noch|wie lange noch|stand der dinge|wann ist es fertig|wie lange dauert|"
        "wie lang dauert|wie weit bist du|laeuft es noch|laeuft das noch|bist du fertig|"
        "ist es fertig|schon durch|wann fertig|zwischenstand|wie weit ist das|wie weit sind wir|"
        "wie weit seid ihr|wie weit ist der|wie weit ist er|wie weit ist sie|"
        "wie weit ist der auftrag|wie laeufts|wie laeuft es|wie laeuft das|wie laeuft die|"
        "laeuft die|laeuft der|wie stehts mit|wie steht es mit der|wie steht es um|"
        "stand der rechnung|stand der zaehlung|stand der berechnung|wie ist der stand|"
        "aktueller stand|wie lange braucht|wie lange brauchst|wieviel prozent fertig|"
        "schon erledigt|erledigt|schon so weit|bald fertig|noch am rechnen|am rechnen|am laufen|"
        "noch am laufen|wann kann ich|dauert es noch|dauert das noch"
    ),
    "ask:cancel": (
        "stopp|stop|abbrechen|brich ab|breche ab|stoppe|hoer auf|beende|brich|brecht|brich es|"
        "brich das|brich es ab|brich es wieder ab|storniere*|stornier|mach das rueckgaengig|"
        "rueckgaengig|abblasen|anhalten|halte an|stopp das|beenden|vergiss es|verwirf|"
        "nicht mehr noetig|zurueckziehen|stoppen|cancel|brich das ab|brechen sie ab|"
        "bitte abbrechen|halt an|halt es an|aufhoeren|storniere|stornieren|doch nicht|lass es|"
        "lass das|abbruch"
    ),
    "ask:yes": (
        "ja|ja bitte|mach das|los|okay|ok|gerne|bitte starten|ja mach|in ordnung|jawohl|"
        "einverstanden|leg los|starte es|nur zu|ja gerne|mach es|klar|na klar|bitte ja|"
        "leg los bitte|ja starte|ja mach das|ja los|natuerlich|selbstverstaendlich|start|"
        "bitte mach|von mir aus|ja starten|ja bitte starten|los gehts|mach mal|tu das|genau so|"
        "ja gern|gern|passt|passt so|freigegeben|bestaetigt|bestaetige|starten bitte|klar mach|"
        "auf gehts|ok los|ja ok|ja okay|sicher|jo|joa|jup|jep|jepp|jap|klaro|logo|oki|okidoki|"
        "jawoll|aber ja|ja doch|ja klar|ja mach mal|mach ruhig|gerne doch|weiter|fortfahren|"
        "ja fortfahren|y"
    ),
    "ask:no": (
        "nein|nein danke|lieber nicht|lass es|nicht noetig|doch nicht|besser nicht|"
        "lieber doch nicht|nicht jetzt|lass das|bloss nicht|nee|ne|noch nicht|auf keinen fall|"
        "jetzt nicht|bitte nicht|nicht starten|lass mal|spaeter vielleicht|kein bedarf|noe|"
        "nein nein|ach nein|nein lass|bitte nein|spaeter"
    ),
    "ask:appearance": "sieht aus|sehen aus|aussehen|wie sieht|wie sehen",
    "calc:sum": (
        "summe|zusammen|zusammengerechnet|addiere|plus|zusammengenommen|summiere|beides zusammen|"
        "alles zusammen|addier|zusammengezaehlt|zusammenzaehlen|beide zusammen|addieren|"
        "zaehle zusammen"
    ),
    "calc:ratio": (
        "verhaeltnis|quotient|geteilt durch|wievielmal|wie viel mal|faktor|um welchen faktor|"
        "dividiere|im verhaeltnis zu"
    ),
    "calc:difference": (
        "minus|abzueglich|differenz|subtrahier*|unterschied der beiden|differenz der beiden|"
        "abziehen|ziehe _ ab|zieh _ ab|ziehe|zieh|die differenz|der unterschied|voneinander ab|"
        "voneinander abziehen|zieh* ab|abzieh*|abgezogen|differenz davon|"
        "unterschied zwischen den beiden|weniger die|zieh die|ziehe die"
    ),
    "no:cause": (
        "von wem|warum|weshalb|wieso|ursache*|grund|gruende|wegen|schuld|verantwortlich*|"
        "ausgeloest|wodurch|weswegen|verursacht*|absicht*|aus welchem grund|ausloeser|illegal*|"
        "genehmigt*|woran liegt|aufgrund|infolge|folge von|woher ruehrt|weil|was steckt dahinter|"
        "steckt dahinter|hintergrund|hintergruende|was hat _ ausgeloest|wer hat|wozu dient|zweck|"
        "natuerliche ursache*|schuldig*|urheber*|zu welchem zweck|durch wen|durch was|durch <doer>|"
        "durch <the> <doer>|vom <doer>|von <the> <doer>|zu tun mit|haengt _ zusammen mit|"
        "hat <the> <hazard>|haben <the> <hazard>|war <the> <hazard>|war es <the> <hazard>|"
        "war das <the> <hazard>|war es <hazard>|war das <hazard>|ist das <hazard>|wer war|wer ist|"
        "wer hatte|wer baute|wer riss|wer zerstoerte|wer steckt|wer traegt|woran lag|wer haben|"
        "wer sind|<hazard> oder <hazard>|war es <hazard> oder|lag es am|lag es an|liegt es an|"
        "liegt es am|kam es durch|koennte <hazard>|dahinter steckt|war das der|waren das die|"
        "kam das durch|hat das verursacht|hervorgerufen"
    ),
    "no:not_observable": (
        "baujahr|eigentum|gehoeren die|gehoert das|menschen|person|personen|leute|einwohner*|"
        "bewohner*|bevoelkerung*|geld|kosten|kostet|kostete*|preis*|euro|einkommen|kohlenstoff|co2|"
        "emission*|biomasse|tiefe|volumen|hoehe|hoch sind|wie tief|stockwerk*|temperatur*|"
        "besitzer*|eigentuemer*|wem gehoert|arten leben|tiere|tote|verletzte|verkehr|laerm|"
        "luftqualitaet|ertrag|steuer*|wie hoch sind die|wie hoch ist das haus|"
        "wie hoch ist das gebaeude|wohnen|leben|lebt|wohnt|familien|haushalte|wert der|wertverlust|"
        "tonnen|liter|wassertiefe|wie viele tiere|arbeitsplaetze|marktwert|schadenssumme|opfer|"
        "wie teuer|teuer|wie alt sind die gebaeude|wie alt sind die haeuser|wasserstand|hoehe der|"
        "hoehe des|wie hoch ist das hoechste|hoechstes gebaeude|hoechste gebaeude|einkommen*|"
        "gehalt|loehne|mieten|miete|mieter*|arbeitslose*|schueler|kinder|frauen|maenner|mensch|"
        "kubikmeter|schutt*|versichert*|versicherung*|baukosten|baumaterial|ziegel|beton|aus holz|"
        "holzhaeuser|gewicht|gesundheit|gefaehrlich|sicher zu bewohnen|tierarten|voegel|rehe|"
        "schadstoff*|feuchtigkeit|grundwasser|stromverbrauch|energieverbrauch|kriminalitaet|"
        "obdachlos*|gluecklich|reich|arm|armut|verkehrsaufkommen|passagiere|arbeiter|dollar|"
        "wie viele menschen|kinderzahl|hoehe der gebaeude|hoehenmeter|stockwerke|etagen|keller|"
        "in euro|anwohner*|verdien*|besitzen|besitzt|welche feldfrucht|welches getreide|"
        "welche baumart|baumarten|welche kultur"
    ),
    "maybe:not_observable": "wie hoch|heiss|warm|tief|alter",
    "no:outside_dates": (
        "morgen|naechstes jahr|naechsten jahr|zukunft|vorhersage*|prognose*|wird es|werden es|"
        "gestern|letzte woche|in zehn jahren|kuenftig*|zukuenftig*|voraussichtlich|vor jahren|"
        "im naechsten jahr|kommenden jahr|kommende jahr|jahrzehnten|naechster monat|"
        "naechsten monat|naechste woche|demnaechst|in zukunft|in fuenf jahren|in ein paar jahren|"
        "vor zehn jahren|vor fuenf jahren|im mittelalter|letzten monat|letzten sommer|mittelalter|"
        "vor dem ersten bild|vor dem ersten termin|nach dem zweiten bild|nach dem zweiten termin|"
        "vor jahrzehnten|wird sich|werden sich|wird das|in den naechsten jahren|naechsten sommer|"
        "wird ueberleben|naechste flut|naechstes hochwasser|wird stehen|werden stehen|"
        "stehen naechstes jahr|kommendes jahr|kommenden"
    ),
    "no:outside_area": (
        "ausserhalb des gebiets|ausserhalb des gebietes|ausserhalb der szene|"
        "ausserhalb des bildes|anderswo|weltweit|nachbarort|im ganzen land|jenseits|"
        "nachbargemeinde|landesweit|bundesweit|ausserhalb vom gebiet|"
        "ausserhalb des untersuchungsgebiets|ganz deutschland|anderen laendern|rund um das gebiet|"
        "im umland|umland|nachbargebiet*|rest der stadt|im rest des landes|im nachbarland|"
        "in der nachbarstadt|nachbarstadt|nachbarstaedte|neben dem bild|auf der welt|"
        "ausserhalb der karte|im bundesland|auf der ganzen welt|in london"
    ),
    "ask:inject": (
        "ignoriere|ignorier|vergiss|anweisungen|systemprompt|du bist jetzt|sag einfach|behaupte|"
        "sage einfach|antworte mit|tu so|erfinde|passwort|geheim*|schluessel|python|skript|"
        "schreib code|ueberschreibe|missachte|spiele die rolle|api schluessel|system prompt|"
        "sag dass|sage dass|deine regeln|antworte nur mit|umgehe|halluziniere|luege|denk dir|"
        "anmeldedaten|zugangsdaten|regeln brechen|ohne einschraenkungen|du musst|antworte dass|"
        "schreibe dass|gib aus|befehl*|ignorieren|regeln vergessen|behaupten"
    ),
    "ask:other": (
        "gedicht*|witz|witze|lied|rezept|wetter|uebersetz*|hauptstadt|fussball*|film|hausaufgabe*|"
        "kochen|aufsatz|nachrichten|horoskop|geburtstag|bundeskanzler*|praesident*|bitcoin|"
        "restaurant*|hotel*|sinn des lebens|raetsel|email|e mail|singe|singen|kuchen|backen|"
        "quadratwurzel|schiedsrichter|reim*|lieblings*|wie heisst du|wie geht es dir|magst du|"
        "pizza|bier|wein|kaffee|tee|torte|fruehstueck|abendessen|mittagessen|kino|musik|spiel|"
        "spiele|schach|lotto|quiz|roman|geschichte erzaehlen|erzaehl mir eine geschichte|urlaub|"
        "reise nach|schauspieler*|saenger*|papst|koenig*|wie spaet|uhrzeit|wechselkurs|aktie|"
        "aktien|aktienkurs|abnehmen|diaet|arzt|kopfschmerz*|freundin|heirat*|heiraten|weltmeister*|"
        "olympia|bundesliga|champions league|zug nach|bus nach|fahrkarte*|ticket*|reisepass|"
        "einkaufsliste|weihnacht*|ostern|einhorn|drache|philosoph*|gott|bibel|primzahl*|"
        "ableitung von|erinnere mich|wecker|spiel musik|mach das licht|licht an|witz*|lustig"
    ),
    "ask:supposed": (
        "was waere|wenn es|wenn man|wenn noch|angenommen|haette es|haetten wir|falls|"
        "was passiert wenn|stell dir vor"
    ),
    "ask:help": (
        "hilfe|was kannst du|hallo|guten tag|danke|wer bist du|was kann ich fragen|guten morgen|"
        "moin|servus|vielen dank|hilf mir|was kann ich|was kann das|dieses programm|diese app|"
        "wie bediene|tschuess|auf wiedersehen"
    ),
    "limit:least": (
        "groesser als|ueber|mindestens|mehr als|ab|groesser|wenigstens|nicht kleiner als|oberhalb|"
        "uebersteig*|ueberschreit*|hoeher als|oder mehr|und mehr|oder groesser|und groesser|"
        "aufwaerts|jenseits von|nicht unter|min|minimal|von mindestens|ab einer groesse von|"
        "groessere"
    ),
    "limit:most": (
        "kleiner als|unter|hoechstens|weniger als|bis|kleiner|maximal|nicht groesser als|unterhalb|"
        "unterschreit*|oder weniger|oder kleiner|nicht mehr als|nicht ueber|geringer als|"
        "hoechstens so gross|nicht weiter als|nicht groesser|max|hoechstgroesse|bis zu|bis maximal"
    ),
    "limit:between": "zwischen",
    "size:than": (
        "groesser als ein*|kleiner als ein*|so gross wie"
    ),
    "unit:ha": (
        "ha|hektar|in hektar|wie viele hektar|wieviele hektar|wie viel hektar|wieviel hektar|"
        "in ha|als hektar|umgerechnet in hektar"
    ),
    "unit:m2": (
        "m2|quadratmeter|quadratmetern|qm|in quadratmetern|in m2|in qm|wie viele quadratmeter|"
        "wie viel quadratmeter|als quadratmeter|in m 2"
    ),
    "unit:km2": (
        "km2|quadratkilometer|quadratkilometern|in quadratkilometern|in km2|"
        "wie viele quadratkilometer|wie viel quadratkilometer"
    ),
    "unit:%": (
        "in prozent|als prozent|als anteil|als prozentsatz|prozentual|in %|in prozenten|"
        "als prozentwert|prozent bitte|anteilig|in prozentzahlen|als quote|prozentmaessig|"
        "prozentuell|in relation|relativ gesehen|relativ|anteilsmaessig|bezogen auf den bestand|"
        "bezogen auf alle|im verhaeltnis zum bestand"
    ),
    "unit:m": "m|meter|metern|in metern",
    "unit:km": "km|kilometer|kilometern|in kilometern",
    "layer:river": (
        "fluss*|fluesse*|bach|baeche*|ufer*|kanal*|kanaele*|wasserlauf*|gewaesser*|gewaesserrand*|"
        "uferstreifen|bachlauf*|flusslauf*|flussufer*|wasserlaeufe|strom|stroms"
    ),
    "layer:road": (
        "strasse*|autobahn*|wege|landstrasse*|am weg|dem weg|des weges|vom weg|zum weg|strassenrand"
    ),
    "layer:railway": "bahn|bahnen|eisenbahn*|bahnlinie*|gleis*|schiene*",
    "layer:district": (
        "bezirk*|stadtteil*|viertel*|kommune*|ortsteil*|distrikt*|quartier*|gemarkung*|gemeinde|"
        "gemeinden|gemeindegebiet*|stadtbezirk*|stadtviertel*|kiez*|verwaltungsbezirk*|"
        "gemeindeteil*|wahlkreis*|stadtgebiet*|wohnviertel*|wohngebiet*"
    ),
    "layer:parcel": "parzelle*|flurstueck*|grundstueck*|baugrundstueck*|flurstuecke*",
    "layer:coast": "kueste*|strand*",
    "layer:zone": "zone*|schutzgebiet*|hochwasserzone*",
    "layer:pipeline": "leitung*|pipeline*",
    "layer:school": "schule*",
    "layer:any": "ebene*|layer*|polygon*",
    "link:of": "von|vom|des|der|von der|von dem",
    "link:with": "mit|aus|wie|durch|hinter|fuer",
    "verb:lie": "liegt|liegen|lag|lagen|befinden|befindet|stehen|steht",
    "follow:and": (
        "und|wie sieht es aus|und wie|was ist mit|auch|dann|oder|und was ist mit|aber|und fuer|"
        "ausserdem|wie sieht es|wie siehts|wie schaut es|wie schauts|wie steht es|wie stehts|"
        "wie sieht das|wie verhaelt es|und wie sieht es|und wie siehts|und was|was gilt fuer|"
        "und jetzt|und dann"
    ),
    "follow:same": (
        "dasselbe|das gleiche|genauso|gleiche frage|ebenso|dasselbe fuer|das gleiche fuer|dito|"
        "das selbe"
    ),
    "follow:other": (
        "die andere haelfte|anderen haelfte|andere haelfte|gegenueberliegende*|die andere seite|"
        "anderen seite"
    ),
    "follow:those": "diese|dieser|diesen|die|davon|sie|es|das|welche|deren|jene|ihnen|dieses",
    "follow:second": (
        "und wie viele|und wie viel|und wo|und welche|und was|und welches|und wie gross|"
        "und um wie viel|und wo liegt|und wo sind|aber wie viele|aber wie viel|aber wo|aber welche|"
        "aber was|aber wie gross|sowie wie viele|ausserdem wie viele|dazu wie viele"
    ),
    "follow:instead": "stattdessen|nur|lieber|ausschliesslich|allein",
    "follow:next": (
        "das naechste|der naechste|die naechste|naechste bitte|das naechstgroesste|"
        "naechstgroesste*|die naechstgroesste|naechstkleinere*|das danach|und danach|das folgende|"
        "naechstkleinste*|und das naechste|noch eins|was kommt danach|welches kommt danach|"
        "kommt danach|kommt als naechstes|als naechstes|das dahinter|der dahinter|die dahinter|"
        "danach kommt|eins weiter|eine weiter|das darauf folgende|darauffolgende*|nachfolgende*|"
        "der folgende|die folgende|zweitplatzierte*|der zweite platz"
    ),
    "follow:not": "nicht|kein|keine|keins|keines",
    "not:any": "ohne|kein|keine|keinen|keinerlei",
    "nth:2": (
        "zweiter stelle|zweite stelle|an zweiter stelle|zweitgroesst*|zweitkleinst*|nummer zwei|"
        "nr 2|nummer 2|platz zwei|platz 2|zweiter platz|zweiten platz|zweiten rang|rang zwei|rang 2"
    ),
    "nth:3": (
        "dritter stelle|dritte stelle|an dritter stelle|drittgroesst*|drittkleinst*|nummer drei|"
        "nr 3|platz drei|platz 3|dritten platz|rang drei|rang 3"
    ),
    "ask:each_of": (
        "pro haus|pro gebaeude|je haus|je gebaeude|pro stueck|je stueck|pro objekt|je objekt"
    ),
    "follow:whole": (
        "von wie vielen|von wievielen|aus wie vielen|von wie viel|von insgesamt wie vielen|"
        "von wie vielen insgesamt"
    ),
    "ask:limits": (
        "vorbehalt*|einschraenkung*|unsicherheit*|fehlerquelle*|schwachstelle*|schwaeche*|mangel|"
        "maengel|wovor|vor was muss ich|womit muss ich rechnen|relativieren|verzaehlt|uebersehen|"
        "daneben|messfehler|messunsicherheit|risiko|risiken|fallstrick*|tuecke|tuecken|grenzen der|"
        "schwachpunkt*|fehleranfaellig*|stolperstein*|haken|artefakt*|stoerung*|problemstelle*|"
        "kritikpunkt*|wie belastbar|belastbar*|was schraenkt|eingeschraenkt*"
    ),
    "aside:so": (
        "wie sieht es|wie siehts|wie schaut es|wie schauts|wie sieht das|verfahren steckt dahinter|"
        "methode steckt dahinter|falls moeglich|wenn moeglich|wenn es geht|falls vorhanden|"
        "wenn es welche|falls es welche|falls ueberhaupt|wer weiss|die leute|den leuten|lebt wohl|"
        "weil ich|weil wir|ich frage weil|wegen der|wird gebraucht|wird benoetigt|"
        "wird praesentiert|ich werde|wir werden|werde ich|werden wir|tut mir leid|von mir aus|"
        "im grunde|aus gutem grund|auf grund|wenn man nur|wenn wir nur|wenn wir den|wenn ich nur|"
        "wenn ich den|fuer <the> <audience>|fuer <audience>|fuer unsere <audience>|"
        "fuer meine <audience>|fuer <whose> <purpose>|fuer <whose> _ <purpose>|fuer <purpose>|"
        "fuers <purpose>|fuers _ <purpose>|in <whose> <purpose>|<audience> <saying>|"
        "versicherungsnehmer* <saying>|versicherte* <saying>|kunde <saying>|kundin <saying>|"
        "chef <saying>|chefin <saying>|buergermeister* <saying>|kollege* <saying>|"
        "kollegin <saying>|wenn es so viele gibt|wenn es so viele sind|falls es so viele gibt|"
        "sofern es so viele gibt|sofern vorhanden|soweit vorhanden|soweit bekannt|sofern moeglich|"
        "soweit moeglich|wenn es das gibt|wenn es passt|wenn es recht ist|wenn es keine umstaende|"
        "wenn man das so sagen kann|keine ahnung"
    ),
    "aside:there": (
        "in diesem bezirk|diesem bezirk|in diesem viertel|diesem viertel|dieser parzelle|"
        "dieser bezirk|dieses viertel|der bezirk dort|diesem stadtteil|dieser stadtteil|"
        "diesem ortsteil|dieser <part>|diesem <part>|dieses <part>|dieser ort|diesem ort|"
        "diesem dorf|dieser gemeinde|dieser siedlung|dieser stadt"
    ),
    "by:growth": (
        "am staerksten gewachsen|am meisten gewachsen|staerkste vergroesserung|"
        "groesste vergroesserung|groesster anbau|am staerksten vergroessert|"
        "am meisten vergroessert|am staerksten erweitert"
    ),
    "nth:any": "nr|nummer|rang|platz",
    "work:run": (
        "starte ... zaehlung|lass ... zaehlen|fuehre ... zaehlung|mach ... zaehlung|"
        "zaehlung durchfuehren|starte ... vergleich|fuehre ... vergleich|starte ... erkennung|"
        "starte ... analyse"
    ),
    "size:of": "groesser als|kleiner als|nicht groesser als|nicht kleiner als|groesser|kleiner",
    "relation:apart": "entfernt|entfernte|entfernten|entfernt liegen|entfernt liegend|weg",
    "by:howmuch": "um wie viel|um wieviel|um wie viele|wie viel groesser|um welchen betrag",
    "none:changed": (
        "keine veraenderung|keine veraenderungen|keine aenderung|keine aenderungen|keinen wandel|"
        "unveraendert*|unberuehrt*|nichts passiert|nichts veraendert|nichts geaendert|nichts getan|"
        "nichts geschehen|ohne veraenderung|ohne veraenderungen|ohne aenderung|ohne aenderungen|"
        "kein wandel|nichts neues|keinerlei|null veraenderung|kein unterschied|keine unterschiede|"
        "keine abweichung|keine abweichungen|keine schaeden|kein schaden"
    ),
    "ask:captioned": (
        "bildunterschrift*|bildtext|untertitel|bildbeschreibung|unterschrift|legendentext|"
        "kartenunterschrift|einzeiler"
    ),
    "ask:confirm": (
        "stimmt das|stimmts|ist das richtig|ist das wahr|ist das korrekt|trifft das zu|richtig|"
        "korrekt|stimmt|kannst du das bestaetigen|koennen sie das bestaetigen|bestaetigen sie das|"
        "ist dem so|ist das so|stimmt es|oder taeusche ich mich|taeusche ich mich|taeusch ich mich|"
        "irre ich mich|liege ich richtig|lieg ich richtig|oder nicht|nicht wahr|oder irre ich"
    ),
    "follow:on_how_many": "auf wie vielen|bei wie vielen|wie viele davon",
    "follow:rather": "statt|anstatt|anstelle von|anstelle der|und nicht|aber nicht|sondern nicht",
    "none:sides": "auf welcher seite|welche seite|welcher seite|welche haelfte|in welcher haelfte",
}  # fmt: skip

_SETS = {
    "doer": (
        "erdbeben*|sturm|stuerme|orkan*|hochwasser*|flut|ueberschwemmung*|krieg*|explosion*|"
        "bombe*|erdrutsch*|brand|feuer|waldbrand|tornado*|tsunami*|hurrikan*|angriff*|beschuss|"
        "unwetter*|stadt|stadtverwaltung|regierung|bauherr*|klimawandel|klima|lawine*|duerre|"
        "trockenheit|gemeinde|eigentuemer*|investor*|menschen|mensch|regen|wind|landwirtschaft|"
        "bauern|kaefer|borkenkaefer|katastrophe|behoerde*|wetter|hitze|bergbau|bagger|hagel*|"
        "blitz*|hitzewelle*|bergsturz|mure|schlammlawine*|luftangriff*|vandal*|dammbruch|"
        "erosion|frost|schnee|eis|sturmflut|abrissbirne|bauunternehmen|deichbruch|wildverbiss|"
        "wildschwein*|biber"
    ),
    "hazard": (
        "erdbeben*|sturm|stuerme|orkan*|hochwasser*|flut|ueberschwemmung*|krieg*|explosion*|"
        "bombe*|erdrutsch*|brand|feuer|waldbrand|tornado*|tsunami*|hurrikan*|angriff*|beschuss|"
        "unwetter*|klimawandel|lawine*|duerre|trockenheit|regierung|borkenkaefer|hagel*|blitz*|"
        "hitzewelle*|bergsturz|mure|schlammlawine*|luftangriff*|luftschlag|bagger|vandal*|"
        "dammbruch|erosion|frost|schnee|eis|sturmflut|deichbruch|wildverbiss|wildschwein*|biber"
    ),
    "audience": (
        "besitzer*|eigentuemer*|bewohner*|leute|menschen|einwohner*|mieter*|bauern|landwirt*|"
        "bevoelkerung|familien|nachbarn|buerger*|kunden|studenten|schueler*|versicherung*|armee|"
        "militaer|polizei|besucher*|kinder|anwohner*"
    ),
    "the": "der|die|das|den|dem|ein|eine|einen|einem|einer|dieser|dieses|diesem|diesen",
    "purpose": (
        "akte|akten|bericht|unterlagen|protokoll|vermerk|notiz|aktennotiz|dokumentation|"
        "vorlage|beschlussvorlage|stadtrat|gemeinderat|rat|gremium|vorstand|ausschuss|sitzung|"
        "besprechung|vortrag|praesentation|folie|folien|presse|pressemitteilung|zeitung|"
        "artikel|reportage|ueberschrift|schlagzeile|diplomarbeit|masterarbeit|bachelorarbeit|"
        "doktorarbeit|seminararbeit|hausarbeit|arbeit|referat|studie|newsletter|versicherung|"
        "versicherer|gutachten|gutachter|archiv|anhang|fussnote|webseite|homepage|plakat|flyer|"
        "unterricht|vorlesung|seminar|gericht|verhandlung|antrag|statistik|schadensakte|"
        "schadenakte|schadenmeldung|schadensmeldung|regulierung|abrechnung|rechnung|amt|"
        "behoerde|ministerium|minister|ministerin|buergermeister|buergermeisterin|chef|chefin|"
        "kunden|kundin|kunde|kollegen|kollegin|team|abteilung|lagebesprechung|lagevortrag|"
        "einsatzleitung|stab|kommandeur|foerderantrag|haushalt|ausschreibung|vertrag|uebergabe|"
        "uebersicht|ablage"
    ),
    "saying": (
        "sagt|sagte|sagen|behauptet|behaupten|meint|meinte|will|moechte|wollen|moechten|fragt|"
        "fragte|fragen|glaubt|glauben|denkt|denken|schreibt|berichtet|braucht|brauchen|"
        "wuenscht|vermutet|befuerchtet|hofft|beschwert|klagt|versichert|bestreitet|gibt an|"
        "wuesste gern"
    ),
    "whose": (
        "die|das|den|der|dem|ein|eine|einen|einem|meine|meinen|mein|meinem|unsere|unseren|"
        "unser|unserem|ihre|ihren|morgige|naechste"
    ),
    "image": (
        "bild|bilds|bildes|bilde|bildern|bilder|aufnahme|aufnahmen|foto|fotos|termin|termins|"
        "termine|zeitpunkt*|szene|szenen|datum|stand|tag|befliegung*|ueberflug*|satellitenbild*|"
        "luftbild*|aufnahmezeitpunkt*|aufnahmetag*|epoche*|stichtag|erhebung|messung|zustand|"
        "kartierung|aufnahmedatum|bildstand"
    ),
    "first": (
        "erste*|fruehere*|aeltere*|alte|alten|altes|vorherige*|vorige*|urspruengliche*|"
        "anfaengliche*"
    ),
    "second": (
        "zweite*|spaetere*|neuere*|neue|neuen|neues|neueste*|aktuelle*|letzte*|juengere*|"
        "juengste*|heutige*"
    ),
    "part": (
        "teil|teile|teilen|bezirk*|stadtteil*|viertel|vierteln|ortsteil*|quadrant*|sektor*|"
        "parzelle*|flurstueck*|grundstueck*|distrikt*|gemeinde*|region*|ecke|zone*|"
        "stadtbezirk*|stadtviertel*|kiez*|viertels|flurstuecken|areal*|abschnitt*|bereich*|"
        "kartenfeld*|kartenfelder*|feld|felder|feldern|rasterfeld*|kachel|kacheln|planquadrat*|"
        "neun teile|neun teilen"
    ),
    "both": "den|beiden|den beiden|beide|die beiden|diesen|diesen beiden|meinen beiden",
    "at": "im|am|zum|auf dem|in dem|in der|zur|auf der|vom|von der|bei der|beim|an dem",
    "verb": (
        "gemessen|berechnet|ermittelt|bestimmt|gezaehlt|gefunden|abgeleitet|erhoben|errechnet|"
        "erzeugt|festgestellt"
    ),
}
"""Words that stand for each other in phrases of the lexicon."""
_PARTICLES = "bitte denn eigentlich mal"
_FILLERS = """
der die das den dem des ein eine einen einem einer eines im in am an auf zu zum zur von vom bei mit
nach aus fuer durch ueber unter um und oder aber so denn als ist sind war waren sein wird werden
wurde wurden worden hat haben hatte habe kann koennen koennte sollte wuerde es sie er wir ihr du ich
mir mich dir uns euch bitte mal doch noch schon auch nur sehr mehr weniger viel viele wie was wer wo
wann welche welcher welches welchen welchem dieser diese dieses diesen diesem jener kein keine
keinen nicht alle alles jede jeder jedes gibt gab man sich dort da hier dass ob wenn zwischen seit
bis jetzt eigentlich etwa genau ungefaehr circa insgesamt sag sage zeig zeige gib nenne nennen sagen
zeigen finde finden findest gefunden erkannt gemessen entdeckt sieht sehe sichtbar liegt liegen lag
lagen steht stehen stand standen gross klein hoch bild bilder karte gebiet gebiets gebietes teil
teile teils teilen bereich region seite flaeche ort orte datum termin termine terminen zeitpunkt
jahr jahre jahren zeit zwei andere anderen beide beiden frage antwort daten zahl wert ergebnis
ueberhaupt wohl zudem ausserdem ganz gar recht davon dazu dabei daran darin darauf welch sowie ja
okay gut bedeckt bedecken umfasst umfassen betraegt machen macht gemacht passiert geschehen geworden
kommen kam kamen gekommen moechte will wissen interessiert haette gern gerne einmal bezug kannst
lassen umkreis erstelle ging aller schreib vielen darf damit erfasst getan wieder berechnet
eingenommen satz januar februar maerz april mai juni juli august september oktober november dezember
ereignis katastrophe erdbeben sturm hochwasserkatastrophe irgendwo irgend irgendwie bitteschoen
danke gruss gruesse liebe lieber herr frau team kollegen konkret genaue genauer genauen genaues
exakt eigentliche tatsaechlich wirklich anscheinend offenbar vermutlich wahrscheinlich vielleicht
moeglicherweise ungefaehre grob rund knapp fast hoechstens mindestens naemlich naja also hm aeh oh
ach tja gell stimmts richtig wahr korrekt kurz kurze kurzer kurzen eben halt gerade nun dann danach
gezaehlt gefragt gemeint meine meinte meinen meint bedeutet heisst dorthin drueben darunter darueber
dahinter davor daneben solche solcher solches solchen derartige einzelne einzelnen einzelner
verschiedene verschiedenen paar einige einigen mehrere mehreren wenige wenigen wuerden koennten
koennt muss muessen muesste sollen soll sollten duerfen wollen wollte braeuchte brauche brauchen
benoetige benoetigen haetten hab habt fuers ins ans beim vorm hinterm unterm uebers s gibts gehts
hats zeigst zeigt anzeigen ausgeben ausgib berechne berechnen bestimme bestimmen ermittle ermitteln
angeben angabe angaben auskunft information informationen info infos laut gemaess bezueglich
betreffend hinsichtlich betrifft gelaende boden land terrain areal gegend sektor abschnitt ecke rand
stelle sowohl beobachtet beobachten gesehen sehen sichtbaren festgestellt verzeichnet registriert
zusammen gesamten gesamte gesamter ganze ganzen ganzes ganzer bildpaar szene szenen aufnahme
aufnahmen foto fotos sei seien gewesen waere waeren prima super toll klasse perfekt klar schoen
zurueck her hin los weiter ebenfalls ebenso sonst anders nr nummer zahlen zahlenwert jahres monat
monate tag tage groesse groessen lage flaechen umfang abgeschnitten vorgekommen vorkommen vorhanden
existieren existiert existierte existierten bringt bringen hergestellt liefere liefern mitteilen
nenn nennst weiss weisst sagst koenntest wuerdest duerfte einfach schlicht lediglich immerhin
zumindest jedenfalls na nee niemand keiner jemand gehoert gelesen scheinbar angeblich glaube glaub
schaetze vermute denke denk mensch leute-sagen ziemlich echt wow cool aha achso moment warte stueck
bisschen wenig scheint aussieht montag dienstag mittwoch donnerstag freitag samstag sonntag
buergermeister chef chefin kunde kunden ausschuss sitzung vortrag praesentation projekt studie plan
planung matrix tabelle auftrag anfrage rahmen entwickelt entwickeln entwicklung werte
himmelsrichtung richtung ortschaft dorf
"""
_NUMBERS = """
null eins zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf dreizehn vierzehn fuenfzehn
sechzehn siebzehn achtzehn neunzehn zwanzig
"""
_ORDINALS = {
    "erste": 1, "ersten": 1, "zweite": 2, "zweiten": 2, "zweitgroesste": 2, "dritte": 3,
    "zweitgroessten": 2, "dritten": 3, "drittgroesste": 3, "vierte": 4, "vierten": 4, "fuenfte": 5,
    "fuenften": 5, "zweites": 2, "drittes": 3,
    "1te": 1, "2te": 2, "3te": 3, "4te": 4, "2ter": 2, "2tes": 2, "2ten": 2, "3ten": 3,
}  # fmt: skip
_PLACE_CUES = "in im nahe bei innerhalb ausserhalb entlang naehe neben am"
_WEAK_PLACE_CUES = "fuer von um rund"
_ASKING = """
was wer wem wen wessen welche welcher welches welchen warum wieso weshalb wie wann wo woher wohin
ist sind war waren hat haben hatte hatten kann koennen wird werden wuerde gibt gab
"""
_ARTICLES = "der die das den dem des ein eine einem einer meinem meiner"
_AUXILIARIES = """
ist sind war waren wird werden wurde wurden worden hat haben hatte hatten sei nicht zu ich du wir
ihr sie er es man so sehr ganz und
"""
_HAVING = "haben hat hatten hatte besitzen besitzt mit"
_MANNERS = "worten form art weise sinne fall format hinsicht zahlen deutsch"
_GRAMMAR = Grammar(
    place_cues=frozenset(_PLACE_CUES.split()),
    weak_place_cues=frozenset(_WEAK_PLACE_CUES.split()),
    articles=frozenset(_ARTICLES.split()),
    settlements=frozenset({"stadt", "dorf", "gemeinde", "landkreis", "ortschaft", "weiler"}),
    denying=frozenset({"nicht"}),
    copulas=frozenset({"ist", "sind", "war", "waren", "wurden"}),
    asking=frozenset(_ASKING.split()),
    pointing=frozenset({"diesem", "dieser", "diesen", "meinem", "meiner", "unserem", "unserer"}),
    of=frozenset({"von", "an", "alle", "aller"}),
    auxiliaries=frozenset(_AUXILIARIES.split()),
    having=frozenset(_HAVING.split()),
    adverbs=("erweise", "mals", "maessig"),
    participle=r"(?:\w*ge|be|ver|ent|er|zer|dazu|weg|hinzu|um|ab|auf|aus)\w{2,}(?:t|en)",
    how=frozenset({"wie"}),
    than=frozenset({"als"}),
    manners=frozenset(_MANNERS.split()),
    has_capital_nouns=True,
    joints=("", "s", "n", "en", "es", "er"),
)


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
    "near.asked": " im Umkreis von $distance um $layer",
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
    "share.of_class": "$p davon ($what$that) liegen dort$where.",
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
    "no.word": "Hier nicht verstanden: $word.",
    "that_word": "ein Wort der Frage",
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
    lexicon={concept: _either(phrases) for concept, phrases in _LEXICON.items()}
    | {
        "unmapped:thing": phrases_of("german_unmapped.txt"),
        "no:unseen": phrases_of("german_unseen.txt"),
    },
    fillers=frozenset(_FILLERS.split()),
    grammar=_GRAMMAR,
    numbers={word: value for value, word in enumerate(_NUMBERS.split())},
    ordinals=_ORDINALS,
    classes=_CLASSES,
    sentences=_SENTENCES,
    suggestions=_SUGGESTIONS,
    sets={name: _either(words) for name, words in _SETS.items()},
    particles=frozenset(_PARTICLES.split()),
    fractions=dict.fromkeys(("halb", "halbe", "halben", "halber", "halbes"), 0.5)
    | {"viertel": 0.25, "drittel": 1 / 3, "zehntel": 0.1},
    apart=frozenset({"eines", "ein", "einen"}),
    common=words_of("german_common.txt"),
)
