"""German sentences of written reports: the same keys as `report_english.py`.

Only words live here. Messages of checks come from where they are made and stay in English.
"""

TEMPLATES = {
    "brand": "Groundshift-Bericht",
    "made_with": "Erstellt mit Groundshift. Dieser Bericht lädt nichts aus dem Internet.",
    "page": "Seite",
    "title.comparison": "Bericht über Veränderungen",
    "days.unknown": "Aufnahmetage nicht bekannt",
    "title.count": "Was geschehen ist: %s",
    "sources": "Herkunft der Zahlen",
    "sources.note": (
        "Die kleinen Ziffern im Text führen hierher. Jede steht für einen Fakt, der nach der "
        "Methode daneben gemessen wurde; facts.json nennt die des Laufs unter derselben Kennung. "
        "Namen und Methoden der Fakten sind dort wie hier englisch."
    ),
    "sources.columns": "Nr.|Fakt|Wert|Genau|Ort|Methode|Kennung",
    "fact": "Fakt",
    "section.question": "Frage",
    "section.summary": "Zusammenfassung",
    "section.data": "Daten und Zeitpunkte",
    "section.method": "Methode",
    "section.findings": "Ergebnisse",
    "section.pictures": "Bilder",
    "section.cautions": "Vorbehalte",
    "section.not_assessed": "Nicht beurteilt",
    "section.words": "Was Mengenwörter hier bedeuten",
    "section.provenance": "Herkunft",
    "answer.none": "Die Ergebnisse unten beantworten sie, soweit sie messbar ist.",
    "data.columns": "|Früher (pre)|Später (post)",
    "data.scene": "Bild",
    "data.day": "Aufgenommen am",
    "data.area": (
        "Das Untersuchungsgebiet, %s, umfasst {aoi}. Davon wurden {valid} ({share}) zu beiden "
        "Zeitpunkten beobachtet und beurteilt."
    ),
    "data.pixel": "Ein Pixel des Ergebnisses hat eine Seitenlänge von {gsd}.",
    "method.detector": "Die Bilder wurden mit dem Detektor %s verglichen. %s",
    "method.counter": (
        "Zu jedem Zeitpunkt wurden die Umrisse (%s) bestimmt und einander zugeordnet, mit dem "
        "Zählverfahren %s. %s"
    ),
    "method.threshold": "Ein Pixel gilt ab einem Wert von {threshold} als verändert.",
    "method.smallest": "Was kleiner ist als {smallest}, wird nicht kartiert.",
    "method.shift": (
        "Vor dem Vergleich lag das spätere Bild {shift_px} ({shift_m}) neben dem früheren."
    ),
    "method.wording": "Beschreibung und Grenzen der Methode stehen im englischen Wortlaut.",
    "method.limits": "Bekannte Grenzen der Methode:",
    "method.source": "Quelle der Methode: %s.",
    "findings.unchanged": (
        "Unverändert: auf dem beurteilten Boden wurde keine Veränderung festgestellt."
    ),
    "findings.same": "Unverändert: zu beiden Zeitpunkten stand dasselbe (%s).",
    "findings.nothing": "Nichts konnte beurteilt werden; über Veränderung ist nichts zu sagen.",
    "degree.share.none": "Nichts vom beurteilten Boden hat sich verändert.",
    "degree.share.hardly_any": "Kaum etwas vom beurteilten Boden hat sich verändert ({share}).",
    "degree.share.little": "Wenig vom beurteilten Boden hat sich verändert ({share}).",
    "degree.share.part": "Ein Teil des beurteilten Bodens hat sich verändert ({share}).",
    "degree.share.most": "Das meiste vom beurteilten Boden hat sich verändert ({share}).",
    "degree.share.nearly_all": "Fast der ganze beurteilte Boden hat sich verändert ({share}).",
    "degree.share.all": "Der ganze beurteilte Boden hat sich verändert ({share}).",
    "degree.count.no": "Neu hinzugekommen (%s): keine.",
    "degree.count.few": "Neu hinzugekommen (%s): wenige ({count}).",
    "degree.count.some": "Neu hinzugekommen (%s): einige ({count}).",
    "degree.count.many": "Neu hinzugekommen (%s): viele ({count}).",
    "degree.density.empty": "Dichte zum späteren Zeitpunkt (%s): leer.",
    "degree.density.sparse": "Dichte zum späteren Zeitpunkt (%s): spärlich ({density}).",
    "degree.density.loose": "Dichte zum späteren Zeitpunkt (%s): locker ({density}).",
    "degree.density.dense": "Dichte zum späteren Zeitpunkt (%s): dicht ({density}).",
    "table.classes": "Veränderung nach Klassen",
    "table.classes.columns": "Klasse|Objekte|Fläche|Anteil am beurteilten Boden",
    "table.all_classes": "alle Klassen",
    "table.states": "Was geschah: %s",
    "table.states.columns": "|Anzahl",
    "table.parts": "Nach Teilen des Untersuchungsgebiets",
    "table.parts.columns.comparison": "Teil|Veränderte Fläche|Anteil an aller Veränderung",
    "table.parts.columns.count": "Teil|Hinzugekommen|Verschwunden",
    "table.largest": "Die größten",
    "table.largest.columns": "Was|Fläche|Teil des Gebiets",
    "state.objects_pre": "standen zum früheren Zeitpunkt",
    "state.objects_post": "standen zum späteren Zeitpunkt",
    "state.objects_kept": "standen zu beiden Zeitpunkten",
    "state.objects_appeared": "hinzugekommen",
    "state.objects_vanished": "verschwunden",
    "state.objects_change": "hinzugekommen weniger verschwunden",
    "state.objects_grown": "gewachsen",
    "state.objects_shrunk": "geschrumpft",
    "state.objects_moved": "verschoben",
    "state.objects_split": "in mehrere geteilt",
    "state.objects_merged": "mit anderen vereinigt",
    "state.objects_not_assessed_pre": "vom früheren Zeitpunkt, später nicht zu sehen",
    "state.objects_not_assessed_post": "vom späteren Zeitpunkt, früher nicht zu sehen",
    "state.edits_by_hand": "Korrekturen von Hand",
    "state.objects_not assessed": "nicht beurteilt",
    "picture.pre": "früher (pre)",
    "picture.post": "später (post)",
    "picture.found": "gefunden",
    "picture.alt.pre": "Der Boden zum früheren Zeitpunkt",
    "picture.alt.post": "Der Boden zum späteren Zeitpunkt",
    "picture.alt.found": "Umrisse des Gefundenen über dem späteren Zeitpunkt",
    "picture.overview": (
        "Das ganze Gebiet zu beiden Zeitpunkten, mit den Umrissen dessen, was gefunden wurde."
    ),
    "picture.cutout": "{size}, %s, Lage im Gebiet: {size.region}.",
    "picture.stretch": "Beide Zeitpunkte sind mit demselben Kontrast gezeigt.",
    "picture.gone": (
        "Die Bilder des Laufs liegen nicht mehr an ihrem Ort oder haben sich geändert; dieser "
        "Bericht zeigt deshalb keine Bilder des Bodens."
    ),
    "verdict.go": "Die Bilder sind vergleichbar; keine Prüfung ergab einen Vorbehalt.",
    "verdict.warn": "Lesen Sie die Vorbehalte, bevor Sie eine Zahl verwenden.",
    "verdict.refuse": "Die Bilder sollten nicht verglichen werden. Verwenden Sie die Zahlen nicht.",
    "not_assessed.all": "Das ganze Untersuchungsgebiet wurde beurteilt.",
    "not_assessed.note": (
        "Über diesen Boden wird nichts gesagt: weder dass er sich verändert hat noch dass nicht."
    ),
    "not_assessed.columns": "Grund|Fläche",
    "not_assessed.item": "Nicht beurteilt: {what}.",
    "not_assessed.part": "Nicht beurteilt, Lage im Gebiet {what.region}: {what}.",
    "excluded_area_pre_nodata": "keine Daten zum früheren Zeitpunkt",
    "excluded_area_post_nodata": "keine Daten zum späteren Zeitpunkt",
    "excluded_area_both_nodata": "keine Daten zu beiden Zeitpunkten",
    "excluded_area_no_score": "vom Detektor nicht zu bewerten",
    "words.note": (
        "Diese Wörter folgen aus den Zahlen daneben und bedeuten nicht mehr als diese Bereiche. "
        "Sie sind eine Festlegung dieses Berichts."
    ),
    "words.columns": "Art|Wort|Bereich",
    "scale.share": "Anteil am beurteilten Boden",
    "scale.count": "Anzahl",
    "scale.density": "Anzahl je Quadratkilometer",
    "word.none": "nichts", "word.hardly_any": "kaum etwas", "word.little": "wenig",
    "word.part": "ein Teil", "word.most": "das meiste", "word.nearly_all": "fast alles",
    "word.all": "alles", "word.no": "keine", "word.few": "wenige", "word.some": "einige",
    "word.many": "viele", "word.empty": "leer", "word.sparse": "spärlich",
    "word.loose": "locker", "word.dense": "dicht",
    "range.zero": "%s",
    "range.above": "über %s, unter %s",
    "range.between": "ab %s, unter %s",
    "range.from": "ab %s",
    "provenance.inputs": "Eingaben",
    "provenance.inputs.columns": "Rolle|Name|Größe|SHA-256",
    "provenance.run": "Lauf",
    "provenance.run.columns": "|",
    "provenance.parameters": "Parameter",
    "provenance.versions": "Versionen",
    "provenance.again": (
        "Mit denselben Eingaben wiederholt `python cli.py replay run.json` einen Vergleich und "
        "sagt, ob die Maske dieselbe ist."
    ),
}  # fmt: skip

PROVENANCE = {
    "run": "Lauf",
    "made": "erstellt",
    "mask sha256": "SHA-256 der Maske",
    "weights sha256": "SHA-256 der Gewichte",
    "peak memory": "größter Speicherbedarf",
    "detector": "Detektor",
    "counter": "Zählverfahren",
    "thing": "gezählt wird",
    "threshold": "Schwelle",
    "min area m2": "Mindestfläche in m²",
    "max area m2": "Höchstfläche in m²",
    "similarity": "Ähnlichkeit",
    "examples": "Beispiele",
    "is movable": "Dinge können sich bewegen",
    "smallest mapped area": "kleinste kartierte Fläche",
    "smaller regions left out": "weggelassene kleinere Flächen",
    "automatic": "automatisch",
    "yes": "ja",
    "no": "nein",
    "[]": "keine",
    "none: the detector has no weights": ("keine: das Verfahren hat keine Gewichte"),
}
"""Names and values of records that are shown in other words."""
