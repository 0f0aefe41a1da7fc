from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "tawsiya.followup"
    label = "followup"

    def ready(self) -> None:
        from tawsiya.accounts import succession
        from tawsiya.followup import events, events_of_reminders, events_of_requests
        from tawsiya.followup.commands.succession import PART

        events.register()
        events_of_requests.register()
        events_of_reminders.register()
        succession.register("followup", PART)
