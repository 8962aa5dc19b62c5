import pytest

from letters import collation


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Åland", "Ärzte", "Avesta", "Ødegaard", "Zebra"]),
        ("sv", ["Avesta", "Zebra", "Åland", "Ärzte", "Ødegaard"]),
        ("de", ["Ärzte für Flüsse", "Arztnetz", "Straße", "Strasse 2", "Zoll"]),
        ("cs", ["Cizí", "Čáp", "Dům", "Hora", "Chrám", "Jih"]),
        ("sk", ["Cizí", "Čap", "Dom", "Hora", "Chrám", "Orol", "Ôsmy"]),
        ("es", ["Chile", "Cuba", "Llano", "Luz", "Nube", "Ñandú", "Ola"]),
        ("lt", ["Ignas", "Yra", "Išora", "Jonas", "Šilas"]),
        ("tr", ["Hak", "Irmak", "ışık", "inci", "İzmir", "Şule"]),
        ("ar", ["أمل", "بيت", "تضامن", "نهر", "Amnesty", "Мемориал"]),
        ("ru", ["Мемориал", "Amnesty", "نهر"]),
        ("en", ["Amnesty", "Ελλάς", "Мемориал", "نهر", "かわ", "中国"]),
        ("zh-hans", ["北京", "鑫", "一心", "中国", "Amnesty"]),  # by pinyin: běi, xīn, yī, zhōng
        ("zh-hant", ["一心", "中国", "北京", "鑫", "Amnesty"]),  # by strokes: 1, 4, 5, 24
        ("zh-u-co-stroke", ["一心", "中国", "北京", "鑫", "Amnesty"]),
        ("ja", ["Amnesty", "あおいかい", "かわのかい", "ヤマノカイ", "やまのはし"]),
    ],
)
def test_sort_key_orders_as_the_language_does(language, expected):
    shuffled = expected[::-1]
    assert sorted(shuffled, key=collation.sort_key(language)) == expected


@pytest.mark.parametrize(
    ("language", "name", "bare"),
    [
        ("en", "The Amber Fund", "Amber Fund"),
        ("en", "A New Day", "New Day"),
        ("en", "“The Bridge”", "Bridge”"),
        ("fr", "L’Écho", "Écho"),
        ("fr", "Les Amis", "Amis"),
        ("fr", "The Amber Fund", "Amber Fund"),
        ("de", "Die Brücke", "Brücke"),
        ("es", "La Casa", "Casa"),
        ("it", "Un'altra via", "altra via"),
        ("nl", "'t Huis", "Huis"),
        ("ar", "الحق", "حق"),
        ("ar", "المركز العربي", "مركز العربي"),
    ],
)
def test_without_article_begins_at_the_first_word_that_counts(language, name, bare):
    assert collation.without_article(name, language) == bare


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "Die Brücke"),
        ("en", "Theatre Forum"),
        ("en", "The"),
        ("en", "Anti-Slavery"),
        ("fr", "Lettre ouverte"),
        ("de", "A Rocha"),
        ("ar", "التزام"),
        ("ar", "ألوان"),
        ("zh-hans", "北京"),
    ],
)
def test_without_article_keeps_what_only_looks_like_one(language, name):
    assert collation.without_article(name, language) == name
