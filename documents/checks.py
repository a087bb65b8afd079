"""What is wrong with the settings of documents, said when the program starts."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core import checks

from documents.storage import ALIAS

NO_CLIENT = "documents.E001"


def check_storage_client(**kwargs: Any) -> list[checks.CheckMessage]:
    """A storage that speaks S3 needs the library that speaks to it."""
    backend = settings.STORAGES[ALIAS]["BACKEND"]
    if not backend.startswith("storages.") or (find_spec("storages") and find_spec("boto3")):
        return []
    return [
        checks.Error(
            "DOCUMENT_STORAGE_URL names a storage that speaks S3, and the packages that speak to it are missing.",
            hint='Install them: pip install "django-storages[s3]". '
            "Or unset DOCUMENT_STORAGE_URL to keep files in AGENT_HOME.",
            id=NO_CLIENT,
        )
    ]
