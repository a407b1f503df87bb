"""A file comes whole or not at all, however the publisher misbehaves; what had come is gone on with."""

import errno
import hashlib
import io
import zipfile
from types import SimpleNamespace

import pytest

from goldthread.evidence.fetching import DownloadFailed, Expected, Patience, download
from goldthread.evidence.fetching import downloads as module
from goldthread.evidence.trouble import CannotWrite
from tests.evidence.publisher import Publisher

BODY = bytes(range(256)) * 4000  # a megabyte: several chunks


@pytest.fixture
def waits():
    return []


@pytest.fixture
def patience(waits):
    return Patience(tries=3, first_wait=1, longest_wait=30, timeout=5, sleep=waits.append)


def got(publisher, to, patience, path="/file", expected=None, progress=module.no_progress):
    with publisher.open() as address:
        return download(address + path, to, expected or Expected(), patience, progress)


def leftovers(folder):
    return sorted(p.name for p in folder.iterdir())


def test_a_file_comes_whole_with_its_checksum_and_leaves_nothing_beside_it(tmp_path, patience):
    to = tmp_path / "new folder" / "file.bin"
    assert got(Publisher(BODY), to, patience) == hashlib.sha256(BODY).hexdigest()
    assert to.read_bytes() == BODY
    assert leftovers(to.parent) == ["file.bin"]


def test_progress_is_told_from_nothing_to_the_whole(tmp_path, patience):
    told = []
    got(Publisher(BODY), tmp_path / "f", patience, progress=lambda *seen: told.append(seen))
    assert told[0] == ("f", 0, len(BODY))
    assert told[-1] == ("f", len(BODY), len(BODY))
    assert [t[1] for t in told] == sorted(t[1] for t in told)


def test_a_transfer_that_breaks_off_goes_on_from_where_it_was(tmp_path, patience):
    publisher = Publisher(BODY, faults=["drop 300000", "drop 100"])
    got(publisher, tmp_path / "f", patience)
    assert (tmp_path / "f").read_bytes() == BODY
    assert [r for _, r in publisher.asked] == ["", "bytes=300000-", "bytes=300100-"]


def test_a_publisher_that_ignores_the_range_is_read_from_the_start(tmp_path, patience):
    publisher = Publisher(BODY, faults=["drop 300000"], ranges=False)
    got(publisher, tmp_path / "f", patience)
    assert (tmp_path / "f").read_bytes() == BODY


def test_a_later_call_goes_on_from_what_an_earlier_one_left(tmp_path, patience):
    publisher = Publisher(BODY, faults=["drop 1000"] * 3)
    with pytest.raises(DownloadFailed, match="broke off, 3 times running"):
        got(publisher, tmp_path / "f", patience)
    assert leftovers(tmp_path) == ["f.part", "f.part.json"]
    again = Publisher(BODY)
    got(again, tmp_path / "f", patience)
    assert again.asked[0][1] == "bytes=3000-"
    assert (tmp_path / "f").read_bytes() == BODY
    assert leftovers(tmp_path) == ["f"]


def test_what_was_left_of_another_version_is_not_mixed_with_the_new_one(tmp_path, patience):
    with pytest.raises(DownloadFailed):
        got(Publisher(BODY, faults=["drop 1000"] * 3), tmp_path / "f", patience)
    newer = BODY[::-1]
    got(Publisher(newer, tag='"v2"'), tmp_path / "f", patience)
    assert (tmp_path / "f").read_bytes() == newer


def test_without_a_version_to_hold_on_to_a_transfer_starts_again(tmp_path, patience):
    publisher = Publisher(BODY, faults=["drop 1000"], tag="")
    got(publisher, tmp_path / "f", patience)
    assert [r for _, r in publisher.asked] == ["", ""]
    assert (tmp_path / "f").read_bytes() == BODY


