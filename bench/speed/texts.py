"""The texts of the speed benchmark."""

import itertools
import random
from collections.abc import Iterator

PHRASE = "Good morning, Helen."
SENTENCE = (
    "The last ferry to the island leaves at half past six, so we should be on the road well before "
    "five."
)
PARAGRAPH = (
    "When the storm had passed, the whole village came out to look at the harbour. Two boats had "
    "been torn from their moorings, and a third lay on its side among the nets and broken crates. "
    "Nobody said much at first. Then old Mister Carver took off his coat, rolled up his sleeves "
    "and started to pull the planks out of the water, one after another. Before long everyone was "
    "helping, children too, and by the evening the little harbour looked almost as it had done a "
    "week earlier, safe and quiet."
)

LONG_FIRST_SENTENCE = (
    "The tenant shall give written notice to the landlord of any damage to the roof or the outer "
    "walls of the building within fourteen days of the date on which the tenant became aware of "
    "such damage."
)
"""About 200 characters without a comma, so that it cannot be cut before its end."""

EIGHT_SECONDS = (
    "When the storm had passed, the whole village came out to look at the harbour and at what was "
    "left of the two fishing boats and of all their nets."
)

WORD = "Yes."
INTERRUPTION = "Excuse me, your taxi has arrived and is waiting at the door."

PASSAGES = (
    "The bakery on the corner opens at five in the morning. By then the ovens have been hot for "
    "hours, and the smell of fresh bread drifts down the street and wakes the neighbours long "
    "before their clocks do.",
    "My grandfather kept bees behind the house for forty years. He knew each hive by the sound "
    "that it made, and he liked to say that a contented hive hums a little lower than one that is "
    "about to swarm. Nobody else could hear it.",
    "Please check your luggage before you leave the train. Passengers who are continuing to the "
    "airport should stay in the front four carriages, because the others will be uncoupled at the "
    "next station. Thank you.",
    "It took three winters to restore the old piano. Most of the strings had rusted through, and "
    "mice had lived among the hammers. Now it stands in the school hall, and every child is "
    "allowed to play it. Some do.",
    "Chop the onions finely and fry them in butter until they are golden. Add the carrots and the "
    "celery, pour in the stock, and let everything simmer for an hour. Taste it before you reach "
    "for the salt. It can wait.",
    "The comet will be visible in the western sky shortly after sunset. You do not need a "
    "telescope, but a dark place helps a great deal. Give your eyes about twenty minutes to get "
    "used to the night. It is worth it.",
    "We had planned to climb to the lake and be back by noon. The fog changed our minds. We sat "
    "in the hut, drank tea, played cards with two students from Prague, and never saw the summit "
    "at all. We did not mind.",
    "A good map tells you more than the way. It shows where people once thought the world ended, "
    "which rivers they feared, and what they believed was worth the trouble of a long and "
    "dangerous journey. Not many do.",
)
"""About 200 characters each, one for each simultaneous listener."""

MIXED = (
    "Thank you, that is very kind.",
    "The meeting has been moved to Thursday afternoon.",
    "Could you turn the music down a little, please?",
    "He found the letter in a drawer that had not been opened for years.",
    "Take the second road on the right and follow it to the bridge.",
    "I never said that.",
    "She has taught mathematics at the same school since she came back from Canada.",
    "There will be light rain in the north and sunshine everywhere else.",
)
"""One sentence for each simultaneous client."""

_NAMES = ("Alice", "Martin", "Grace", "Oliver", "Nora", "Samuel", "Clara", "Henry", "Ruth", "Leo")
_DEEDS = (
    "called",
    "is here",
    "is late",
    "said yes",
    "has the keys",
    "missed the bus",
    "would like some tea",
    "will be home in an hour",
    "bought two tickets for the concert on Saturday evening",
    "left a message and hopes that somebody will ring back before dinner",
)
_OPENINGS = ("", "Listen: ", "I think ")


def unique_sentences() -> Iterator[str]:
    """Yield 300 sentences of 13 to 85 characters, mostly short, always in the same order."""
    sentences = [
        f"{opening}{name} {deed}."
        for opening, name, deed in itertools.product(_OPENINGS, _NAMES, _DEEDS)
    ]
    random.Random(1).shuffle(sentences)
    yield from sentences


def long_text(characters: int = 4096) -> str:
    """Return sentences of exactly `characters` characters in all; the last one is cut off."""
    return " ".join(unique_sentences())[:characters]
