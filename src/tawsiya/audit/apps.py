from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "tawsiya.audit"
    label = "audit"

    def ready(self) -> None:
        """Let every table note its writes, once all migrations are through."""
        from tawsiya.audit import table_states  # models load only once Django is set up

        post_migrate.connect(table_states.attach, sender=self)
