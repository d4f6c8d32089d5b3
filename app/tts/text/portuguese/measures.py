"""Units with Brazilian Portuguese symbols of their own, and their names."""

from app.tts.text.romance.measures import Measures, measure_rules

MEASURES = measure_rules(
    Measures(
        symbols={
            "segs": "s",
            "seg": "s",
            "hs": "h",
            "hrs": "h",
            "mins": "min",
            "Kg": "kg",
            "KG": "kg",
            "kgs": "kg",
            "Km": "km",
            "kms": "km",
            "mts": "m",
            "gr": "g",
            "grs": "g",
            "lts": "l",
            "lt": "l",
        },
        names={
            "mi": ("milhão", "milhões"),
            "bi": ("bilhão", "bilhões"),
            "tri": ("trilhão", "trilhões"),
            "Mbps": ("megabit por segundo", "megabits por segundo"),
            "dl": ("decilitro", "decilitros"),
        },
        singular=r"1(?:,\d{1,3})?",
    )
)
