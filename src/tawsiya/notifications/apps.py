from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "tawsiya.notifications"
    label = "notifications"
