from django.apps import AppConfig


class HighusersConfig(AppConfig):
    name = "highusers"
