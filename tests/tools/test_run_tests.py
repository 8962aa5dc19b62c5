from tools.run_tests import Tally

REPORT = """<testsuites><testsuite>
<testcase classname="tests.a" name="test_passes"/>
<testcase classname="tests.a" name="test_fails"><failure message="no"/></testcase>
<testcase classname="tests.a" name="test_breaks_at_the_end"><error message="no"/></testcase>
<testcase classname="tests.a" name="test_waits"><skipped type="pytest.xfail" message="later"/></testcase>
<testcase classname="tests.a" name="test_skips"><skipped type="pytest.skip" message="no qpdf"/></testcase>
</testsuite></testsuites>"""
SECOND = """<testsuites><testsuite><testcase classname="tests.a" name="test_skips"/></testsuite></testsuites>"""


def tally(tmp_path, *reports):
    found = Tally()
    for text in reports:
        (tmp_path / "report.xml").write_text(text)
        found.add(tmp_path / "report.xml")
    return found


def test_summary_counts_every_outcome_as_pytest_does(tmp_path):
    words = "1 failed, 1 passed, 1 skipped, 1 xfailed, 1 errors in 2.00s"
    assert tally(tmp_path, REPORT).summary(2).strip("= ") == words


def test_summary_says_when_nothing_ran():
    assert Tally().summary(0).strip("= ") == "no tests ran in 0.00s"


def test_never_run_names_the_reason_of_a_test_skipped_everywhere(tmp_path):
    assert tally(tmp_path, REPORT, REPORT).never_run() == ["1 tests: no qpdf"]


def test_never_run_forgives_a_test_that_another_run_did_run(tmp_path):
    assert tally(tmp_path, REPORT, SECOND).never_run() == []
