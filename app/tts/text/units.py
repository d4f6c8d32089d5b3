"""Names of units of measurement in every language, from CLDR."""

import re
from functools import lru_cache

# Babel brings CLDR's names in many languages, which are better than a list of our own.
from babel.units import format_unit

from app.tts.text.rules import any_of

UNITS = {
    "km": "length-kilometer",
    "m": "length-meter",
    "cm": "length-centimeter",
    "mm": "length-millimeter",
    "µm": "length-micrometer",
    "μm": "length-micrometer",
    "nm": "length-nanometer",
    "mi": "length-mile",
    "ft": "length-foot",
    "yd": "length-yard",
    "km²": "area-square-kilometer",
    "km2": "area-square-kilometer",
    "m²": "area-square-meter",
    "m2": "area-square-meter",
    "cm²": "area-square-centimeter",
    "m³": "volume-cubic-meter",
    "m3": "volume-cubic-meter",
    "cm³": "volume-cubic-centimeter",
    "ha": "area-hectare",
    "kg": "mass-kilogram",
    "g": "mass-gram",
    "mg": "mass-milligram",
    "µg": "mass-microgram",
    "μg": "mass-microgram",
    "lb": "mass-pound",
    "lbs": "mass-pound",
    "oz": "mass-ounce",
    "l": "volume-liter",
    "L": "volume-liter",
    "cl": "volume-centiliter",
    "ml": "volume-milliliter",
    "mL": "volume-milliliter",
    "°C": "temperature-celsius",
    "ºC": "temperature-celsius",
    "℃": "temperature-celsius",
    "° C": "temperature-celsius",
    "°F": "temperature-fahrenheit",
    "ºF": "temperature-fahrenheit",
    "℉": "temperature-fahrenheit",
    "°": "angle-degree",
    "km/h": "speed-kilometer-per-hour",
    "kmh": "speed-kilometer-per-hour",
    "km/hr": "speed-kilometer-per-hour",
    "kph": "speed-kilometer-per-hour",
    "mph": "speed-mile-per-hour",
    "m/s": "speed-meter-per-second",
    "kB": "digital-kilobyte",
    "KB": "digital-kilobyte",
    "MB": "digital-megabyte",
    "GB": "digital-gigabyte",
    "TB": "digital-terabyte",
    "PB": "digital-petabyte",
    "Hz": "frequency-hertz",
    "kHz": "frequency-kilohertz",
    "MHz": "frequency-megahertz",
    "GHz": "frequency-gigahertz",
    "W": "power-watt",
    "kW": "power-kilowatt",
    "MW": "power-megawatt",
    "kWh": "energy-kilowatt-hour",
    "V": "electric-volt",
    "mA": "electric-milliampere",
    "kcal": "energy-kilocalorie",
    "h": "duration-hour",
    "hr": "duration-hour",
    "hrs": "duration-hour",
    "min": "duration-minute",
    "mins": "duration-minute",
    "s": "duration-second",
    "sec": "duration-second",
    "secs": "duration-second",
    "ms": "duration-millisecond",
    "px": "graphics-pixel",
}
"""CLDR's names of units by their symbols."""

UNIT_PATTERN = rf"(?:{any_of(UNITS)})(?![\w°²³/])"
"""A regular expression for the symbol of a unit, without groups of its own."""


@lru_cache
def unit_name(unit: str, count: float, locale: str) -> str:
    """Return the name of a unit after `count` of it: `kilómetros`.

    `unit` is CLDR's name of it, which is returned if CLDR has no name in the language.
    """
    phrase = format_unit(count, unit, "long", locale=locale)
    return re.sub(r"^[\d.,\s\u00a0\u202f]+", "", phrase).replace("\u00a0", " ")