def test_what_had_come_whole_before_it_was_named_is_not_asked_for_again(tmp_path, patience):
    (tmp_path / "f.part").write_bytes(BODY)
    (tmp_path / "f.part.json").write_text('{"version": "\\"v1\\""}', encoding="utf-8")
    publisher = Publisher(BODY)
    got(publisher, tmp_path / "f", patience)
    assert len(publisher.asked) == 1
    assert (tmp_path / "f").read_bytes() == BODY


def test_more_than_the_whole_is_thrown_away_and_fetched_afresh(tmp_path, patience):
    (tmp_path / "f.part").write_bytes(BODY + b"more")
    (tmp_path / "f.part.json").write_text('{"version": "\\"v1\\""}', encoding="utf-8")
    got(Publisher(BODY), tmp_path / "f", patience)
    assert (tmp_path / "f").read_bytes() == BODY


def test_a_passing_fault_is_waited_out_twice_as_long_each_time(tmp_path, patience, waits):
    got(Publisher(BODY, faults=["500", "502"]), tmp_path / "f", patience)
    assert waits == [1, 2]


def test_a_publisher_that_says_when_to_come_back_is_asked_then(tmp_path, patience, waits):
    got(Publisher(BODY, faults=["503 in 7", "429 in 900"]), tmp_path / "f", patience)
    assert waits == [7, 30]


def test_a_fault_that_does_not_pass_is_given_up_in_one_sentence(tmp_path, patience):
    publisher = Publisher(BODY, faults=["500"] * 9)
    with pytest.raises(DownloadFailed, match=r"f could not be fetched: 127.0.0.1 was out of order \(500\), 3 times"):
        got(publisher, tmp_path / "f", patience)
    assert len(publisher.asked) == 3


def test_tries_that_bring_something_do_not_count_against_it(tmp_path, patience):
    publisher = Publisher(BODY, faults=["drop 300000"] * 3)
    got(publisher, tmp_path / "f", patience)
    assert (tmp_path / "f").read_bytes() == BODY


def test_a_missing_file_is_not_asked_for_twice(tmp_path, patience, waits):
    publisher = Publisher(BODY, faults=["404"])
    with pytest.raises(DownloadFailed, match=r"has no such file \(HTTP 404\)"):
        got(publisher, tmp_path / "f", patience)
    assert (len(publisher.asked), waits) == (1, [])


def test_a_first_byte_that_never_comes_is_waited_for_no_longer_than_told(tmp_path, waits):
    hasty = Patience(tries=2, timeout=0.2, sleep=waits.append)
    publisher = Publisher(BODY, faults=["hang", "hang"])
    with pytest.raises(DownloadFailed, match=r"did not answer within 0\.2 seconds"):
        got(publisher, tmp_path / "f", hasty)


def test_a_body_shorter_than_promised_is_never_taken_for_the_whole(tmp_path, patience):
    with pytest.raises(DownloadFailed, match="broke off, 3 times running"):
        got(Publisher(BODY, faults=["short"] * 9, ranges=False), tmp_path / "f", patience)
    assert "f" not in leftovers(tmp_path)


def test_a_body_of_no_stated_length_that_breaks_off_is_not_taken_for_the_whole(tmp_path, patience):
    publisher = Publisher(BODY, faults=["chunks"])
    got(publisher, tmp_path / "f", patience)
    assert (tmp_path / "f").read_bytes() == BODY
    assert len(publisher.asked) == 2


def test_redirects_are_followed_but_not_in_a_circle_nor_off_the_web(tmp_path, patience):
    got(Publisher(BODY), tmp_path / "f", patience, path="/moved")
    assert (tmp_path / "f").read_bytes() == BODY
    with pytest.raises(DownloadFailed, match="round in a circle"):
        got(Publisher(BODY), tmp_path / "g", patience, path="/round")
    with pytest.raises(DownloadFailed, match="not on the web"):
        got(Publisher(BODY), tmp_path / "g", patience, path="/away")


@pytest.mark.parametrize("address", ["file:///etc/hostname", "ftp://127.0.0.1/f", "nonsense"])
def test_only_web_addresses_are_asked(tmp_path, patience, address):
    with pytest.raises(DownloadFailed, match="is not a web address"):
        download(address, tmp_path / "f", patience=patience)


