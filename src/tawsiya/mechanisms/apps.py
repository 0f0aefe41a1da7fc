from django.apps import AppConfig


class MechanismsConfig(AppConfig):
    name = "tawsiya.mechanisms"
    label = "mechanisms"

    def ready(self) -> None:
        from tawsiya.mechanisms import events

        events.register()
