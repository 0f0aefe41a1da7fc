from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "tawsiya.analysis"
    label = "analysis"

    def ready(self) -> None:
        from tawsiya.analysis import events
        from tawsiya.analysis.search.results import find_recommendations
        from tawsiya.recommendations import search

        search.register(find_recommendations)
        events.register()
