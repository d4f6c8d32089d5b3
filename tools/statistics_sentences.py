"""Sentences for measuring the vocoder's statistics: short, varied, by language."""

SENTENCES: dict[str, list[str]] = {
    "a": [
        "The old lighthouse keeper counted every ship that passed before dawn.",
        "Well, did you really think nobody would notice?",
        "She packed three apples, some bread, and a small bottle of water.",
        "No! Stop right there, please.",
        "Measure twice and cut once, as my grandfather used to say.",
        "Why would anyone leave such a beautiful garden?",
        "Six thick thistle sticks stood stiffly beside the fish shop.",
        "I am here.",
        "On Monday we were rolling along a lonely railway in the rain.",
        "Perhaps; but then again, perhaps not: it depends on the weather.",
        "Thank you for calling, how may I help you today?",
        "Our oldest uncle owes you an hour in the orchard.",
        "Chop the peppers, stir the pot, and switch the kettle off.",
        "Hello there, it is good to see you again after so many years.",
    ],
    "b": [
        "The old lighthouse keeper counted every ship that passed before dawn.",
        "Well, did you really think nobody would notice?",
        "She packed three apples, some bread, and a small bottle of water.",
        "Six thick thistle sticks stood stiffly beside the fish shop.",
    ],
    "e": [
        "El viejo pescador salió al mar antes de que amaneciera.",
        "¿De verdad pensabas que nadie se daría cuenta?",
        "Compró tres manzanas, un poco de pan y una botella de agua.",
        "Gracias por llamar, enseguida le atiendo.",
    ],
    "f": [
        "Le vieux gardien du phare comptait les bateaux avant l'aube.",
        "Tu croyais vraiment que personne ne le verrait ?",
        "Elle a pris trois pommes, du pain et une petite bouteille d'eau.",
        "Merci de votre appel, je suis à vous tout de suite.",
    ],
    "h": [
        "बूढ़ा मछुआरा सूरज निकलने से पहले समुद्र की ओर चला गया।",
        "क्या तुम सच में सोचते थे कि किसी को पता नहीं चलेगा?",
        "उसने तीन सेब, थोड़ी रोटी और पानी की एक बोतल ली।",
        "फ़ोन करने के लिए धन्यवाद, मैं आपकी क्या मदद करूँ?",
    ],
    "i": [
        "Il vecchio pescatore uscì in mare prima dell'alba.",
        "Credevi davvero che nessuno se ne accorgesse?",
        "Ha preso tre mele, un po' di pane e una bottiglia d'acqua.",
        "Grazie per la chiamata, sono subito da lei.",
    ],
    "j": [
        "年老いた漁師は夜明け前に海へ出ました。",
        "本当に誰も気づかないと思っていたのですか。",
        "彼女はりんごを三つと、パンと、小さな水のびんを持ってきた。",
        "お電話ありがとうございます。",
    ],
    "p": [
        "O velho pescador saiu para o mar antes do amanhecer.",
        "Você achou mesmo que ninguém ia perceber?",
        "Ela levou três maçãs, um pouco de pão e uma garrafa de água.",
        "Obrigado por ligar, já vou atender você.",
    ],
    "z": [
        "老渔夫在天亮之前就出海了。",
        "你真的以为没有人会发现吗？",
        "她带了三个苹果、一些面包和一小瓶水。",
        "谢谢您的来电，请稍等一下。",
    ],
}
"""Sentences by the first letter of the language's voices; every voice speaks the first four."""

SLOPE_VOICES = ("af_heart", "af_bella", "af_nicole", "am_michael", "am_fenrir", "am_onyx")
"""Voices that speak all sentences of their language; the slopes that all voices share are fitted to
them."""
