"""The project: settings, URLs, Celery, the embedded database and the commands that start things.

The top layer: it may import every app, and no app imports it.
"""
