"""What the communications team writes."""

from website.models.centres import CentrePage, CentresIndexPage
from website.models.home import HomePage
from website.models.media import Picture, PictureRendition, PublicDocument
from website.models.news import NewsIndexPage, NewsPage
from website.models.partners import Partner, PartnersPage
from website.models.plain import StandardPage

__all__ = [
    "CentrePage",
    "CentresIndexPage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "Partner",
    "PartnersPage",
    "Picture",
    "PictureRendition",
    "PublicDocument",
    "StandardPage",
]
