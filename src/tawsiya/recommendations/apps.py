from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "tawsiya.recommendations"
    label = "recommendations"

    def ready(self) -> None:
        from tawsiya.recommendations import events

        events.register()
