from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "tawsiya.sample"
    label = "sample"
