from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "tawsiya.reports"
    label = "reports"

    def ready(self) -> None:
        from tawsiya.reports import events

        events.register()
