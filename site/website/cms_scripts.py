"""Lets Wagtail's choosers (page, image, document) start without the inline script that Wagtail writes beside them.

The content security policy refuses inline scripts, and Wagtail has no setting for this one: its method is
replaced, `cms.js` reads what it leaves, and a browser test opens each screen and fails on any refusal.
"""

import json

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser


def render(self: BaseChooser, name: str, value, attrs: dict | None = None, renderer=None) -> SafeString:
    """The chooser's HTML, then what its script needs to know as data."""
    data = self.get_value_data(value)
    return format_html(
        '{}<template data-chooser="{}" data-for="{}" data-options="{}"></template>',
        self.render_html(name, data, attrs),
        self.js_constructor,
        attrs["id"],
        json.dumps(self.get_js_init_options(attrs["id"], name, data)),
    )


def install() -> None:
    """Called once, when Wagtail reads our hooks."""
    BaseChooser.render = render
