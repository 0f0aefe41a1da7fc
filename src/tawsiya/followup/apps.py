from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "tawsiya.followup"
    label = "followup"

    def ready(self) -> None:
        from tawsiya.followup import events, events_of_requests

        events.register()
        events_of_requests.register()
