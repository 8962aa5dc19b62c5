"""Pages from memory, as tests ask for them."""

from django.http import HttpResponse
from django.test import RequestFactory

from letters import hot_pages

HOME = "/"


class House:
    """What stands behind the middleware: a page that says how often it was made and all it knows of who asked."""

    def __init__(self, **headers):
        self.made = []
        self.headers = headers
        self.status = 200
        self.middleware = hot_pages.Middleware(self.page)

    def page(self, request):
        self.made.append(request)
        response = HttpResponse(f"{len(self.made)} {sorted(request.META)} {request.META}", status=self.status)
        response["Content-Length"] = str(len(response.content))
        for name, value in self.headers.items():
            response[name] = value
        return response

    def get(self, path=HOME, method="get", **headers):
        return self.middleware(getattr(RequestFactory(), method)(path, **headers))

    def number(self, *arguments, **headers):
        """Which copy is shown."""
        return int(self.get(*arguments, **headers).content.split()[0])
