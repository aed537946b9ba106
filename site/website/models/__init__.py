"""What the communications team writes."""

from website.models.media import Picture, PictureRendition, PublicDocument

__all__ = ["Picture", "PictureRendition", "PublicDocument"]
