"""A module of ours imports the very version that was deployed with it."""

from django.core.files.base import ContentFile

from config.static_files import StaticFiles


def test_our_modules_import_one_another_by_content(tmp_path):
    storage = StaticFiles(location=tmp_path, base_url="/static/")
    for name, text in {
        "js/one.js": 'import { two } from "./two.js";\n',
        "js/two.js": "export const two = 2;\n",
    }.items():
        storage.save(name, ContentFile(text))
    list(storage.post_process({name: (storage, name) for name in ("js/one.js", "js/two.js")}))
    one, two = (storage.stored_name(f"js/{name}.js") for name in ("one", "two"))
    assert (tmp_path / one).read_text() == f'import {{ two }} from "./{two.removeprefix("js/")}";\n'
