from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect

from bench.floor.forms import SignOnForm
from bench.floor.models import SignOn


def page(request):
    return HttpResponse(settings.PAGE)


def sign(request):
    form = SignOnForm(request.POST)
    if not form.is_valid():
        return HttpResponse(form.errors.as_text(), status=422)
    SignOn.objects.create(**{name: value for name, value in form.cleaned_data.items() if name != "attested"})
    return HttpResponseRedirect("/sent/")
