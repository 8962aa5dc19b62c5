from campaigns.checks import mail_leaves_the_house


def test_check_deploy_refuses_a_site_whose_mail_reaches_nobody(settings):
    settings.DEBUG, settings.EMAIL_URL = False, ""
    assert [error.id for error in mail_leaves_the_house()] == ["undersigned.E001"]
    settings.EMAIL_URL = "smtp://mail.example:25"
    assert mail_leaves_the_house() == []
