from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "tawsiya.notifications"
    label = "notifications"

    def ready(self) -> None:
        from tawsiya.notifications import events

        events.register()
