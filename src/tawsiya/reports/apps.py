from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "tawsiya.reports"
    label = "reports"
