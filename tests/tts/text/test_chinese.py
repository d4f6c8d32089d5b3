"""Numbers, signs and addresses are written out as speakers of Mandarin read them."""

import random
import time

import pytest

from app.tts.text.chinese import normalize


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        # Numbers
        ("0", "零"),
        ("15", "十五"),
        ("110", "一百一十"),
        ("1005", "一千零五"),
        ("1050", "一千零五十"),
        ("2200", "两千二百"),
        ("10005", "一万零五"),
        ("200500", "二十万零五百"),
        ("100010000", "一亿零一万"),
        ("1000000000000", "一万亿"),
        ("1000000000001", "一万亿零一"),
        ("123456789", "一亿二千三百四十五万六千七百八十九"),
        ("1,234人", "一千二百三十四人"),
        ("１２３", "一百二十三"),
        ("3.14", "三点一四"),
        ("1.2亿", "一点二亿"),
        ("0.5", "零点五"),
        ("007", "零零七"),
        ("12345678901234567", "一二三四五六七八九零一二三四五六七"),
        ("第Ⅱ期", "第二期"),
        ("①苹果②香蕉", "一苹果二香蕉"),
        # Two
        ("2个苹果", "两个苹果"),
        ("12个", "十二个"),
        ("第2个", "第二个"),
        ("2点", "两点"),
        ("2月2日", "二月二日"),
        ("2年前在2年级", "两年前在二年级"),
        ("2号楼", "二号楼"),
        ("2-3个", "两到三个"),
        ("2kg", "两公斤"),
        # Signs
        ("-5", "负五"),
        ("气温-5°C", "气温零下五摄氏度"),
        ("50%", "百分之五十"),
        ("100%", "百分之百"),
        ("3-5%", "百分之三到五"),
        ("1+1=2", "一加一等于二"),
        ("5-3=2", "五减三等于二"),
        ("3×4", "三乘四"),
        ("小明&小红", "小明和小红"),
        ("@小明", "艾特小明"),
        ("#话题#你好", "话题你好"),
        ("~100", "约一百"),
        ("好～", "好"),
        ("x²", "x平方"),
        ("10⁻³", "十的负三次方"),
        # Money
        ("¥100", "一百元"),
        ("￥1,980", "一千九百八十元"),
        ("$5", "五美元"),
        ("$1.5B", "十五亿美元"),
        ("€20", "二十欧元"),
        ("3.5元", "三点五元"),
        ("¥3.50", "三点五元"),
        ("5元/斤", "五元每斤"),
        # Times, dates and years
        ("3:30", "三点三十分"),
        ("15：00", "十五点"),
        ("8:05", "八点零五分"),
        ("9:00-18:00", "九点到十八点"),
        ("5pm", "下午五点"),
        ("2024年4月1日", "二零二四年四月一日"),
        ("2024-04-01", "二零二四年四月一日"),
        ("2024/4/1", "二零二四年四月一日"),
        ("于2024.4.1发布", "于二零二四年四月一日发布"),
        ("1998年", "一九九八年"),
        ("1998年前", "一九九八年前"),
        ("2019-2024年", "二零一九到二零二四年"),
        ("5000年的历史", "五千年的历史"),
        ("90年代的90后", "九十年代的九零后"),
        ("9·11", "九一一"),
        # Numbers that are names
        ("13812345678", "幺三八，幺二三四，五六七八"),
        ("010-12345678", "零幺零，幺二三四五六七八"),
        ("+86 138 1234 5678", "加八六，幺三八，幺二三四，五六七八"),
        ("拨打110", "拨打幺幺零"),
        ("110人", "一百一十人"),
        ("G102次", "G幺零二次"),
        ("波音747", "波音七四七"),
        ("iPhone15", "iPhone十五"),
        # Ranges, fractions and scores
        ("3-5天", "三到五天"),
        ("3～5", "三到五"),
        ("3.5万-5万元", "三点五万到五万元"),
        ("1/2", "二分之一"),
        ("3½", "三又二分之一"),
        ("比分3:2", "比分三比二"),
        ("以21:15获胜", "以二十一比十五获胜"),
        ("16:9", "十六比九"),
        # Units
        ("5km", "五公里"),
        ("25℃", "二十五摄氏度"),
        ("60km/h", "每小时六十公里"),
        ("100㎡", "一百平方米"),
        ("5mg/L", "五毫克每升"),
        ("1米80", "一米八零"),
        ("8GB", "八GB"),
    ],
)
def test_text_is_written_out_as_it_is_spoken(text: str, spoken: str) -> None:
    assert normalize(text) == spoken


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("访问https://example.com/a", "访问 example 点 com 斜杠 a"),
        ("发邮件到foo@qq.com", "发邮件到 foo 艾特 qq 点 com"),
        ("v2.0", "版本 二 点 零"),
    ],
)
def test_addresses_are_read_with_the_words_for_their_marks(text: str, spoken: str) -> None:
    assert normalize(text) == spoken


@pytest.mark.parametrize(
    "text",
    [
        "你好，世界！今天天气很好。",
        "他说：“你来了吗？”",
        "《红楼梦》（上）、『水浒传』……",
        "二零二四年四月一日，下午三点半。",
        "Wi-Fi和R语言",
        "\U000f0001来了",
    ],
)
def test_words_are_left_as_they_are(text: str) -> None:
    assert normalize(text) == text


def test_text_of_any_kind_is_written_out_whole_and_once() -> None:
    source = random.Random(1)
    pool = "0123456789.,:：-/%¥$~+*#@&=<>^²½①⁻到年月日点分负第零aAkmgT·； 个元度℃一二两x(。"
    for _ in range(300):
        text = "".join(source.choices(pool, k=source.randint(1, 40)))
        spoken = normalize(text)
        assert not any(character.isdecimal() for character in spoken), text
        assert normalize(spoken) == spoken, text


@pytest.mark.parametrize(
    "unit", ["1", ".", "1.", "1,", "1,000", "1:", "1/", "1-", "-", "$1", "1%", "½", "²", "¥", "到1"]
)
def test_endless_notations_take_no_more_than_linear_time(unit: str) -> None:
    started = time.perf_counter()
    normalize((unit * 4000)[:4000])
    assert time.perf_counter() - started < 2  # quadratic time would be more
