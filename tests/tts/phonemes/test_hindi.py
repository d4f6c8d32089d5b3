"""Hindi's phonemes are those that the model knows, and no letter of it is spelled out or lost."""

import pytest

from app.tts.model.vocabulary import Vocabulary
from app.tts.phonemes import hindi
from app.tts.phonemes.g2p import GraphemesToPhonemes
from app.tts.text.clean import clean

CORPUS = """
कल सुबह हम सब नदी के किनारे घूमने जाएँगे।
खेत में किसान हल चला रहा है।
गाय घास खा रही है और बछड़ा उछल रहा है।
घर के बाहर एक बड़ा पेड़ है।
वाङ्मय और पराङ्मुख संस्कृत के शब्द हैं।
चाँदनी रात में चमेली महकती है।
छत पर छह छाते रखे हैं।
जंगल में जानवर झाड़ियों के पीछे छिपे थे।
झील के पास झोपड़ी में ज्ञानी रहते थे।
पञ्चायत ने सञ्जय को बुलाया।
टमाटर और टिंडे ठंडी टोकरी में रखो।
ठेकेदार ने ढोल बजाकर डंका पीटा।
डाकिया डाक लाया, ढेर सारी चिट्ठियाँ!
गणेश और कृष्ण की मूर्तियाँ सुंदर हैं।
तालाब में थोड़ा पानी और धूल है।
दादी ने धूप में अचार सुखाया।
नन्हा नाविक नाव चलाता है।
पिता ने फल और फूल खरीदे।
बारिश में भीगकर भालू भागा।
मैंने माँ से मिठाई माँगी।
यह यात्रा यादगार रही।
रात को रेलगाड़ी रुक गई।
लाल लड्डू लाओ, लल्लू।
वह विद्यालय में विज्ञान पढ़ाता है।
शेर और षट्कोण: शब्द अलग हैं।
सड़क पर साठ साइकिलें थीं।
हँसमुख हाथी हलवा खाता है।
क़लम, ख़बर, ग़लत, ज़मीन और फ़ौज उर्दू से आए।
लड़की सीढ़ी पर चढ़कर पढ़ रही है।
डॉक्टर ने ऑफ़िस में कॉफ़ी पी।
ऋषि ने ऋतु के अनुसार गृह में कृपा की।
दुःख और अतः में विसर्ग है, प्रायः।
अंग, अंचल, अंडा, अंत, अंबर, संयम, संवाद और सिंह।
मुँह, ऊँट, आँख, पाँव, गाँव, कुआँ और धुआँ।
क्षत्रिय, त्रिशूल, श्रीमती, ब्राह्मण और उज्ज्वल।
राष्ट्रपति ने स्वतंत्रता दिवस पर ध्वज फहराया।
क्‍या शक्‍ति और भक्‌ति अलग लिखे जाते हैं?
उन्नीस सौ सैंतालीस में साढ़े तीन करोड़ लोग थे।
मराठी में ळ होता है: बाळ, टिळक।
ॲप, ऍप और बॅट नए अक्षर हैं।
ॐ नमः शिवाय! सोऽहम्।
हर्र, कुर्रा, पर्व, सूर्य और धर्म।
टेलीविझ़न, ऩ, ऱ, य़ और ऴ कम मिलते हैं।
(कोष्ठक) "उद्धरण" — और … भी; ठीक?
पितॄण, ऌ और ॡ बहुत पुराने हैं।
""".strip().splitlines()

SPELLED_OUT = ("nˈʊkt", "həlˈʌnt", "ʌnˈʊsʋ", "wɪsˈʌr", "ʰχ")


@pytest.fixture(scope="module")
def phonemize() -> GraphemesToPhonemes:
    return hindi.build()


@pytest.mark.parametrize(
    ("text", "phonemes"),
    [
        ("सड़क", "sˈʌr.ək"),
        ("बड़ा", "bˈʌr.aː"),
        ("गाड़ियाँ", "ɡˈaːr.ɪjˌa\u0303"),
        ("पेड़ पर", "pˈeːr. pˈʌɾ"),
        ("पढ़", "pˈʌr.h"),
        ("ड़", "ˈr.ə"),
        ("स\u095cक", "sˈʌr.ək"),
        ("प\u095d", "pˈʌr.h"),
    ],
)
def test_flaps_are_written_as_the_model_learned_them(
    phonemize: GraphemesToPhonemes, text: str, phonemes: str
) -> None:
    assert phonemize(text) == phonemes


def test_a_flap_does_not_swallow_the_full_stop_after_it(phonemize: GraphemesToPhonemes) -> None:
    assert phonemize(clean("यह पेड़.")).endswith("pˈeːr..")
    assert phonemize(clean("यह घर.")).endswith("ɡʰˈʌɾ.")


@pytest.mark.parametrize(("written", "meant"), [("ढ़ाई", "ढाई"), ("ढ़ोल", "ढोल"), ("ड़र", "डर")])
def test_a_word_never_begins_with_a_flap(
    phonemize: GraphemesToPhonemes, written: str, meant: str
) -> None:
    assert phonemize(written) == phonemize(meant)


@pytest.mark.parametrize("sentence", CORPUS)
def test_every_sound_is_in_the_vocabulary(phonemize: GraphemesToPhonemes, sentence: str) -> None:
    vocabulary = Vocabulary.load()
    phonemes = phonemize(clean(sentence))
    assert [symbol for symbol in phonemes if not vocabulary.encode(symbol)] == []
    assert len(phonemes.split()) >= len(clean(sentence).replace("—", "").split()) - 2
    assert not any(name in phonemes for name in SPELLED_OUT)


@pytest.mark.parametrize(
    ("text", "sounds_like"),
    [
        ("ॲप", "ऍप"),
        ("टेलीविझ़न", "टेलीविज़न"),
        ("ऩया", "नया"),
        ("ब़स", "बस"),
        ("ाम", "आम"),
        ("ंकल", "कल"),
    ],
)
def test_letters_that_espeak_would_name_are_read(
    phonemize: GraphemesToPhonemes, text: str, sounds_like: str
) -> None:
    assert phonemize(text) == phonemize(sounds_like)


def test_a_dash_is_a_pause(phonemize: GraphemesToPhonemes) -> None:
    assert "—" in phonemize("राम – श्याम")


@pytest.mark.parametrize(
    "text", ["", ".", "़" * 200, "ड़" * 100, "्" * 200, "ा" * 200, "\ud800", "क" * 200]
)
def test_hostile_pieces_are_read(phonemize: GraphemesToPhonemes, text: str) -> None:
    assert isinstance(phonemize(clean(text)), str)