def test_nobody_there_is_said_plainly(tmp_path, patience):
    with Publisher().open() as address:
        pass
    with pytest.raises(DownloadFailed, match="could not be reached"):
        download(address + "/f", tmp_path / "f", patience=patience)


@pytest.mark.parametrize("fault", ["html", "garbage"])
def test_a_web_page_in_place_of_the_file_is_refused(tmp_path, patience, fault):
    with pytest.raises(DownloadFailed, match="web page"):
        got(Publisher(BODY, faults=[fault]), tmp_path / "f", patience)
    assert "f" not in leftovers(tmp_path)


@pytest.mark.parametrize(
    ("expected", "fault"),
    [
        (Expected(least_bytes=10_000_000), "far too short"),
        (Expected(sha256="0" * 64), "SHA-256 is not the one expected"),
        (Expected(md5="0" * 32), "MD5 is not the one the publisher gives"),
        (Expected(kind="zip"), "not a whole zip file"),
        (Expected(kind="json"), "not JSON"),
    ],
)
def test_a_file_that_is_not_as_expected_is_thrown_away(tmp_path, patience, expected, fault):
    with pytest.raises(DownloadFailed, match=fault):
        got(Publisher(BODY), tmp_path / "f", patience, expected=expected)
    assert leftovers(tmp_path) == []


def test_a_file_that_is_as_expected_is_kept(tmp_path, patience):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("2025-01/a.csv", "x" * 1000)
    body = held.getvalue()
    right = Expected(10, "zip", hashlib.sha256(body).hexdigest().upper(), hashlib.md5(body).hexdigest())
    got(Publisher(body), tmp_path / "f.zip", patience, expected=right)
    assert zipfile.is_zipfile(tmp_path / "f.zip")
    cut = Publisher(body[: len(body) - 10])
    with pytest.raises(DownloadFailed, match="not a whole zip"):
        got(cut, tmp_path / "g.zip", patience, expected=Expected(kind="zip"))


def test_an_older_file_of_that_name_stays_until_the_new_one_is_whole(tmp_path, patience):
    (tmp_path / "f").write_bytes(b"older")
    with pytest.raises(DownloadFailed):
        got(Publisher(BODY, faults=["404"]), tmp_path / "f", patience)
    assert (tmp_path / "f").read_bytes() == b"older"


def test_a_disk_that_fills_leaves_what_had_come_to_go_on_with(tmp_path, patience, monkeypatch):
    def full(name, done, whole):
        if done > 300_000:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(CannotWrite, match="The disk is full, so f stops short"):
        got(Publisher(BODY), tmp_path / "f", patience, progress=full)
    had = (tmp_path / "f.part").stat().st_size
    again = Publisher(BODY)
    got(again, tmp_path / "f", patience)
    assert again.asked[0][1] == f"bytes={had}-"
    assert (tmp_path / "f").read_bytes() == BODY


def test_a_disk_without_room_is_said_before_anything_is_written(tmp_path, patience, monkeypatch):
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    with pytest.raises(CannotWrite, match="The disk is full"):
        got(Publisher(BODY), tmp_path / "f", patience)


def test_stopping_at_the_keyboard_leaves_what_had_come_to_go_on_with(tmp_path, patience):
    def stop(name, done, whole):
        if done > 300_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        got(Publisher(BODY), tmp_path / "f", patience, progress=stop)
    again = Publisher(BODY)
    got(again, tmp_path / "f", patience)
    assert again.asked[0][1].startswith("bytes=")
    assert (tmp_path / "f").read_bytes() == BODY


def test_a_folder_that_cannot_be_made_is_said_plainly(tmp_path, patience):
    (tmp_path / "in the way").write_text("a file", encoding="utf-8")
    with pytest.raises(CannotWrite, match="cannot be written"):
        got(Publisher(BODY), tmp_path / "in the way" / "f", patience)
