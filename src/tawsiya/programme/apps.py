from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "tawsiya.programme"
    label = "programme"

    def ready(self) -> None:
        from tawsiya.accounts import succession
        from tawsiya.programme import dimensions, events
        from tawsiya.programme.commands.succession import PART

        events.register()
        dimensions.register()
        succession.register("programme", PART)
