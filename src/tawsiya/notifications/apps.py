from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "tawsiya.notifications"
    label = "notifications"

    def ready(self) -> None:
        from tawsiya.accounts import replacements
        from tawsiya.notifications import events
        from tawsiya.notifications.replacements import listen

        events.register()
        replacements.register("notifications", listen)
