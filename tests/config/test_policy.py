from csp.constants import NONCE, SELF
from csp.decorators import csp_update
from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.test import RequestFactory

from config import policy

HEADER = "Content-Security-Policy"


def directives(middleware, view):
    answer = middleware(view)(RequestFactory().get("/"))
    return {part.strip() for part in answer[HEADER].split(";")}


def plain(request):
    return HttpResponse("")


@csp_update({"style-src-attr": ["'unsafe-inline'"]})
def with_style_attributes(request):
    return HttpResponse("")


def with_nonce(request):
    return HttpResponse(str(request.csp_nonce))


def test_says_what_django_csp_says():
    assert directives(policy.Middleware, plain) == directives(CSPMiddleware, plain)
    assert "script-src 'self'" in directives(policy.Middleware, plain)


def test_lets_a_view_change_its_own_answer():
    assert directives(policy.Middleware, with_style_attributes) == directives(CSPMiddleware, with_style_attributes)
    assert "style-src-attr 'unsafe-inline'" in directives(policy.Middleware, with_style_attributes)
    assert "style-src-attr 'unsafe-inline'" not in directives(policy.Middleware, plain)


def test_gives_each_answer_its_own_nonce(settings):
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"script-src": [SELF, NONCE]}}
    first, second = directives(policy.Middleware, with_nonce), directives(policy.Middleware, with_nonce)
    assert any("'nonce-" in part for part in first)
    assert first != second


def test_reports_too_where_that_is_set(settings):
    settings.CONTENT_SECURITY_POLICY_REPORT_ONLY = {"DIRECTIVES": {"default-src": ["'none'"]}}
    answer = policy.Middleware(plain)(RequestFactory().get("/"))
    assert answer[f"{HEADER}-Report-Only"] == "default-src 'none'"


def test_leaves_a_policy_that_is_there():
    def own(request):
        return HttpResponse("", headers={HEADER: "default-src 'none'"})

    assert directives(policy.Middleware, own) == {"default-src 'none'"}
