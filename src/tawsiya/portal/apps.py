from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "tawsiya.portal"
    label = "portal"
