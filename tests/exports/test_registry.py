from exports import registry

FILES = {
    "mask.tif", "score.tif", "changes.gpkg", "changes.geojson", "statistics.csv", "facts.json",
    "caption.txt", "report.html", "map.html", "run.json", "kind.tif", "observed.tif",
}  # fmt: skip


def test_every_file_of_the_result_folder_has_one_export():
    found = [export.FILE_NAME for export in registry.discover().values()]
    assert sorted(found) == sorted(FILES)


def test_names_are_the_keys_in_order():
    assert list(registry.names()) == list(registry.discover()) == sorted(registry.names())


def test_file_names_end_with_their_suffix():
    for export in registry.discover().values():
        assert export.FILE_NAME.endswith(export.SUFFIX)
        assert "/" in export.MEDIA_TYPE


def test_the_registry_cannot_be_changed_by_its_users():
    assert not hasattr(registry.discover(), "pop")
