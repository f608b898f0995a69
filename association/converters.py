from django.urls import register_converter


class DepartementCode:
    """A département's code in an address: 75, 2A, 974."""

    regex = r"97\d|\d[\dAB]"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DepartementCode, "departement")
