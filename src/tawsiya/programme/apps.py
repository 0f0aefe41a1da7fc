from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "tawsiya.programme"
    label = "programme"

    def ready(self) -> None:
        from tawsiya.programme import dimensions, events

        events.register()
        dimensions.register()
