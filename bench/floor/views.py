from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_protect

from bench.floor.forms import SignOnForm
from bench.floor.models import SignOn


def page(request):
    return HttpResponse(settings.PAGE)


@csrf_protect  # the one thing no form on the open web can do without
def sign(request):
    form = SignOnForm(request.POST)
    if not form.is_valid():
        return HttpResponse(form.errors.as_text(), status=422)
    SignOn.objects.create(**{name: value for name, value in form.cleaned_data.items() if name != "attested"})
    return HttpResponseRedirect("/sent/")
