from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "tawsiya.core"
    label = "core"
