from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "tawsiya.portal"
    label = "portal"

    def ready(self) -> None:
        from tawsiya.portal import events

        events.register()
