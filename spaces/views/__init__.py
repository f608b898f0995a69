from spaces.views.door import space

__all__ = ["space"]
