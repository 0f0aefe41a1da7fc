from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "tawsiya.analysis"
    label = "analysis"
