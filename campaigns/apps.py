from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Who runs it"

    def ready(self) -> None:
        from campaigns import checks  # noqa: F401 - registers itself
