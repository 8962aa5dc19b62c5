from django.urls import path

from campaigns.views import campaigns, mails, operations, team

app_name = "campaigns"

public = [
    path("join/<str:token>/", team.join, name="join"),
    path("mail/", operations.mailbox, name="mailbox"),
    path("mail/<slug:name>/", operations.mail, name="mail"),
    path("mail/<slug:name>/<int:number>/", operations.mail_attachment, name="mail_attachment"),
    path("healthz/live", operations.live, name="live"),
    path("healthz/ready", operations.ready, name="ready"),
]

desk = [
    path("desk/", campaigns.desk, name="desk"),
    path("desk/mails/", mails.mails, name="mails"),
    path("desk/mails/<str:kind>/", mails.sample_mail, name="sample_mail"),
    path("desk/mails/<str:kind>/frame/", mails.sample_frame, name="sample_frame"),
    path("desk/campaigns/new/", campaigns.new_campaign, name="new_campaign"),
    path("desk/campaigns/<slug:slug>/", campaigns.campaign, name="campaign"),
    path("desk/campaigns/<slug:slug>/team/", team.team, name="team"),
    path("desk/campaigns/<slug:slug>/team/<int:pk>/role/", team.change_role, name="change_role"),
    path("desk/campaigns/<slug:slug>/team/<int:pk>/remove/", team.remove_member, name="remove_member"),
    path(
        "desk/campaigns/<slug:slug>/team/invitations/<int:pk>/revoke/", team.revoke_invitation, name="revoke_invitation"
    ),
]

urlpatterns = public + desk
