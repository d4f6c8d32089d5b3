"""Mandarin is read with the right syllables, in no symbols but the model's."""

import itertools
import random
import time
from pathlib import Path

import pytest

from app.tts.model.vocabulary import VOCABULARY_FILE, Vocabulary
from app.tts.phonemes import chinese
from app.tts.phonemes.g2p import GraphemesToPhonemes
from app.tts.text.chinese import normalize

pytestmark = pytest.mark.slow

SENTENCES = [
    "你好，请问去火车站怎么走？",
    "今天天气很好，我们一起去公园玩吧！",
    "他说：“你来了吗？”我没有回答。",
    "「真的吗？」『当然』，她笑了笑……",
    "《红楼梦》（又名〈石头记〉）是曹雪芹写的【小说】。",
    "鲁迅·周树人——中国作家、思想家；生于一八八一年。",
    "请在2024年4月1日15:00前拨打010-12345678。",
    "苹果￥5.50/斤，打8折后便宜了20%。",
    "气温从-5℃升到了10℃。",
    "第2个房间有2张床、3把椅子。",
    "银行行长在人行道上行走。",
    "他长大后成了一名音乐家，每天都很快乐。",
    "我觉得他睡觉的时候还是很可爱的。",
    "妈妈高兴地说：“饭做得很好吃。”",
    "这座城市有1,234,567人。",
    "花儿开了，鸟儿在唱歌，一点儿也不冷。",
    "重庆的火锅又麻又辣。",
    "臺灣的銀行在台北市，我們聽音樂。",
    "圖書館裡有很多書，請不要大聲說話！",
    "人々、〇、㐀、𠀀、豈、⼀。",
    "ㄅㄆㄇ是注音符号。",
    "嗯，哼，唉，欸，哦，噢，呣。",
    "绿色的女孩去旅行，吃了一个驴肉火烧。",
    "日本、韩国、俄罗斯、阿根廷。",
    "四是四，十是十，十四是十四，四十是四十。",
    "学而时习之，不亦说乎？",
    "他骑着自行车，穿过了一条又一条街。",
    "GDP增长了5.2%，CPI持平。",
    "Ｗｉ-Ｆｉ密码是１２３４５６。",
    "买3送1！仅限今天~快来#抢购#吧",
    "数据：A=1，B=2，C≥3。",
    "比赛以3:2结束，用时1小时30分。",
    "吴越、徐州、旋转、军训、雪花、胸怀、翁先生、儿子。",
]


@pytest.fixture(scope="module")
def read() -> GraphemesToPhonemes:
    return chinese.build()


def syllables(pinyin: str) -> str:
    from misaki.zh import ZHG2P

    return "".join(map(ZHG2P.py2ipa, pinyin.split())).replace("\u032f", "")


@pytest.mark.parametrize(
    ("word", "pinyin"),
    [
        ("银行", "yin2 hang2"),
        ("行走", "xing2 zou3"),
        ("重庆", "chong2 qing4"),
        ("重要", "zhong4 yao4"),
        ("长大", "zhang3 da4"),
        ("长城", "chang2 cheng2"),
        ("音乐", "yin1 yue4"),
        ("快乐", "kuai4 le4"),
        ("还是", "hai2 shi4"),
        ("还书", "huan2 shu1"),
        ("还钱", "huan2 qian2"),
        ("首都", "shou3 du1"),
        ("都是", "dou1 shi4"),
        ("觉得", "jue2 de5"),
        ("睡觉", "shui4 jiao4"),
        ("便宜", "pian2 yi5"),
        ("方便", "fang1 bian4"),
        ("得到", "de2 dao4"),
        ("看着", "kan4 zhe5"),
        ("着急", "zhao2 ji2"),
        ("目的", "mu4 di4"),
        ("了解", "liao3 jie3"),
        ("朝鲜", "chao2 xian3"),
        ("数一数", "shu3 yi4 shu3"),
        ("出差", "chu1 chai1"),
        ("人参", "ren2 shen1"),
        ("空调", "kong1 tiao2"),
        ("种树", "zhong4 shu4"),
        ("爱好", "ai4 hao4"),
        ("单于", "chan2 yu2"),
        ("重新", "chong2 xin1"),
        ("角色", "jue2 se4"),
        ("幺三八", "yao1 san1 ba1"),
    ],
)
def test_characters_of_several_readings_are_read_by_their_word(
    read: GraphemesToPhonemes, word: str, pinyin: str
) -> None:
    assert read(word).replace(" ", "") == syllables(pinyin)


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("高兴地说", "gao1 xing4 de5 shuo1"),
        ("轻轻地走", "qing1 qing1 de5 zou3"),
        ("在地上", "zai4 di4 shang4"),
        ("跑得快", "pao3 de5 kuai4"),
        ("跑得很快", "pao3 de5 hen3 kuai4"),
        ("我得走了", "wo3 dei3 zou3 le5"),
        ("彼得", "bi3 de2"),
        ("看著我", "kan4 zhe5 wo3"),
        ("名著", "ming2 zhu4"),
    ],
)
def test_particles_are_told_from_words_of_the_same_character(
    read: GraphemesToPhonemes, text: str, pinyin: str
) -> None:
    assert read(text).replace(" ", "") == syllables(pinyin)


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("姓曾", "xing4 zeng1"),
        ("曾先生", "zeng1 xian1 sheng1"),
        ("曾国藩", "zeng1 guo2 fan1"),
        ("曾志伟", "zeng1 zhi4 wei3"),
        ("小曾", "xiao3 zeng1"),
        ("小曾在家", "xiao3 zeng1 zai4 jia1"),
        ("曾经", "ceng2 jing1"),
        ("从小曾在", "cong2 xiao3 ceng2 zai4"),
        ("他曾在", "ta1 ceng2 zai4"),
        ("老曾经常来", "lao3 zeng1 jing1 chang2 lai2"),
    ],
)
def test_a_surname_is_told_from_the_adverb(
    read: GraphemesToPhonemes, text: str, pinyin: str
) -> None:
    assert read(text).replace(" ", "") == syllables(pinyin)


