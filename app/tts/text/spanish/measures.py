"""Units with Spanish symbols of their own, and their names."""

from app.tts.text.romance.measures import Measures, measure_rules

MEASURES = measure_rules(
    Measures(
        symbols={
            "segs": "s",
            "seg": "s",
            "hs": "h",
            "mins": "min",
            "kgs": "kg",
            "kms": "km",
            "Km": "km",
            "Kg": "kg",
            "KG": "kg",
            "mts": "m",
            "cms": "cm",
            "grs": "g",
            "gr": "g",
            "lts": "l",
            "lt": "l",
        },
        names={
            "dl": ("decilitro", "decilitros"),
            "cc": ("centímetro cúbico", "centímetros cúbicos"),
            "mill": ("millón", "millones"),
            "cda": ("cucharada", "cucharadas"),
            "cdas": ("cucharada", "cucharadas"),
            "cdta": ("cucharadita", "cucharaditas"),
            "cdtas": ("cucharadita", "cucharaditas"),
            "uds": ("unidad", "unidades"),
            "ud": ("unidad", "unidades"),
            "fps": ("fotograma por segundo", "fotogramas por segundo"),
            "Mbps": ("megabit por segundo", "megabits por segundo"),
        },
    )
)
