from django.urls import path, register_converter

from letters.views import (
    amending,
    boards,
    checks,
    commenting,
    consultation,
    copies,
    delivering,
    editions,
    embedding,
    following,
    languages,
    looking,
    noting,
    open_data,
    press,
    previewing,
    public,
    published_files,
    publishing,
    releasing,
    replying,
    revision_files,
    revisions,
    rolls,
    rules,
    starting,
    timetable,
    translating,
    verifying,
    writing,
)

app_name = "letters"


class Ordinal:
    """1, 2, 3 … written plainly: "02" would be a second address of the same page, and hold a copy of its own."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(Ordinal, "ordinal")

pages = [
    path("", public.home, name="home"),
    path("letters/<slug:slug>/", public.letter, name="letter"),
    path("letters/<slug:slug>/in/<str:language>/", public.letter_in, name="letter_in"),
    path("letters/<slug:slug>/signatories/", rolls.roll, name="roll"),
    path("letters/<slug:slug>/board/", boards.board, name="board"),
    path("letters/<slug:slug>/in/<str:language>/board/", boards.board, name="board"),
    path("letters/<slug:slug>/checks/", checks.checks, name="checks"),
    path("letters/<slug:slug>/amended/<ordinal:number>/", public.amended, name="amended"),
    path("letters/<slug:slug>/press/", press.press, name="press"),
    path("letters/<slug:slug>/in/<str:language>/press/", press.press, name="press"),
    path("verify/", verifying.verify, name="verify"),
    path("comment/<str:token>/", commenting.comment, name="comment"),
]

files = [
    path("letters/<slug:slug>/letter.docx", copies.board_copy, name="board_copy"),
    path("letters/<slug:slug>/in/<str:language>/letter.docx", copies.board_copy, name="board_copy"),
    path("letters/<slug:slug>/letter.pdf", copies.letter_pdf, name="letter_pdf"),
    path("letters/<slug:slug>/in/<str:language>/letter.pdf", copies.letter_pdf, name="letter_pdf"),
    path("letters/<slug:slug>/<ordinal:number>.pdf", published_files.edition_pdf, name="edition_pdf"),
    path("letters/<slug:slug>/in/<str:language>/<ordinal:number>.pdf", published_files.edition_pdf, name="edition_pdf"),
    path("letters/<slug:slug>/editions/<ordinal:number>.json", published_files.manifest_file, name="manifest_file"),
    path("letters/<slug:slug>/replies/<ordinal:number>.pdf", published_files.reply_file, name="reply_file"),
    path("letters/<slug:slug>/revisions/<ordinal:number>.json", revision_files.revision_file, name="revision_file"),
    path("letters/<slug:slug>/signatories.json", open_data.signatories_json, name="signatories_json"),
    path("letters/<slug:slug>/signatories.csv", open_data.signatories_csv, name="signatories_csv"),
    path("letters/<slug:slug>/signatories.txt", open_data.signatories_txt, name="signatories_txt"),
    path("letters/<slug:slug>/embed/", embedding.embed, name="embed"),
    path("letters/<slug:slug>/in/<str:language>/embed/", embedding.embed, name="embed"),
    path("letters/<slug:slug>/card.png", embedding.card, name="card"),
    path("letters/<slug:slug>/in/<str:language>/card.png", embedding.card, name="card"),
    path("oembed", embedding.oembed, name="oembed"),
    path("feed/", open_data.feed, name="feed"),
    path("sitemap.xml", open_data.sitemap, name="sitemap"),
    path("robots.txt", open_data.robots, name="robots"),
]

desk = [
    path("desk/letters/new/", starting.new, name="new"),
    path("desk/letters/new/recognized/", starting.recognized, name="recognized"),
    path("desk/letters/new/like/", starting.new_like, name="new_like"),
    path("desk/letters/new/empty/", starting.new_empty, name="new_empty"),
    path("desk/letters/<slug:slug>/", following.overview, name="overview"),
    path("desk/letters/<slug:slug>/write/", writing.write, name="write"),
    path("desk/letters/<slug:slug>/autosave/", writing.autosave, name="autosave"),
    path("desk/letters/<slug:slug>/timetable/", timetable.timetable, name="timetable"),
    path("desk/letters/<slug:slug>/rules/", rules.rules, name="rules"),
    path("desk/letters/<slug:slug>/preview.pdf", previewing.preview, name="preview"),
    path("desk/letters/<slug:slug>/preview/page/", previewing.preview_page, name="preview_page"),
    path("desk/letters/<slug:slug>/preview/phone/", previewing.preview_phone, name="preview_phone"),
    path("desk/letters/<slug:slug>/preview/letter/", previewing.preview_letter, name="preview_letter"),
    path(
        "desk/letters/<slug:slug>/preview/letter/<int:number>.png", previewing.preview_picture, name="preview_picture"
    ),
    path("desk/letters/<slug:slug>/look/", looking.look, name="look"),
    path("desk/letters/<slug:slug>/look/pages/", looking.look_pages, name="look_pages"),
    path("desk/letters/<slug:slug>/look/pages/<int:number>.png", looking.look_picture, name="look_picture"),
    path("desk/letters/<slug:slug>/look/logos/<slug:digest>.png", looking.look_logo, name="look_logo"),
    path("desk/letters/<slug:slug>/texts/", languages.texts, name="texts"),
    path("desk/letters/<slug:slug>/texts/<str:language>/", translating.translate, name="translate"),
    path(
        "desk/letters/<slug:slug>/texts/<str:language>/autosave/",
        translating.autosave_translation,
        name="autosave_translation",
    ),
    path("desk/letters/<slug:slug>/texts/<str:language>/authentic/", languages.make_authentic, name="make_authentic"),
    path("desk/letters/<slug:slug>/texts/<str:language>/remove/", languages.remove_text, name="remove_text"),
    path("desk/letters/<slug:slug>/test-mail/", following.test_delivery, name="test_delivery"),
    path("desk/letters/<slug:slug>/consultation/", consultation.consultation, name="consultation"),
    path(
        "desk/letters/<slug:slug>/consultation/<int:pk>/extend/",
        consultation.extend_consultation,
        name="extend_consultation",
    ),
    path("desk/letters/<slug:slug>/consultation/<int:pk>/end/", consultation.end_consultation, name="end_consultation"),
    path(
        "desk/letters/<slug:slug>/consultation/<int:pk>/invite/", consultation.invite_partners, name="invite_partners"
    ),
    path(
        "desk/letters/<slug:slug>/consultation/<int:pk>/remind/", consultation.remind_partners, name="remind_partners"
    ),
    path("desk/letters/<slug:slug>/partners/<int:pk>/revoke/", consultation.revoke_partner, name="revoke_partner"),
    path("desk/letters/<slug:slug>/comments/<int:pk>/answer/", consultation.answer_comment, name="answer_comment"),
    path("desk/letters/<slug:slug>/revisions/", revisions.revisions, name="revisions"),
    path("desk/letters/<slug:slug>/revisions/compare/", revisions.compare, name="compare"),
    path("desk/letters/<slug:slug>/revisions/<int:number>/", revisions.revision, name="revision"),
    path("desk/letters/<slug:slug>/revisions/<int:number>.json", revisions.revision_copy, name="revision_copy"),
    path("desk/letters/<slug:slug>/revisions/<int:number>/name/", revisions.name_revision, name="name_revision"),
    path("desk/letters/<slug:slug>/revisions/<int:number>/restore/", revisions.restore, name="restore"),
    path("desk/letters/<slug:slug>/amend/", amending.amend, name="amend"),
    path("desk/letters/<slug:slug>/amend/prepare/", amending.prepare_amendment, name="prepare_amendment"),
    path("desk/letters/<slug:slug>/amend/discard/", amending.discard_amendment, name="discard_amendment"),
    path("desk/letters/<slug:slug>/open/", following.open_for_signing, name="open_for_signing"),
    path("desk/letters/<slug:slug>/pause/", following.pause, name="pause"),
    path("desk/letters/<slug:slug>/resume/", following.resume, name="resume"),
    path("desk/letters/<slug:slug>/close/", following.close, name="close"),
    path("desk/letters/<slug:slug>/reopen/", timetable.reopen, name="reopen"),
    path("desk/letters/<slug:slug>/signatories/", following.signatories, name="signatories"),
    path("desk/letters/<slug:slug>/freeze/", following.freeze, name="freeze"),
    path(
        "desk/letters/<slug:slug>/editions/<int:number>/for-the-addressee/",
        editions.addressee_copy,
        name="addressee_copy",
    ),
    path("desk/letters/<slug:slug>/editions/<int:number>/manifest.json", editions.manifest, name="manifest"),
    path("desk/letters/<slug:slug>/editions/<int:number>/record.pdf", editions.record, name="record"),
    path("desk/letters/<slug:slug>/editions/<int:number>/record.json", editions.record_data, name="record_data"),
    path("desk/letters/<slug:slug>/editions/<int:number>/<str:language>.pdf", following.document, name="document"),
    path(
        "desk/letters/<slug:slug>/editions/<int:number>/<str:language>.docx", copies.edition_copy, name="edition_copy"
    ),
    path("desk/letters/<slug:slug>/deliver/", delivering.deliver, name="deliver"),
    path(
        "desk/letters/<slug:slug>/editions/<int:number>/deliver/<int:place>/",
        delivering.prepare_delivery,
        name="prepare_delivery",
    ),
    path("desk/letters/<slug:slug>/deliver/<int:pk>/", delivering.delivery, name="delivery"),
    path("desk/letters/<slug:slug>/deliver/<int:pk>/change/", delivering.change_delivery, name="change_delivery"),
    path("desk/letters/<slug:slug>/deliver/<int:pk>/cancel/", delivering.cancel_delivery, name="cancel_delivery"),
    path("desk/letters/<slug:slug>/deliver/<int:pk>/release/", releasing.release_delivery, name="release_delivery"),
    path("desk/letters/<slug:slug>/deliver/<int:pk>/release/mail/", releasing.delivery_frame, name="delivery_frame"),
    path("desk/letters/<slug:slug>/deliver/<int:pk>/papers/", releasing.delivery_papers, name="delivery_papers"),
    path("desk/letters/<slug:slug>/deliver/<int:pk>/handed-over/", noting.hand_over, name="hand_over"),
    path("desk/letters/<slug:slug>/deliver/<int:pk>/came-back/", noting.note_bounce, name="note_bounce"),
    path("desk/letters/<slug:slug>/deliver/<int:pk>/acknowledged/", noting.acknowledge, name="acknowledge"),
    path(
        "desk/letters/<slug:slug>/deliver/<int:pk>/acknowledged/file/", noting.acknowledgement, name="acknowledgement"
    ),
    path("desk/letters/<slug:slug>/replies/", replying.kept_replies, name="kept_replies"),
    path("desk/letters/<slug:slug>/replies/new/", replying.enter_reply, name="enter_reply"),
    path("desk/letters/<slug:slug>/replies/<ordinal:number>/", replying.change_reply, name="change_reply"),
    path("desk/letters/<slug:slug>/replies/<ordinal:number>/publish/", replying.publish_reply, name="publish_reply"),
    path("desk/letters/<slug:slug>/replies/<ordinal:number>/hide/", replying.hide_reply, name="hide_reply"),
    path("desk/letters/<slug:slug>/replies/<ordinal:number>/file/", replying.kept_reply, name="kept_reply"),
    path("desk/letters/<slug:slug>/publish/", publishing.publish, name="publish"),
    path("desk/letters/<slug:slug>/publish/words/", publishing.publication_words, name="publication_words"),
    path("desk/letters/<slug:slug>/publish/preview/", publishing.preview_publication, name="preview_publication"),
    path("desk/letters/<slug:slug>/publish/release/", publishing.release_publication, name="release_publication"),
    path("desk/letters/<slug:slug>/publish/call-back/", publishing.call_back_publication, name="call_back_publication"),
    path("desk/letters/<slug:slug>/publish/discard/", publishing.discard_publication, name="discard_publication"),
    path("desk/letters/<slug:slug>/publish/take-back/", publishing.take_back_publication, name="take_back_publication"),
    path("desk/letters/<slug:slug>/draft.docx", copies.draft_copy, name="draft_copy"),
    path("desk/letters/<slug:slug>/draft/<str:language>.docx", copies.draft_copy, name="draft_copy"),
    path("desk/letters/<slug:slug>/pasted-list/discard/", starting.discard_pasted_roll, name="discard_pasted_roll"),
    path("desk/letters/<slug:slug>/renderings/<int:pk>/again/", following.render_again, name="render_again"),
]

urlpatterns = [*pages, *files, *desk]
