from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "tawsiya.portal"
    label = "portal"

    def ready(self) -> None:
        from tawsiya.portal import events
        from tawsiya.portal.commands import follow_consultation
        from tawsiya.programme import public

        events.register()
        public.register(follow_consultation)
