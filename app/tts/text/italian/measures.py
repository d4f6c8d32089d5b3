"""Units with Italian symbols of their own, and their names."""

from app.tts.text.romance.measures import Measures, measure_rules

MEASURES = measure_rules(
    Measures(
        symbols={
            "Kg": "kg",
            "Km": "km",
            "mt": "m",
            "gr": "g",
            "lt": "l",
            "mq": "m²",
            "mc": "m³",
            "kmq": "km²",
        },
        names={
            "mln": ("milione", "milioni"),
            "mld": ("miliardo", "miliardi"),
            "dl": ("decilitro", "decilitri"),
            "Mbps": ("megabit al secondo", "megabit al secondo"),
            "hg": ("etto", "etti"),
        },
    )
)
