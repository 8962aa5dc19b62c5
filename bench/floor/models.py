from django.db import models


class SignOn(models.Model):
    name = models.CharField(max_length=200)
    acronym = models.CharField(max_length=30)
    country = models.CharField(max_length=3)
    scope = models.CharField(max_length=15)
    website = models.CharField(max_length=200)
    contact_name = models.CharField(max_length=120)
    contact_role = models.CharField(max_length=120)
    contact_email = models.CharField(max_length=200)
    visibility = models.CharField(max_length=12)

    class Meta:
        app_label = "floor"

    def __str__(self) -> str:
        return self.name
