from django.urls import path

from signatories.views import (
    confirming,
    desk,
    exporting,
    holdings,
    importing,
    links,
    mine,
    news,
    ordering,
    proofing,
    signing,
)

app_name = "signatories"

pages = [
    path("letters/<slug:slug>/sign/", signing.sign, name="sign"),
    path("letters/<slug:slug>/sign/individual/", signing.sign, {"kind": "individual"}, name="sign_individual"),
    path("letters/<slug:slug>/sign/sent/", signing.sent, name="sent"),
    path("letters/<slug:slug>/sign/already/", signing.already, name="already"),
    path("letters/<slug:slug>/mine/", links.new_link, name="new_link"),
    path("confirm/<str:token>/", confirming.confirm, name="confirm"),
    path("vouch/<str:token>/", links.vouch, name="vouch"),
    path("unsubscribe/<str:token>/", links.unsubscribe, name="unsubscribe"),
    path("mine/<str:token>/", mine.mine, name="mine"),
    path("mine/<str:token>/decide/", mine.decide, name="decide"),
    path("mine/<str:token>/amendment/", mine.amendment, name="amendment"),
    path("mine/<str:token>/question/", mine.question, name="question"),
    path("mine/<str:token>/correct/", mine.correct, name="correct"),
    path("mine/<str:token>/visibility/", mine.visibility, name="visibility"),
    path("mine/<str:token>/withdraw/", mine.withdraw, name="withdraw"),
    path("mine/<str:token>/mails/", links.subscription, name="subscription"),
    path("mine/<str:token>/links/", links.older_links, name="older_links"),
    path("mine/<str:token>/data/", holdings.holdings, name="holdings"),
]

files = [
    path("mine/<str:token>/data.json", holdings.holdings_file, name="holdings_file"),
]

desk_pages = [
    path("desk/letters/<slug:slug>/try/", desk.try_out, name="try_out"),
    path("desk/letters/<slug:slug>/news/", news.news, name="news"),
    path("desk/letters/<slug:slug>/answers/", desk.answers, name="answers"),
    path("desk/letters/<slug:slug>/lists/", importing.imports, name="imports"),
    path("desk/letters/<slug:slug>/lists/with-the-letter/", importing.import_pasted, name="import_pasted"),
    path("desk/letters/<slug:slug>/lists/<int:pk>/", importing.imported, name="imported"),
    path("desk/letters/<slug:slug>/lists/<int:pk>/add/", importing.import_add, name="import_add"),
    path("desk/letters/<slug:slug>/lists/<int:pk>/undecided/", importing.import_undecided, name="import_undecided"),
    path("desk/letters/<slug:slug>/lists/<int:pk>/country/", importing.import_country, name="import_country"),
    path("desk/letters/<slug:slug>/lists/<int:pk>/again/", importing.import_again, name="import_again"),
    path("desk/letters/<slug:slug>/lists/<int:pk>/discard/", importing.import_discard, name="import_discard"),
    path("desk/letters/<slug:slug>/lists/<int:pk>/rows/<int:number>/undo/", importing.unmerge, name="unmerge"),
    path("desk/letters/<slug:slug>/lists/<int:pk>/proof/", importing.import_proof, name="import_proof"),
    path("desk/letters/<slug:slug>/answers/remind/", desk.remind, name="remind"),
    path("desk/letters/<slug:slug>/proof/", proofing.proof, name="proof"),
    path("desk/letters/<slug:slug>/order/", ordering.order, name="order"),
    path("desk/letters/<slug:slug>/order/initiator/", ordering.initiator, name="initiator"),
    path("desk/letters/<slug:slug>/export/", exporting.export, name="export"),
    path("desk/letters/<slug:slug>/export/confidential/", exporting.export_confidential, name="export_confidential"),
]

urlpatterns = [*pages, *files, *desk_pages]
