"""What a browser says of itself, in words, for pages of the sign-in library."""

from django import template

from practices.trail.origin import device_words

register = template.Library()
register.filter("device", device_words)
