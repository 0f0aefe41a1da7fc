from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "tawsiya.intake"
    label = "intake"
