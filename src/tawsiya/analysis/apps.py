from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "tawsiya.analysis"
    label = "analysis"

    def ready(self) -> None:
        from tawsiya.analysis import events

        events.register()