@pytest.mark.parametrize("character", ["𠀀", "𪚥", "㐂", "𰻝", "\U000323af"])
def test_characters_without_a_reading_are_no_error(
    read: GraphemesToPhonemes, character: str
) -> None:
    assert isinstance(read(character * 50), str)


@pytest.mark.parametrize(
    ("traditional", "pinyin"),
    [
        ("銀行", "yin2 hang2"),
        ("音樂", "yin1 yue4"),
        ("重慶", "chong2 qing4"),
        ("長大", "zhang3 da4"),
        ("覺得", "jue2 de5"),
        ("乾淨", "gan1 jing4"),
    ],
)
def test_traditional_characters_are_read_by_their_word_too(
    read: GraphemesToPhonemes, traditional: str, pinyin: str
) -> None:
    assert read(traditional).replace(" ", "") == syllables(pinyin)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("你，好", "a, b"),
        ("你、好", "a, b"),
        ("你。好！", "a. b!"),
        ("你？好；", "a? b;"),
        ("你：好", "a: b"),
        ("「你」好", "“a” b"),
        ("『你』《好》", "“a” “b”"),
        ("【你】〈好〉", "“a” “b”"),
        ("你（好）", "a (b)"),
        ("你·好", "a b"),
        ("你——好……", "a——b……"),
        ("你#@~%好", "a b"),
        ("你abcПあ好", "a b"),
    ],
)
def test_marks_are_those_of_the_model(read: GraphemesToPhonemes, text: str, marks: str) -> None:
    expected = marks.replace("a", syllables("ni3")).replace("b", syllables("hao3"))
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "same"),
    [("二〇二四", "二零二四"), ("人々", "人人"), ("⼀", "一"), ("1２٣", "一二三")],
)
def test_rare_forms_of_characters_are_read_as_the_usual_ones(
    read: GraphemesToPhonemes, text: str, same: str
) -> None:
    assert read(text) == read(same)


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_are_read_in_symbols_of_the_model_alone(
    read: GraphemesToPhonemes, text: str
) -> None:
    vocabulary = Vocabulary.load(VOCABULARY_FILE)
    for form in (text, normalize(text)):
        phonemes = read(form)
        assert len(vocabulary.encode(phonemes)) == len(phonemes) > 0


@pytest.mark.timeout(60)
def test_hostile_pieces_are_read_in_bounded_time(read: GraphemesToPhonemes) -> None:
    vocabulary = Vocabulary.load(VOCABULARY_FILE)
    source = random.Random(1)
    characters = (
        "09.,-:：。，（「·…—一得地著着々〇㐀𠀀龘⼀豈ㄅaＡéあカपא가\u0301\ud800\U000f0001\0 \n💡"
    )
    pieces = [character * 200 for character in characters]
    pieces += ["".join(pair) * 100 for pair in itertools.permutations(characters[:16], 2)]
    pieces += ["".join(source.choices(characters, k=200)) for _ in range(50)]
    for piece in ["", " ", *pieces]:
        started = time.perf_counter()
        phonemes = read(piece)
        assert time.perf_counter() - started < 2
        assert len(vocabulary.encode(phonemes)) == len(phonemes)


def test_nothing_is_logged_and_no_cache_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    chinese.build()("你好")
    assert capfd.readouterr() == ("", "")
    assert not list(tmp_path.iterdir())
