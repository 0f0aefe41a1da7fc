from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "tawsiya.audit"
    label = "audit"
