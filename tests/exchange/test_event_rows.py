"""Event files as people have them: packed, quoted, badly encoded, endless; and no row is swallowed."""

from __future__ import annotations

import gzip
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from detente.errors import ScenarioError
from detente.exchange import event_rows
from detente.exchange.event_rows import Rows
from detente.exchange.events import read_events

PARTIES = {"AAA": "A", "Alphaland": "A", "BBB": "B", "Betaland": "B"}
HEAD = "date,source,target,goldstein"
ROW = "2024-01-05,AAA,BBB,1"


def read(path: Path, text: str | bytes, name: str = "events.csv"):
    file = path / name
    file.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return read_events(file, PARTIES)


def refused(path: Path, text: str | bytes, name: str = "events.csv") -> str:
    with pytest.raises(ScenarioError) as found:
        read(path, text, name)
    return str(found.value)


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n{ROW}\n",
        f"\n  \n{HEAD}\n\n{ROW}\n",
        f"\ufeff{HEAD}\r\n{ROW}\r\n",
        f"{HEAD}\n{ROW}\n".replace(",", ";"),
        f"{HEAD}\n{ROW}\n".replace(",", "|"),
        f"{HEAD}\n{ROW}\n".replace(",", "\t"),
        f'{HEAD},note\n{ROW},"a, b"\n',
        f'{HEAD},note\n{ROW},"runs over\ntwo lines"\n',
        f"{HEAD}\n{ROW.replace('2024-01-05', '2024/01/05')}\n",
        f"{HEAD}\n{ROW.replace('2024-01-05', '20240105')}\n",
        f"{HEAD}\n{ROW.replace('2024-01-05', '05.01.2024')}\n",
        "GLOBALEVENTID,SQLDATE,Actor1CountryCode,Actor2CountryCode,EventCode,GoldsteinScale\n"
        "7,20240105,AAA,BBB,042,1\n",
        "Event ID\tEvent Date\tSource Country\tTarget Country\tIntensity\n"
        "7\t2024-01-05\tAlphaland\tBetaland\t1\n",
    ],
)
def test_one_event_in_many_forms(tmp_path: Path, text: str) -> None:
    record = read(tmp_path, text)
    (event,) = record.events
    assert (str(event.day), event.source, event.target, event.score) == ("2024-01-05", "A", "B", 1.0)


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_stray_quote_swallows_no_row(tmp_path: Path, delimiter: str) -> None:
    notes = ["first", '"unclosed', "third", '4" wide', "fifth"]
    scores = [-5, -5, 8, 8, 8]
    rows = [
        f"2020-01-0{day},AAA,BBB,{score},{note}"
        for day, (score, note) in enumerate(zip(scores, notes, strict=True), 1)
    ]
    text = "\n".join([f"{HEAD},note", *rows, ""]).replace(",", delimiter)
    assert [event.score for event in read(tmp_path, text).events] == [-5, -5, 8, 8, 8]


def test_a_packed_file_is_read(tmp_path: Path) -> None:
    text = f"{HEAD}\n{ROW}\n".encode()
    assert len(read(tmp_path, gzip.compress(text), "events.csv.gz").events) == 1
    assert len(read(tmp_path, gzip.compress(text), "events.dat").events) == 1
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as archive:
        archive.writestr("events.csv", text)
    assert len(read_events(tmp_path / "one.zip", PARTIES).events) == 1
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("events.csv", text)
        archive.writestr("more.csv", text)
    with pytest.raises(ScenarioError, match=r"the archive holds 2 files\. Unpack it"):
        read_events(tmp_path / "two.zip", PARTIES)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f"{HEAD}\n{ROW}\n2024-01-06,AAA,BBB,S\xe3o\n".encode("latin-1"),
            ":3:1  the byte 0xe3 at position 21 is not UTF-8",
        ),
        (f"{HEAD}\n{ROW}\n9999-12-31,AAA,BBB,1\n", ":3:1  not an event row: nothing happened on 9999-12-31"),
        (f"{HEAD}\n2024-13-01,AAA,BBB,1\n", ":2:1  not an event row: '2024-13-01' is no date"),
        (f"{HEAD}\n2024-01-01,AAA,BBB,11\n", "outside -10 to 10"),
        (f"{HEAD}\n2024-01-01,AAA\n", "it has too few columns"),
        ("a,b\n1,2\n", ":1:1  no known event layout: the columns are a, b."),
        ("\n\n", "the file is empty"),
        (b"\x1f\x8bnot really", "cannot be read as event data"),
        (b"PK\x03\x04not really", "cannot be read as event data"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(tmp_path: Path, text: str | bytes, told: str) -> None:
    assert told in refused(tmp_path, text)


def test_an_event_that_comes_again_counts_once(tmp_path: Path) -> None:
    row = "7001\t2024-01-05\tAlphaland\tBetaland\t-10\n"
    text = (
        "Event ID\tEvent Date\tSource Country\tTarget Country\tIntensity\n"
        + 10 * row
        + row.replace("7001", "7002")
    )
    record = read(tmp_path, text, "events.tab")
    assert len(record.events) == 2
    assert record.left_out == (("the same event again, by its number", 9),)


@pytest.mark.parametrize("word", ["", " ", "NA", "NULL", ".", "n/a", "-"])
def test_many_words_say_that_there_is_no_score(tmp_path: Path, word: str) -> None:
    assert read(tmp_path, f"{HEAD}\n2024-01-01,AAA,BBB,{word}\n").left_out == (("no score", 1),)


def test_names_that_are_no_party_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"2024-01-01,AAA,{name},1\n" for name in ("Gammaland", "Deltaland", "Gammaland", ""))
    record = read(tmp_path, f"{HEAD}\n{rows}{ROW}\n")
    assert record.strangers == (("Gammaland", 2), ("Deltaland", 1))
    assert record.left_out == (("not between two parties of the scenario", 4),)


