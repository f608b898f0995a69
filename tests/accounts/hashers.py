from django.contrib.auth.hashers import MD5PasswordHasher, PBKDF2PasswordHasher


class HasherThatFails(MD5PasswordHasher):
    """To show that a password never came as far as being hashed."""

    def encode(self, password, salt):
        raise AssertionError("The password was hashed.")


class CostlyHasher(PBKDF2PasswordHasher):
    """That of a site online, long enough to show and short enough to wait for."""

    iterations = 300_000
