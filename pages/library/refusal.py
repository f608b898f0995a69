class RefusedError(ValueError):
    """A file that the site does not take; its text is the French sentence that tells why."""
