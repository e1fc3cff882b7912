import io
import tracemalloc
import zipfile

from exports.bundle import PIECE_BYTES, stream_zip


def _files(folder, **contents):
    for name, content in contents.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    return list(folder.iterdir())


def test_the_pieces_are_a_whole_zip(tmp_path):
    contents = {
        "mask_tif": bytes(3 * PIECE_BYTES),
        "caption_txt": b"Built up. " * 1000,
        "a_csv": b"",
    }
    zipped = b"".join(stream_zip(_files(tmp_path, **contents), "result"))
    archive = zipfile.ZipFile(io.BytesIO(zipped))
    assert archive.testzip() is None
    assert archive.namelist() == ["result/a.csv", "result/caption.txt", "result/mask.tif"]
    for name, content in contents.items():
        assert archive.read(f"result/{name.replace('_', '.')}") == content


def test_what_is_packed_already_is_stored(tmp_path):
    files = _files(tmp_path, mask_tif=b"0" * 1000, caption_txt=b"0" * 1000)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(stream_zip(files, "result"))))
    kinds = {entry.filename: entry.compress_type for entry in archive.infolist()}
    assert kinds["result/mask.tif"] == zipfile.ZIP_STORED
    assert kinds["result/caption.txt"] == zipfile.ZIP_DEFLATED


def test_the_same_files_give_the_same_bytes(tmp_path):
    files = _files(tmp_path, mask_tif=b"1234", caption_txt=b"text")
    assert b"".join(stream_zip(files, "r")) == b"".join(stream_zip(files[::-1], "r"))


def test_memory_does_not_grow_with_the_files(tmp_path):
    with (tmp_path / "mask.tif").open("wb") as file:
        file.truncate(64 * PIECE_BYTES)
    tracemalloc.start()
    total = sum(len(piece) for piece in stream_zip([tmp_path / "mask.tif"], "r"))
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total > 64 * PIECE_BYTES
    assert peak_bytes < 8 * PIECE_BYTES


def test_a_file_above_four_gigabytes_uses_the_large_format(tmp_path, monkeypatch):
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 1000)
    files = _files(tmp_path, mask_tif=bytes(5000))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(stream_zip(files, "r"))))
    assert archive.read("r/mask.tif") == bytes(5000)
