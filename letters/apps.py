from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "letters"
    verbose_name = "What is signed"

    def ready(self):
        from campaigns import health
        from letters.services import static_copies

        health.tell(static_copies.folder_found)
        health.tell(static_copies.copies_found)
