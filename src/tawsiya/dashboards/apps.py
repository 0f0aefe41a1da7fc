from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "tawsiya.dashboards"
    label = "dashboards"
