from django.contrib.auth.hashers import MD5PasswordHasher


class HasherThatFails(MD5PasswordHasher):
    """To show that a password never came as far as being hashed."""

    def encode(self, password, salt):
        raise AssertionError("The password was hashed.")
