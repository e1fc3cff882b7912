"""German sentences of findings, by their code: what was found and what to do.

`code.severity` is chosen before `code`; `{value}` is the finding's number with its unit. Only words
live here; codes are made where pairs are examined.
"""

_EDGES = (
    "Vergleichen Sie beide Zeitpunkte und sehen Sie nach, ob Straßen und Ufer aufeinanderliegen."
)
_LEARNED = "Prüfen Sie einige Stellen auf der Karte, bevor Sie eine Zahl verwenden."

SENTENCES = {
    "alpha_imagery": (
        "Ein als Alpha bezeichneter Kanal enthält viele Werte, wie es nahes Infrarot täte; er wird "
        "nicht verglichen, und wo er leer ist, gilt der Boden als nicht beobachtet. Geben Sie dem "
        "Kanal in der Datei seine wirkliche Bedeutung."
    ),
    "aoi_clipped": (
        "Ein Teil des Untersuchungsgebiets ({value}) liegt außerhalb der Bilder und wurde "
        "abgeschnitten. Über diesen Teil wird nichts gesagt."
    ),
    "aoi_non_polygons": (
        "Im Untersuchungsgebiet blieben Objekte ohne Fläche unberücksichtigt: {value}."
    ),
    "aoi_repaired": (
        "Im Untersuchungsgebiet wurden Flächen berichtigt, deren Umriss sich selbst kreuzte: "
        "{value}. Prüfen Sie den Umriss auf der Karte."
    ),
    "band_mismatch": (
        "Die Zeitpunkte haben nicht dieselben Kanäle; verglichen wurde, was beide haben (Kanäle: "
        "{value}). Haben beide diese Kanäle, so benennen Sie sie in den Dateien gleich."
    ),
    "band_mismatch.refuse": "Die Zeitpunkte haben keinen Kanal, der sich vergleichen ließe.",
    "band_roles_assumed": (
        "Die Kanäle sind nicht benannt; ihre Farben wurden nach dem Brauch angenommen. Benennen "
        "Sie die Kanäle in den Dateien, wenn das nicht stimmt."
    ),
    "band_roles_unknown": (
        "Nichts sagt, welcher Kanal Rot, nahes Infrarot und so weiter ist; Verfahren mit Indizes "
        "lassen sich nicht verwenden. Benennen Sie die Kanäle in den Dateien."
    ),
    "bands_by_order": (
        "Kanäle ohne Namen wurden nach ihrer Reihenfolge zugeordnet: {value}. Prüfen Sie, ob beide "
        "Dateien dieselben Kanäle in derselben Reihenfolge enthalten."
    ),
    "below_mapping_unit": (
        "Kleine Objekte wurden weggelassen, zusammen {value}. Eine kleinere Mindestfläche behält "
        "sie."
    ),
    "bit_depth": (
        "Die Werte eines Zeitpunkts sind etwa um den Faktor {value} größer: die Dateien nutzen "
        "andere Einheiten oder Wertebereiche. Nehmen Sie für beide dieselbe Produktstufe."
    ),
    "cloud_bright_share": (
        "Ein Teil eines Bildes ({value}) ist weiß und viel heller als zum anderen Zeitpunkt: "
        "vielleicht Wolken, Schnee oder Spiegelung. Sehen Sie sich beide Bilder an; sparen Sie "
        "Wolken aus dem Gebiet aus oder nehmen Sie einen klaren Tag."
    ),
    "constant_image": (
        "Alle geprüften Pixel eines Bildes haben denselben Wert. Prüfen Sie, ob die Datei das Bild "
        "enthält und keine Maske."
    ),
    "count_coarse": (
        "Die Pixel ({value}) sind größer, als das Zählverfahren vorsieht. Kleines wird übersehen; "
        "prüfen Sie die Umrisse auf der Karte."
    ),
    "count_cut_post": (
        "Am späteren Zeitpunkt reichen Dinge an den Rand des Bildes oder an Boden ohne Daten: "
        "{value}. Gezählt sind die, deren sichtbare Mitte im Gebiet liegt; ihre Größe kann zu "
        "klein sein."
    ),
    "count_cut_pre": (
        "Am früheren Zeitpunkt reichen Dinge an den Rand des Bildes oder an Boden ohne Daten: "
        "{value}. Gezählt sind die, deren sichtbare Mitte im Gebiet liegt; ihre Größe kann zu "
        "klein sein."
    ),
    "count_on_cpu": (
        "Der Speicher der Grafikkarte reichte nicht; gezählt wurde auf dem Prozessor."
    ),
    "count_resampled": "Zum Zählen wurden die Bilder auf Pixel von {value} umgerechnet.",
    "count_too_many": (
        "Den Beispielen sehen {value} Stellen ähnlich; behalten wurden nur die ähnlichsten. "
        "Verlangen Sie mehr Ähnlichkeit oder wählen Sie ein kleineres Gebiet."
    ),
    "date_order": (
        "Das spätere Bild trägt das frühere Datum. Vertauschen Sie die Dateien oder lesen Sie "
        "hinzugekommen als verschwunden."
    ),
    "domain_doubtful": (
        "Die Bilder gleichen nur teilweise denen, an denen das Verfahren gelernt hat; fremd sind "
        "{value}. " + _LEARNED
    ),
    "domain_fits": "Die Bilder gleichen denen, an denen das Verfahren gelernt hat.",
    "domain_gsd": "Das Verfahren hat an Pixeln anderer Größe gelernt. " + _LEARNED,
    "domain_outside": (
        "Die Bilder gleichen nicht denen, an denen das Verfahren gelernt hat; fremd sind {value}. "
        + _LEARNED
    ),
    "domain_unknown": (
        "Es wurde zu wenig beobachtet, um zu sagen, ob die Bilder denen gleichen, an denen das "
        "Verfahren gelernt hat. " + _LEARNED
    ),
    "dtype_mismatch": (
        "Die Dateien enthalten verschiedene Arten von Zahlen, ihre Einheiten können also "
        "verschieden sein. Nehmen Sie für beide dieselbe Produktstufe."
    ),
    "enlarged": (
        "Die Pixel der Bilder sind gröber als die, an denen das Verfahren gelernt hat; es sah sie "
        "vergrößert auf {value}. Nehmen Sie feinere Bilder: was sie nicht zeigen, wird nicht "
        "gefunden."
    ),
    "equal_dates": (
        "Beide Bilder tragen dasselbe Datum. Prüfen Sie die Daten; Bilder eines Tages zeigen "
        "selten eine Veränderung."
    ),
    "few_pixels": (
        "Zu beiden Zeitpunkten wurden nur {value} beobachtet. Wählen Sie ein größeres Gebiet."
    ),
    "fewer_bands": (
        "Den Bildern fehlen Kanäle, an denen das Netz gelernt hat; es kam ohne sie aus."
    ),
    "gcp_grid": (
        "Ein Bild ist nur über Passpunkte verortet und wurde entzerrt. Nehmen Sie lieber ein "
        "Orthobild: der Versatz kann groß sein."
    ),
    "grey_bands": "Die Kanäle sind Kopien eines einzigen: das Bild ist grau.",
    "gsd_ratio": (
        "Die Pixel der Bilder sind verschieden groß (Faktor {value}). Beide werden in der gröberen "
        "Größe gelesen; Objekte von wenigen Pixeln sind unsicher."
    ),
    "gsd_ratio.refuse": (
        "Die Pixel der Bilder sind zu verschieden groß. Wählen Sie Bilder mit ähnlicher Auflösung."
    ),
    "identical_files": (
        "Beide Zeitpunkte enthalten dasselbe Bild, es kann also keine Veränderung gefunden werden. "
        "Prüfen Sie, ob das spätere Bild das richtige ist."
    ),
    "less_memory": (
        "Der Speicher der Grafikkarte reichte nicht; gerechnet wurde auf einem anderen Weg, mit "
        "demselben Ergebnis."
    ),
    "like_examples": (
        "Gesucht wurden nur Veränderungen von Dingen wie an den gezeigten Stellen (Anzahl: "
        "{value}). Vergleichen Sie ohne Beispiele, um jede Veränderung zu sehen."
    ),
    "mosaic_crs": (
        "Kacheln haben ein anderes Koordinatensystem als die übrigen und werden umgerechnet: "
        "{value}."
    ),
    "mosaic_gsd": (
        "Kacheln haben eine andere Pixelgröße als die übrigen und werden umgerechnet: {value}."
    ),
    "no_change_signal": (
        "Es zeigt sich keine Veränderung, die sich vom Rauschen dieser Bilder abhebt. Senken Sie "
        "die Schwelle nur, wenn Sie wissen, dass sich etwas verändert hat."
    ),
    "no_overlap": "Die Bilder haben keinen Boden gemeinsam. Wählen Sie Bilder eines Ortes.",
    "nodata_share": (
        "Zu einem Zeitpunkt wurde ein Teil des Gebiets ({value}) nicht beobachtet. Anteile "
        "beziehen sich auf den beobachteten Boden; fehlender Boden steht daneben."
    ),
    "not_made_for": (
        "Das Verfahren ist für Bilder anderer Art, Kanäle oder Pixelgröße gemacht. Nehmen Sie ein "
        "anderes, wenn Sie nicht wissen, warum Sie dieses wollen."
    ),
    "objects_not_traced": (
        "Nur die größten Objekte haben einen Umriss; ohne Umriss blieben {value}. Flächen, "
        "Anzahlen und Fakten umfassen alle."
    ),
    "other_colours": (
        "Das Verfahren hat an natürlichen Farben gelernt, und die Bilder haben andere. " + _LEARNED
    ),
    "picture_gsd": (
        "Ein Bild hat keine Georeferenz; die Seite eines Pixels wurde mit {value} angenommen."
    ),
    "radiometric_distance": (
        "Die Helligkeit der Zeitpunkte unterscheidet sich um das {value}-Fache ihrer Streuung im "
        "Bild, wie bei anderer Jahreszeit, Dunst, Belichtung oder Produktstufe. Sehen Sie sich "
        "beide Bilder an: die meisten Verfahren gleichen aus, was überall verschieden ist, und "
        "können eine Veränderung fast des ganzen Gebiets übersehen."
    ),
    "radiometric_offset": (
        "Die Werte der Zeitpunkte sind um {value} Stufen gegeneinander verschoben, wie zwischen "
        "verschiedenen Ständen eines Produkts. Indizes und feste Schwellen sind betroffen: ziehen "
        "Sie den Betrag zuvor ab."
    ),
    "radiometric_offset.info": (
        "Die Produkte nennen verschiedene Nullpunkte, aber die Werte zeigen den Schritt nicht; er "
        "wurde wohl schon entfernt."
    ),
    "resampled": "Bilder wurden auf ein gemeinsames Raster umgerechnet.",
    "residual_shift": "Zwischen den Zeitpunkten wurde ein Versatz von {value} gemessen.",
    "residual_shift.caution": (
        "Zwischen den Zeitpunkten wurde ein Versatz von {value} gemessen, der sich nicht sicher "
        "beheben ließ oder groß ist. " + _EDGES
    ),
    "residual_shift.unmeasured": (
        "Ob die Zeitpunkte aufeinanderliegen, ließ sich nicht messen. " + _EDGES
    ),
    "rotated_grid": "Ein Bild ist gedreht oder gespiegelt; es wurde nach Norden ausgerichtet.",
    "saturation_share": (
        "Ein Teil eines Bildes ({value}) ist gesättigt. Unterschiede darin sind verloren; nehmen "
        "Sie das unveränderte Produkt."
    ),
    "scale_offset": "Eine Datei nennt Maßstab und Nullpunkt ihrer Werte; sie werden nicht benutzt.",
    "season_gap": (
        "Die Aufnahmen liegen im Jahreslauf {value} Tage auseinander. Pflanzen, Schatten und "
        "Wasserstände hängen von der Jahreszeit ab; nehmen Sie lieber Bilder einer Jahreszeit."
    ),
    "sensor_mismatch": (
        "Ein Bild ist optisch, das andere Radar; ihre Werte sind nicht vergleichbar. Wählen Sie "
        "Bilder einer Art."
    ),
    "small_overlap": (
        "Nur ein Teil des kleineren Bildes ({value}) liegt auch im anderen. Verglichen wird nur, "
        "was beide zeigen."
    ),
    "stretched": (
        "Die Werte beider Zeitpunkte wurden auf den Umfang eines gewöhnlichen Bildes gebracht, "
        "weil das Verfahren an solchen Bildern gelernt hat."
    ),
    "tiny_overlap": (
        "Das gemeinsame Gebiet ist nur {value} breit oder hoch. Wählen Sie ein größeres Gebiet."
    ),
    "unknown_date": (
        "Mindestens ein Aufnahmetag ist nicht bekannt. Schreiben Sie ihn in den Dateinamen "
        "(JJJJMMTT) oder in die Angabe TIFFTAG_DATETIME."
    ),
    "working_pixels": (
        "Das Verfahren sah die Bilder in Pixeln von {value}, wie es gelernt hat; feiner sind auch "
        "die Umrisse nicht."
    ),
    "year_only": (
        "Eine Datei nennt nur das Jahr ihrer Aufnahme. Schreiben Sie den Tag in den Dateinamen "
        "(JJJJMMTT) oder in die Angabe TIFFTAG_DATETIME."
    ),
}  # fmt: skip