def test_an_endless_line_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=":1:1  this line has more than 100,000 bytes"):
        read_events(Path("/dev/zero"), PARTIES)
    bomb = gzip.compress(b"x" * 50_000_000)
    assert "this line has more than 100,000 bytes" in refused(tmp_path, bomb, "bomb.gz")


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_rows, "MOST_BYTES", 1000)
    bomb = gzip.compress((HEAD + "\n" + 5000 * (ROW + "\n")).encode())
    assert "GB of text" in refused(tmp_path, bomb, "bomb.gz")


def test_too_many_events_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.exchange.events.MOST_EVENTS", 3)
    assert "more than 3 events between the parties" in refused(tmp_path, f"{HEAD}\n" + 5 * f"{ROW}\n")


def test_lines_keep_their_numbers(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text('a,b\n\n1,"x\ny"\n2,z\n', encoding="utf-8")
    assert [(row.line, row.cells) for row in Rows(tmp_path / "e.csv")] == [
        (1, ["a", "b"]), (3, ["1", "x\ny"]), (5, ["2", "z"]),
    ]  # fmt: skip


def test_thousands_of_stray_quotes_cost_no_more_than_their_rows(tmp_path: Path) -> None:
    rows = "".join(f'2024-01-05,AAA,BBB,1,4" wide {number}\n' for number in range(20_000))
    assert len(read(tmp_path, f"{HEAD},note\n{rows}").events) == 20_000


def test_a_thousand_equal_rows_are_kept_once(tmp_path: Path) -> None:
    bomb = gzip.compress((f"{HEAD}\n" + 100_000 * f"{ROW}\n").encode())
    assert len(bomb) < 10_000
    (tmp_path / "bomb.gz").write_bytes(bomb)
    tracemalloc.start()
    try:
        record = read_events(tmp_path / "bomb.gz", PARTIES)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(record.events) == 100_000
    assert len({id(event) for event in record.events}) == 1
    assert peak < 5_000_000


def test_long_names_numbers_and_codes_are_not_kept_whole(tmp_path: Path) -> None:
    long = "x" * 45_000
    head = "event id,date,source,target,goldstein,code"
    rows = [
        f"{long}1,2024-01-05,AAA,BBB,1,{long}",
        f"{long}2,2024-01-05,AAA,BBB,1,c",
        f"{long}1,2024-01-05,AAA,BBB,1,c",
        f"3,2024-01-05,AAA,{long},1,c",
    ]
    record = read(tmp_path, "\n".join([head, *rows]))
    assert len(record.events) == 2
    assert record.left_out[1] == ("the same event again, by its number", 1)
    assert all(len(event.code) < 100 for event in record.events)
    assert [len(name) < 100 for name, _ in record.strangers] == [True]
    assert len(refused(tmp_path, f"{HEAD}\n2024-01-05,AAA,BBB,{long}\n")) < 500


def test_too_many_lines_are_refused_empty_ones_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_rows, "MOST_LINES", 1000)
    assert "the file has more than 1,000 lines" in refused(tmp_path, 2000 * "\n")


def test_reading_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_rows, "TOLD", 1000)
    text = f"{HEAD}\n" + "".join(f"2024-01-05,AAA,BBB,1,{number}\n" for number in range(5000))
    for name, content in {"e.csv": text.encode(), "e.csv.gz": gzip.compress(text.encode())}.items():
        (tmp_path / name).write_bytes(content)
        told: list[tuple[str, float]] = []
        read_events(tmp_path / name, PARTIES, lambda what, share: told.append((what, share)))  # noqa: B023
        assert [what for what, _ in told][:1] == ["reading events: 1,000 lines"]
        shares = [share for _, share in told]
        assert shares == sorted(shares)
        assert 0 < shares[0] <= shares[-1] <= 1


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_rare_ways_of_packing_are_refused(tmp_path: Path, packing: int) -> None:
    with zipfile.ZipFile(tmp_path / "e.zip", "w", packing) as archive:
        archive.writestr("e.csv", f"{HEAD}\n{ROW}\n")
    with pytest.raises(ScenarioError, match="packed in a way that is not read here"):
        read_events(tmp_path / "e.zip", PARTIES)


def test_a_locked_archive_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as archive:
        archive.writestr("e.csv", f"{HEAD}\n{ROW}\n")
    data = bytearray((tmp_path / "e.zip").read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag of encryption, in the archive's list
    (tmp_path / "e.zip").write_bytes(data)
    with pytest.raises(ScenarioError, match="locked with a password"):
        read_events(tmp_path / "e.zip", PARTIES)


@pytest.mark.parametrize("notes", [('4" wide', '5" wide'), ('"unclosed', '4"'), ('"a', 'b"'), ('"', '"')])
def test_two_stray_quotes_make_no_row_of_two(tmp_path: Path, notes: tuple[str, str]) -> None:
    rows = [f"2020-01-0{day},AAA,BBB,{day},{note}" for day, note in enumerate([*notes, "third"], 1)]
    assert [event.score for event in read(tmp_path, "\n".join([f"{HEAD},note", *rows])).events] == [1, 2, 3]


@pytest.mark.parametrize("row", ['"a\nb",2020-01-01,AAA,BBB,1', '"a, b\n\nc, d",2020-01-01,AAA,BBB,1'])
def test_a_text_over_several_lines_is_one_cell(tmp_path: Path, row: str) -> None:
    text = f"note,{HEAD}\n{row}\nx,2020-01-02,AAA,BBB,2\n"
    assert [event.score for event in read(tmp_path, text).events] == [1, 2]
