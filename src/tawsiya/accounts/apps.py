from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tawsiya.accounts"
    label = "accounts"

    def ready(self) -> None:
        from tawsiya.accounts import events

        events.register()
