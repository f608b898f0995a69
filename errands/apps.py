from django.apps import AppConfig


class ErrandsConfig(AppConfig):
    name = "errands"
    verbose_name = "Travaux de fond"
