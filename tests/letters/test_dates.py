from datetime import date

import pytest

from letters import dates

DAY = date(2018, 9, 5)


@pytest.mark.parametrize(
    ("day", "precision", "language", "words"),
    [
        (DAY, "day", "en", "5 September 2018"),
        (DAY, "day", "en-US", "September 5, 2018"),
        (DAY, "month", "en", "September 2018"),
        (DAY, "month", "fr", "septembre 2018"),
        (DAY, "day", "de", "5. September 2018"),
        (DAY, "day", "zh-hans", "2018年9月5日"),
        (DAY, "none", "en", ""),
        (None, "day", "en", ""),
    ],
)
def test_in_words_writes_dates_as_letters_do(day, precision, language, words):
    assert dates.in_words(day, precision, language) == words
