"""Japanese words for the marks of addresses."""

from app.tts.text.addresses import AddressWords

ADDRESS_WORDS = AddressWords(
    dot="ドット",
    at="アットマーク",
    slash="スラッシュ",
    hyphen="ハイフン",
    underscore="アンダーバー",
    colon="コロン",
    question_mark="クエスチョンマーク",
    equals="イコール",
    and_sign="アンド",
    plus="プラス",
    hash_sign="シャープ",
    percent="パーセント",
    tilde="チルダ",
    version="バージョン",
    point="テン",
)
