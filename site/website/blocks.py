"""The blocks that editors write with: each has its own template, and none lets a page break its layout."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from website.models.media import why_not_public

TEXT = ["bold", "italic", "link", "ol", "ul", "document-link"]


class HeadingBlock(blocks.CharBlock):
    """An intermediate heading (`h2`): the page's title is the only `h1`."""

    class Meta:
        icon = "title"
        label = "Intertitre"
        template = "website/blocks/heading.html"


class ParagraphBlock(blocks.RichTextBlock):
    """Text with links, bold, italic and lists."""

    class Meta:
        icon = "pilcrow"
        label = "Texte"
        template = "website/blocks/paragraph.html"


class PictureBlock(blocks.StructBlock):
    """A picture, either described for those who do not see it or declared decorative, with its caption."""

    image = ImageBlock(label="Image")
    caption = blocks.CharBlock(label="Légende", required=False, max_length=200)

    def clean(self, value):
        """Refuse a picture of people who have not agreed yet."""
        cleaned = super().clean(value)
        if why := why_not_public(cleaned["image"]):
            raise blocks.StructBlockValidationError(block_errors={"image": ValidationError(why)})
        return cleaned

    class Meta:
        icon = "image"
        label = "Image"
        template = "website/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words and who said them."""

    text = blocks.TextBlock(label="Citation", max_length=600)
    author = blocks.CharBlock(label="Qui le dit", required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = "Citation"
        template = "website/blocks/quote.html"


class StoryBlock(blocks.StreamBlock):
    """What articles and plain pages are made of."""

    heading = HeadingBlock(max_length=120)
    paragraph = ParagraphBlock(features=TEXT)
    picture = PictureBlock()
    quote = QuoteBlock()


class FigureBlock(blocks.StructBlock):
    """A figure that people count by hand: it always says of when and where from."""

    value = blocks.IntegerBlock(label="Chiffre", min_value=0)
    label = blocks.CharBlock(label="Ce qui est compté", max_length=60)
    as_of = blocks.DateBlock(label="Au")
    source = blocks.CharBlock(label="Source", max_length=120)

    class Meta:
        icon = "order"
        label = "Chiffre"


class PrincipleBlock(blocks.StructBlock):
    """One idea of how the charity works."""

    title = blocks.CharBlock(label="Titre", max_length=60)
    text = blocks.TextBlock(label="Texte", max_length=280)

    class Meta:
        icon = "pick"
        label = "Principe"
