from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "tawsiya.programme"
    label = "programme"
