"""Units with French symbols of their own, and their names."""

from app.tts.text.romance.measures import Measures, measure_rules

MEASURES = measure_rules(
    Measures(
        symbols={
            "mn": "min",
            "secs": "s",
            "kgs": "kg",
            "Kg": "kg",
            "Km": "km",
            "kms": "km",
            "gr": "g",
        },
        names={
            "o": ("octet", "octets"),
            "ko": ("kilooctet", "kilooctets"),
            "Ko": ("kilooctet", "kilooctets"),
            "Mo": ("mégaoctet", "mégaoctets"),
            "Go": ("gigaoctet", "gigaoctets"),
            "To": ("téraoctet", "téraoctets"),
            "Po": ("pétaoctet", "pétaoctets"),
            "c. à s.": ("cuillère à soupe", "cuillères à soupe"),
            "c. à c.": ("cuillère à café", "cuillères à café"),
            "càs": ("cuillère à soupe", "cuillères à soupe"),
            "càc": ("cuillère à café", "cuillères à café"),
            "dl": ("décilitre", "décilitres"),
            "dL": ("décilitre", "décilitres"),
            "Mbit/s": ("mégabit par seconde", "mégabits par seconde"),
            "Mo/s": ("mégaoctet par seconde", "mégaoctets par seconde"),
        },
        singular=r"[01](?:[.,]\d{1,3})?",
    )
)
