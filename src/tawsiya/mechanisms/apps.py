from django.apps import AppConfig


class MechanismsConfig(AppConfig):
    name = "tawsiya.mechanisms"
    label = "mechanisms"
