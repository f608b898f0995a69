from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    """Where files live that are not everyone's. A callable, so that no path enters a migration."""
    return storages["private"]
