from home import static_files


def test_static_files_are_gathered_once_for_the_same_content(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "actess.storage.SiteStaticFilesStorage", "OPTIONS": {"location": tmp_path}}
    }
    said = []

    assert static_files.gather(said.append) is True
    assert static_files.gather(said.append) is False
    assert said == ["→ Gathering the static files"]
    assert list(tmp_path.glob("css/site.*.css.br"))
    assert not list(tmp_path.glob("wagtailadmin/**/*.br"))
