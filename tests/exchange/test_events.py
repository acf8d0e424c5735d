"""Event files in the layouts people have; made data, plus a public extract when it is at hand."""

import gzip
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from detente.errors import ScenarioError
from detente.exchange.events import names_of, read_events
from detente.library import open as open_scenario
from detente.network.history import Event, attitude_series
from detente.scenario.countries import aliases, states

PARTIES = {"AAA": "A", "Aland": "A", "BBB": "B", "Bland": "B"}
EXTRACT = Path(__file__).resolve().parents[3] / "shared" / "facts" / "data" / "icews18_2018_six_events.csv.gz"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_icews(tmp_path: Path) -> None:
    text = (
        "Event ID\tEvent Date\tSource Name\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\t"
        "Target Country\n"
        "1\t2017-01-02\tx\tAland\tConsult\t040\t1.0\ty\tBLAND\n"
        "2\t2017-01-03\tx\tAland\tThreaten\t130\t-4.4\ty\tElsewhere\n"
        "3\t2017-01-03\tx\tAland\tCriticise\t111\t-2.0\ty\tAland\n"
    )
    found = read_events(written(tmp_path, "e.tab", text), PARTIES)
    assert found.layout == "ICEWS"
    assert found.events == (Event(date(2017, 1, 2), "A", "B", 1.0, "040"),)
    assert dict(found.left_out) == {"not between two parties of the scenario": 1, "within one party": 1}


def test_gdelt_has_no_header(tmp_path: Path) -> None:
    cells = ["0"] * 58
    cells[0], cells[1], cells[7], cells[17], cells[26], cells[30] = "99", "20170102", "AAA", "BBB", "042", "1.9"
    found = read_events(written(tmp_path, "g.csv", "\t".join(cells) + "\n"), PARTIES)
    assert found.layout == "GDELT"
    assert found.events == (Event(date(2017, 1, 2), "A", "B", 1.9, "042"),)


def test_polecat_and_missing_scores(tmp_path: Path) -> None:
    text = (
        "Event Date\tEvent Type\tIntensity\tActor Country\tRecipient Country\n"
        "2018-05-01\tAGREE\t6.5\tAAA\tBBB\n2018-05-02\tCONSULT\t\tAAA\tBBB\n"
    )
    found = read_events(written(tmp_path, "p.txt", text), PARTIES)
    assert (found.layout, len(found.events), dict(found.left_out)) == ("POLECAT", 1, {"no score": 1})


def test_plain_table_gzipped_with_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "e.csv.gz"
    path.write_bytes(gzip.compress("\ufeffdate,source,target,goldstein\r\n2017-01-02,AAA,BBB,-10\r\n".encode()))
    assert read_events(path, PARTIES).events[0].score == -10


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("a,b,c\n1,2,3\n", "no known event layout"),
        ("date,source,target,goldstein\n2017-13-02,AAA,BBB,1\n", "e.csv:2:1"),
        ("date,source,target,goldstein\n2017-01-02,AAA,BBB,11\n", "outside -10 to 10"),
        ("date,source,target,goldstein\n2017-01-02,AAA,BBB,nan\n", "outside -10 to 10"),
        ("date,source,target,goldstein\n2017-01-02,AAA\n", "not an event row"),
    ],
)
def test_bad_files_name_their_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        read_events(written(tmp_path, "e.csv", text), PARTIES)


def test_missing_and_broken_files(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot be read"):
        read_events(tmp_path / "none.csv", PARTIES)
    with pytest.raises(ScenarioError, match="cannot be read"):
        read_events("a\0b.csv", PARTIES)
    with pytest.raises(ScenarioError, match="cannot be read"):
        read_events(tmp_path, PARTIES)
    broken = tmp_path / "e.csv.gz"
    broken.write_bytes(b"not gzip at all")
    with pytest.raises(ScenarioError, match="cannot be read"):
        read_events(broken, PARTIES)


@pytest.mark.skipif(not EXTRACT.exists(), reason="the public event extract is not beside this checkout")
def test_public_extract_of_2018() -> None:
    names = {code: code for code in ("USA", "PRK", "CHN", "KOR", "JPN", "RUS")}
    found = read_events(EXTRACT, names)
    assert len(found.events) > 10_000
    series = {(s.holder, s.other): s for s in attitude_series(found.events)}
    assert series["KOR", "PRK"].last > series["USA", "CHN"].last


def test_parties_go_by_every_name_and_code_of_their_state() -> None:
    korea = open_scenario("korea-2017")
    names = names_of(korea)
    for name in ("usa", "us", "united states", "united states of america"):
        assert names[name] == "USA"
    assert names["korea, north"] == names["kp"] == names["dprk"] == "PRK"
    assert set(names.values()) == {party.id for party in korea.parties}


def test_a_party_goes_by_its_aliases_before_what_others_names_stand_for() -> None:
    korea = open_scenario("korea-2017")
    usa, prk, *rest = korea.parties
    named = (
        replace(usa, aliases=("Pentagon ", "Both")),
        replace(prk, aliases=("Pyongyang", "DPRK", "both", "Kor")),
    )
    names = names_of(replace(korea, parties=(*named, *rest)))
    assert names["pentagon"] == "USA"
    assert names["pyongyang"] == names["dprk"] == "PRK"
    assert "both" not in names  # it is an alias of two
    assert names["kor"] == "KOR"  # an id stays its party's own


def test_a_name_that_two_parties_claim_stands_for_neither() -> None:
    korea = open_scenario("korea-2017")
    double = replace(korea.parties[2], id="US", name="The other one", iso="US")
    names = names_of(replace(korea, parties=(korea.parties[0], double)))
    assert "united states of america" not in names
    assert names["us"] == "US"
    assert names["usa"] == "USA"


def test_every_name_and_code_belongs_to_one_state() -> None:
    every = [alias.casefold() for known in states().values() for alias in known]
    assert len(set(every)) == len(every)
    assert all(len(code) == 3 and len(known[1]) == 2 for code, known in states().items())
    assert aliases("korea, south")[0] == "KOR"
    assert aliases("Ruritania") == ()
