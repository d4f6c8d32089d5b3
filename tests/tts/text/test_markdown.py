"""Markdown is read as a person would read it aloud: without its marks, and with all words."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tts.text.markdown import plain
from app.tts.text.markup import Markup
from app.tts.text.sentences import split_sentences
from tests.hypothesis_profiles import examples

ANSWER = """\
# Choosing a plan

Here's a **quick comparison** of the plans, as of *May 2024*:

| Plan | Price | Seats |
|:-----|------:|:-----:|
| Free | $0 | 1 |
| **Pro** | $12.50 | up to 5 |
| Team | | 50+ |

## What to do

1. **Sign up** at [our site](https://example.com/sign_up?x=1 "Sign up").
2. Install the client:
   ```bash
   pip install example_client

   example --login
   ```
3. Then:
   - check your `config.toml` file
   - set `max_items` to 10
     - or 20, if you are ~~brave~~ bold
   - [x] done

> **Note:** prices *don't* include VAT.
> See the terms &amp; conditions[^1].

---

Let me know if you need more!

[^1]: Subject to change.
"""

READ_ALOUD = """\
Choosing a plan
Here's a quick comparison of the plans, as of May 2024:
Plan: Free, Price: $0, Seats: 1.
Plan: Pro, Price: $12.50, Seats: up to 5.
Plan: Team, Seats: 50+.
What to do
1: Sign up at our site.
2: Install the client:
pip install example_client
example --login
3: Then:
check your config.toml file
set max_items to 10
or 20, if you are brave bold
done
Note: prices don't include VAT.
See the terms & conditions.
Let me know if you need more!
Subject to change."""


def test_an_answer_of_a_chat_model_is_read_line_by_line() -> None:
    assert plain(ANSWER) == READ_ALOUD


@pytest.mark.parametrize(
    ("markdown", "read"),
    [
        ("# Title", "Title"),
        ("## Title ##", "Title"),
        ("Title\n=====\ntext", "Title\ntext"),
        ("text\n---", "text"),
        ("one\n\n---\n\ntwo", "one\ntwo"),
        ("**bold**, *it*, __b__, _i_, ***both***, ~~no~~", "bold, it, b, i, both, no"),
        ("un**believ**able, habl**o**, habl*o*, **W**orld", "unbelievable, hablo, hablo, World"),
        ("**Note:**text", "Note:text"),
        ("`a*b*` and ``x`y``", "a*b* and x`y"),
        ("a  \nb\\\nc<br>d<br/>e", "a\nb\nc\nd\ne"),
        (r"\*not\* 5\_000", "*not* 5_000"),
        ("&lt;b&gt; &amp; &eacute;&#65;", "<b> & éA"),
        ("> quoted\n> > twice", "quoted\ntwice"),
        ("> [!NOTE]\n> Careful.", "NOTE\nCareful."),
    ],
)
def test_marks_of_text_are_not_read(markdown: str, read: str) -> None:
    assert plain(markdown) == read


@pytest.mark.parametrize(
    ("markdown", "read"),
    [
        ("[text](http://b.c/d_e_f 'title')", "text"),
        ("[text](/page), [text](#part), [text]()", "text, text, text"),
        ("[a (b)](https://en.wikipedia.org/wiki/A_(b)).", "a (b)."),
        ("<https://a.b/c_d_e>", "https://a.b/c_d_e"),
        ("<me@a.b>", "me@a.b"),
        ("[https://a.b](https://a.b)", "https://a.b"),
        ("https://a.b/_next_/x **https://c.d**", "https://a.b/_next_/x https://c.d"),
        ("![alt](x.png)", "alt"),
        ("[![alt](x.png)](http://b.c)", "alt"),
        ("[**bold**](http://b.c)", "bold"),
        ("see [the docs][1]\n\n[1]: https://x.y", "see the docs"),
        ("Sources:\n\n[1]: https://x.y", "Sources:\n[1]: https://x.y"),
        ("[Anna]: hello\n[Ben]: hi", "[Anna]: hello\n[Ben]: hi"),
        ("So it is[^1].\n\n[^1]: The note.", "So it is.\nThe note."),
        ("So it is[^a].\n\n[^a]: The note.", "So it is.\nThe note."),
    ],
)
def test_links_are_read_by_their_text(markdown: str, read: str) -> None:
    assert plain(markdown) == read


@pytest.mark.parametrize(
    ("markdown", "read"),
    [
        ("- milk\n- eggs\n* bread\n+ 5 apples", "milk\neggs\nbread\n5 apples"),
        ("1. Foo\n2. Bar", "1: Foo\n2: Bar"),
        (
            "1. Foo\n\n   more\n\n10. Bar\n    - baz\n        - deep",
            "1: Foo\nmore\n10: Bar\nbaz\ndeep",
        ),
        ("1. # Foo\n2.\n3. ```\n   x\n   ```", "1: Foo\n2.\n3: x"),
        ("1. **Foo**\n   It is foo.", "1: Foo\nIt is foo."),
        ("1. 2. Foo", "1: 2: Foo"),
        ("- [ ] x\n- [X] y", "x\ny"),
        ("text\n- a\n- b", "text\na\nb"),
    ],
)
def test_items_of_lists_have_lines_and_numbers(markdown: str, read: str) -> None:
    assert plain(markdown) == read


@pytest.mark.parametrize(
    ("markdown", "read"),
    [
        ("Plan|Price\n---|---\nFree|$0", "Plan: Free, Price: $0."),
        ("|A|B|\n|-|-|\n|1|2|3|\n| |4|\n|5|", "A: 1, B: 2, 3.\nB: 4.\nA: 5."),
        ("| | Free | Pro |\n|-|-|-|\n| Price | $0 | $9 |", "Price, Free: $0, Pro: $9."),
        ("| | |\n|---|---|\n| Name | Bob |", "Name: Bob."),
        ("|A|B|\n|-|-|", "A, B."),
        ("|A|B|\n|-|-|\n|1||\n|2||", "B.\nA: 1.\nA: 2."),
        ("|**A:**|B|\n|-|-|\n|`x\\|y`|Yes!|\n|One.|a<br>b|", "A: x|y, B: Yes!\nA: One, B: a, b."),
        ("text\n|A|B|\n|-|-|\n|1|2|\ntext", "text\nA: 1, B: 2.\ntext"),
        ("> |A|B|\n> |-|-|\n> |1|2|", "A: 1, B: 2."),
        ("- |A|B|\n  |-|-|\n  |1|2|", "A: 1, B: 2."),
    ],
)
def test_cells_of_tables_are_read_with_their_headings(markdown: str, read: str) -> None:
    assert plain(markdown) == read


@pytest.mark.parametrize(
    ("markdown", "read"),
    [
        ("```python\nx = *a*\n\n# y\n```\nz", "x = *a*\n# y\nz"),
        ("~~~\n<b>\n~~~", "<b>"),
        ("```\nnever closed\n- x", "never closed\n- x"),
        ("~~~ not code ~~~\nbut fun", "not code ~~~\nbut fun"),
        ("> ```js\n> f()\n> ```", "f()"),
    ],
)
def test_code_is_read_as_it_is_without_its_language(markdown: str, read: str) -> None:
    assert plain(markdown) == read


@pytest.mark.parametrize(
    ("markdown", "read"),
    [
        ("<b>bold</b> <B class='x'>b</B>", "bold b"),
        ("H<sub>2</sub>O, 10<sup>-6</sup>, 1<sup>st</sup>", "H2O, 10⁻⁶, 1st"),
        ("<details open>\n<summary>More</summary>\n\ntext\n</details>", "More\ntext"),
        ("<!-- hidden\nwords -->seen", "seen"),
        ('<img src="a.png" alt="A cat">', "A cat"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        (r"so \(x_1 * y_1\) and $$a*b*c$$ and $x^2$", "so x_1 * y_1 and a*b*c and x^2"),
        ("\\[\nE = mc^2\n\\]", "E = mc^2"),
        (r"値は\(x\)です", "値は x です"),
        ("$5 and $10, US$5, $HOME and $PATH", "$5 and $10, US$5, $HOME and $PATH"),
    ],
)
def test_html_and_formulas_are_read_without_tags_and_delimiters(markdown: str, read: str) -> None:
    assert plain(markdown) == read


@pytest.mark.parametrize(
    ("markdown", "read"),
    [
        ("**重要**です", "重要です"),
        ("**「重要」**です", "「重要」です"),
        ("これは**「重要」**です。", "これは「重要」です。"),
        ("这是**“重点”**内容，*注意*！", "这是“重点”内容，注意！"),
        ("**注意：**请看", "注意：请看"),
        ("値段は~~100円~~50円", "値段は100円50円"),
        ("第**3**章", "第3章"),
        ("यह **हिन्दी** है", "यह हिन्दी है"),
        ("- 牛乳\n- **卵**", "牛乳\n卵"),
    ],
)
def test_emphasis_needs_no_spaces_in_chinese_and_japanese(markdown: str, read: str) -> None:
    assert plain(markdown) == read


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 * 4",
        "5*3*2",
        "2**3**4 and x**2 + y**2",
        "f**k this and sh*t and f*ck",
        "snake_case_name a_b_c",
        "*args and **kwargs",
        "f(*args, **kwargs)",
        "C# and F#",
        "#1 choice #hashtag",
        "~20 to ~30",
        "1) first",
        "2019. It was a good year.",
        "5.",
        "- 5 degrees",
        "-5 °C",
        "> 5",
        "+1 555 123 4567",
        "100% | 50%",
        "e.g. [citation needed]",
        "see [1] and [sic]",
        "array[0](x) + array[i](a.b)",
        "    four spaces",
        "a < b and c > d",
        "x<y>z",
        "Dear <your name>, from <b>",
        "List<int> and map<std::string, int>",
        "AT&T, R&D; and &co",
        "[x] done",
        "[^abc]",
        r"C:\Users\me",
        "milk\neggs\nbread",
        "",
        " \n",
    ],
)
def test_text_that_is_no_markdown_stays(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("markdown", "read"),
    [
        ("[a](/ˈo/) and [a](/ˈo/)'s *", "1 and 2's *"),
        ("**[a](/ˈo/)** [[a](/ˈo/)](http://a.b) _[a](/ˈo/)_ `[a](/ˈo/)`", "1 2 3 [a](/ˈo/)"),
        ("Well![a](/ˈo/), [Guide](/guide/) and ![alt](/alt/)", "Well!1, Guide and alt"),
        ("# [a](/ˈo*_e/)\n> - [a](/ˈo/)", "1\n2"),
        ("|[a](/ˈo/)|b|\n|-|-|\n|c|[a](/ˈo/)|\n|d||", "1: c, b: 2.\n1: d."),
        ("\\[a](/ˈo/) \\\\[a](/ˈo/)", "[a](/ˈo/) \\1"),
        ("[ [a](/ˈo/) ] ($x [a](/ˈo/)", "[ 1 ] ($x 2"),
        ("&#xF0000;[a](/ˈo/)&#983040;", " 1 "),
    ],
)
def test_pronunciations_are_read_wherever_words_are_but_not_in_code(
    markdown: str, read: str
) -> None:
    markup = Markup("abcdo*_eˈ")
    text = plain(markdown, markup)
    numbers = {placeholder: str(n) for n, placeholder in enumerate(markup.words, 1)}
    assert "".join(numbers.get(character, character) for character in text) == read.strip()


def test_wrapped_prose_is_one_line_and_short_lines_stay() -> None:
    wrapped = "This **line** was wrapped by the editor of a\nlong text that goes on"
    assert plain(wrapped) == wrapped.replace("*", "").replace("\n", " ")
    assert plain("**Roses** are red,\nviolets are blue") == "Roses are red,\nviolets are blue"


def test_long_items_in_lower_case_are_not_taken_for_wrapped_prose() -> None:
    items = ["an item that is longer than forty characters", "another one"]
    text = plain("- " + "\n- ".join(items))
    assert [sentence.text for sentence in split_sentences(text)] == items


@pytest.mark.parametrize("cell", ["word " * 100, "[word](/" + "ˈo" * 240 + "/)", "[pause:1s]" * 50])
def test_headings_much_longer_than_their_rows_are_read_once(cell: str) -> None:
    heading = plain(cell, Markup("oˈ")).strip()
    text = plain(f"|{cell}|b|\n|-|-|\n" + "|c|\n" * 500, Markup("oˈ"))
    assert text == f"{heading}, b.\n" + "\n".join(["c."] * 500)


def test_a_scene_break_is_silent() -> None:
    assert plain("* * *") == ""


WORDS = st.text("abcdé語0123", min_size=1, max_size=6)
MARKED = ["{}", "**{}**", "*{}*", "***{}***", "`{}`", "~~{}~~", "<b>{}</b>", '"{}"', "({})"]
LINKED = ["[{}](http://-.-/)", "[**{}**](#)", "![{}](/-.-)"]
SPANS = st.sampled_from([*MARKED, *LINKED, "\\({}\\)"])
BLOCKS = st.sampled_from(["{}", "# {}", "- {}", "> {}", "- [ ] {}", "> - {}", "- > # {}"])


@given(
    st.lists(
        st.tuples(BLOCKS, st.lists(st.tuples(SPANS, WORDS), min_size=1, max_size=6)), max_size=6
    )
)
def test_all_words_come_out_of_any_marks(blocks: list[tuple[str, list[tuple[str, str]]]]) -> None:
    text = "\n\n".join(
        block.format(" ".join(span.format(word) for span, word in spans)) for block, spans in blocks
    )
    words = [word for _, spans in blocks for _, word in spans]
    assert re.findall(r"\w+", plain(text)) == words


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


# No letters that stand for a mark (the x of a task) and no runs that make a fence with a language.
STRAY = st.text("ab12 \n*_~#>-+=`.)!\\$é語", max_size=200).map(
    lambda text: re.sub("`{3,}|~{3,}", "~~", text)
)
STRAY_BRACKETS = st.text("ab12 \n*_>-`()[]!$\\<", max_size=200).map(
    lambda text: re.sub("`{3,}", "`", text)
)


@examples(3)
@given(STRAY | STRAY_BRACKETS)
def test_letters_and_digits_come_out_in_order(text: str) -> None:
    assert letters(plain(text)) == letters(text)


@given(st.text("ab1|-: \n\\*`", max_size=150))
def test_all_letters_of_tables_come_out(text: str) -> None:
    text = re.sub("`{3,}", "`", text)
    spoken = letters(plain(text))
    assert all(spoken.count(letter) >= text.count(letter) for letter in "ab1")


@given(st.text(max_size=100) | st.text("ab<>/!-&;#x[^]:|\n```$", max_size=150))
def test_no_text_is_refused(text: str) -> None:
    plain(text)


@given(st.text(st.sampled_from("abc 語\n.,!?'\""), max_size=100))
def test_text_without_marks_is_left_alone(text: str) -> None:
    assert plain(text) == text


HOSTILE = ["[", "*a", "`", "> ", "|", "- ", "_*", "![", "<", "&#", "](x ", "[](", "\\(", "$$", "$a"]
HOSTILE += ["-\n", ">\n", "a\n", "1. ", "<b ", "<b></b>", "<!--", "[a]: http://b\n", "|a\n|-\n"]
HOSTILE += ["~~", "#\n", "```\n", "> a\nb\n", "- a\nb\n", "a\n=\n", "[^1]", "**a:**", "://", "- > "]


@pytest.mark.parametrize("marks", HOSTILE)
def test_endless_marks_take_bounded_time(marks: str) -> None:
    start = time.process_time()
    plain((marks * 4096)[:4096])
    assert time.process_time() - start < 1  # a tenth of that, on a machine with nothing else to do


@pytest.mark.parametrize("marks", ["> ", "- ", "1. ", "[", "**", "<b>", "- > "])
def test_what_is_nested_too_deep_to_follow_is_read(marks: str) -> None:
    assert plain(marks * 1000 + "word").endswith("word")


def test_lists_nested_deeper_than_anyone_writes_are_read() -> None:
    text = "".join("  " * depth + f"- item{depth}\n" for depth in range(60))
    assert re.findall(r"item\d+", plain(text)) == [f"item{depth}" for depth in range(60)]


def test_threads_may_share_it() -> None:
    texts = [ANSWER, "**a** [b](http://c.d)", "1. x\n2. y", "<b>x</b> [^1]"] * 10
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(plain, texts)) == [plain(text) for text in texts]
