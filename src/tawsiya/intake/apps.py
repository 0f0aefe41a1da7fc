from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "tawsiya.intake"
    label = "intake"

    def ready(self) -> None:
        from tawsiya.intake import events

        events.register()
