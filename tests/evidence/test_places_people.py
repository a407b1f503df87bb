"""Small areas and authorities get the people, homes and deprivation that the published tables give them."""

import duckdb
import pytest

from goldthread.evidence.places import Reference, find_area, known_from, lsoa_table, read_known
from goldthread.evidence.places.authorities import VARIABLES, authorities_table, profile_of
from goldthread.evidence.places.people import places_table, residents_by_year
from tests.evidence.places_ground import REAL

KNOWN = known_from(
    [
        {
            "code": "E06000901",
            "name": "Fenwick",
            "csp_code": "E22000901",
            "csp_name": "Fenwick",
            "force_name": "Marsh",
        },
        {"code": "E06000902", "name": "Upland", "csp_code": "E22000903", "csp_name": "Upland", "force_name": "Marsh"},
    ],
    [
        {"code": "E07000901", "name": "Fen", "authority": "E06000901"},
        {"code": "E07000902", "name": "Wick", "authority": "E06000901"},
    ],
)
TABLES = {
    "exact.csv": """LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD
E01000901,Fen 001A,E01000901,Fenwick 001A,U,E06000901
E01000902,Fen 001B,E01000951,Fenwick 001B,S,E06000901
E01000902,Fen 001B,E01000952,Fenwick 001C,S,E06000901
E01000903,Wick 001A,E01000953,Fenwick 002A,M,E06000901
E01000904,Wick 001B,E01000953,Fenwick 002A,M,E06000901
E01000907,Upland 001B,E01000907,Upland 001B,U,E06000902
""",
    "people/SAPE.csv": """LSOA 2021 Code,LSOA 2021 Name,Area Sq Km,Mid-2020: Population,Mid-2022: Population
E01000901,a,1.5,"1,000",1100
E01000951,b,0.5,500,510
E01000952,c,0.5,500,520
E01000953,d,2,2000,1900
E01000907,e,10,3000,3000
""",
    "homes.csv": "lsoa21_code,total_households\nE01000901,400\nE01000951,200\nE01000952,250\nE01000953,900\n",
    "ranks.csv": "lsoa11_code,IMD_decile,IMD_rank,Crime_decile,Crime_rank\n"
    + "".join(f"E0100090{i},{2 * i},{i},{i},{i}\n" for i in (1, 2, 3, 4))
    + "E01000907,10,5,10,5\n",
    "ruc.csv": "lsoa21_code,ruc\nE01000901,Urban\nE01000953,Rural\n",
    "wards.csv": "LSOA21CD,WD24CD,WD24NM,LAD24CD\nE01000901,E05000001,Fen,E06000901\n",
    "ages.csv": "ltla21_code,total_population,0,16,30,90+\nE07000901,100,20,10,60,10\nE07000902,100,0,30,60,10\n",
    "groups.csv": "ltla21_code,ethnic_group,value\n"
    'E07000901,"White: English, Welsh, Scottish, Northern Irish or British (number)",60\n'
    'E07000901,"White: English, Welsh, Scottish, Northern Irish or British (percent)",60\n'
    "E07000902,White: Irish (number),20\n"
    'E07000902,"Asian, Asian British or Asian Welsh: Indian (number)",20\n',
    "scores.csv": "ltla24_code,imd_average_score\nE06000901,21.5\n",
}


@pytest.fixture
def reference(tmp_path, monkeypatch):
    monkeypatch.setenv("GOLDTHREAD_CACHE", str(tmp_path / "cache"))
    for name, words in TABLES.items():
        path = tmp_path / "tables" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
    return Reference(tmp_path / "tables")


@pytest.fixture
def con(reference):
    con = duckdb.connect()
    lsoa_table(con, find_area("Fenwick", KNOWN), KNOWN, reference)
    return con


def column(con, name, table="area_places", key="lsoa"):
    return dict(con.execute(f"SELECT {key}, {name} FROM {table}").fetchall())


def test_each_small_area_of_the_area_has_a_row_and_no_other(con, reference):
    assert places_table(con, reference, 2022).lsoas == 4
    assert sorted(column(con, "name")) == ["E01000901", "E01000951", "E01000952", "E01000953"]


@pytest.mark.parametrize(("wanted", "taken"), [(2011, 2020), (2020, 2020), (2021, 2020), (2022, 2022), (2025, 2022)])
def test_the_population_is_of_the_nearest_mid_year_and_says_which(con, reference, wanted, taken):
    source = places_table(con, reference, wanted)
    assert source.population_year == taken
    assert sum(column(con, "population").values()) == {2020: 4000, 2022: 4030}[taken]
    assert f"mid-{taken}" in source.sentence(wanted)
    assert ("nearest supplied" in source.sentence(wanted)) == (wanted != taken)


def test_what_no_table_tells_is_unknown_and_never_nought(con, reference):
    places_table(con, reference, 2022)
    assert column(con, "workday")["E01000901"] is None
    assert column(con, "rural") == {
        "E01000901": "Urban",
        "E01000951": None,
        "E01000952": None,
        "E01000953": "Rural",
    }
    assert column(con, "ward_name")["E01000901"] == "Fen"
    assert column(con, "hectares")["E01000901"] == 150


def test_a_2011_index_is_carried_to_2021_and_merged_areas_take_the_decile_of_the_mean_rank(con, reference):
    places_table(con, reference, 2022)
    deciles = column(con, "imd_decile")
    assert (deciles["E01000901"], deciles["E01000951"], deciles["E01000952"]) == (2, 4, 4)
    assert deciles["E01000953"] == 7  # ranks 3 and 4 of 5: ten times 3.5 fifths, rounded up
    assert column(con, "crime_decile")["E01000953"] == 7


def test_without_any_table_there_are_no_small_areas_and_the_sentence_says_what_is_missing():
    con, nothing = duckdb.connect(), Reference(None)
    lsoa_table(con, find_area("Fenwick", KNOWN), KNOWN, nothing)
    source = places_table(con, nothing, 2022)
    assert (source.lsoas, source.population_year) == (0, None)
    assert "No population" in source.sentence(2022)
    assert len(nothing.lacking) > 5


def test_a_plain_population_table_with_a_column_of_years_serves_too(tmp_path, monkeypatch):
    monkeypatch.setenv("GOLDTHREAD_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "a.csv").write_text("LSOA21CD,LSOA21NM,WD24CD,LAD24CD\nE01000901,Fenwick 001A,E05000001,E06000901\n")
    (folder / "b.csv").write_text("lsoa21_code,year,population\nE01000901,2023,10\nE01000901,2024,20\n")
    con, reference = duckdb.connect(), Reference(folder)
    lsoa_table(con, find_area("Fenwick", KNOWN), KNOWN, reference)
    assert places_table(con, reference, 2026).population_year == 2024
    assert column(con, "population") == {"E01000901": 20}
    assert column(con, "authority") == {"E01000901": "E06000901"}


def test_authorities_are_known_by_their_people_and_former_ones_are_added_up(con, reference):
    places_table(con, reference, 2022)
    assert authorities_table(con, KNOWN, reference) == 2
    assert con.execute("SELECT * FROM known_authorities ORDER BY 1").fetchall() == [
        ("E06000901", "Fenwick", "E22000901", "Marsh", 4030, 1750, 21.5),
        ("E06000902", "Upland", "E22000903", "Marsh", 3000, None, None),
    ]
    fenwick = profile_of(con, ["E06000901"])["E06000901"]
    assert set(fenwick) <= set(VARIABLES)
    assert fenwick["aged under 16"] == pytest.approx(0.1)
    assert fenwick["aged 16 to 24"] == pytest.approx(0.2)
    assert fenwick["aged 65 and over"] == pytest.approx(0.1)
    assert fenwick["Asian"] == pytest.approx(0.2)
    assert fenwick["other white"] == pytest.approx(0.2)
    assert fenwick["density"] == pytest.approx(4030 / 450)
    assert fenwick["household size"] == pytest.approx(4030 / 1750)
    assert fenwick["rural"] == pytest.approx(1900 / 3000)
    assert fenwick["deprived"] == pytest.approx(1100 / 4030)


def test_a_variable_that_no_table_tells_is_not_in_the_profile(con, reference):
    places_table(con, reference, 2022)
    authorities_table(con, KNOWN, reference)
    upland = profile_of(con, ["E06000902"])["E06000902"]
    assert "aged under 16" not in upland
    assert "rural" not in upland
    assert upland["residents"] == 3000


def test_ages_serve_with_a_column_an_age_or_with_a_row_an_age(con, reference, tmp_path):
    rows = [(code, age + 101, n) for code in ("E07000901", "E07000902") for age, n in ((5, 10), (20, 30), (90, 60))]
    words = "ltla23_code,c_age,population\n" + "".join(f"{c},{a},{n}\n" for c, a, n in rows)
    (tmp_path / "tables" / "ages.csv").write_text(words, encoding="utf-8")
    again = Reference(tmp_path / "tables")
    places_table(con, again, 2022)
    authorities_table(con, KNOWN, again)
    fenwick = profile_of(con, ["E06000901"])["E06000901"]
    assert fenwick["aged under 16"] == pytest.approx(0.1)
    assert fenwick["aged 16 to 24"] == pytest.approx(0.3)
    assert fenwick["aged 65 and over"] == pytest.approx(0.6)


@pytest.fixture(scope="module")
def real():
    con, reference, known = duckdb.connect(), Reference(REAL), read_known()
    lsoa_table(con, find_area("E06000058", known), known, reference)
    source = places_table(con, reference, 2025)
    authorities_table(con, known, reference)
    return con, source


@pytest.mark.real
def test_real_populations_equal_the_published_table_to_the_person(real):
    con, source = real
    assert (source.lsoas, source.population_year) == (240, 2022)
    table = f"'{REAL}/population-deprivation/pop_density_lsoa21_mid2011_mid2022.parquet'"
    mid2022 = f'SELECT sum("Mid-2022: Population") FROM {table}'
    names = " WHERE \"LSOA 2021 Name\" LIKE 'Bournemouth, Christchurch and Poole %'"
    published = con.execute(mid2022 + names).fetchall()
    assert con.execute("SELECT sum(population) FROM area_places").fetchall() == published
    whole = con.execute(mid2022).fetchall()
    assert con.execute("SELECT sum(population) FROM known_authorities WHERE authority <> csp").fetchall() == whole


@pytest.mark.real
def test_real_places_have_every_attribute_and_real_authorities_a_full_profile(real):
    con, _ = real
    for name in ("ward", "population", "households", "imd_decile", "crime_decile", "rural", "easting", "hectares"):
        assert con.execute(f"SELECT count({name}) FROM area_places").fetchall() == [(240,)]
    counts = dict(con.execute("SELECT variable, count(*) FROM authority_profile GROUP BY 1").fetchall())
    assert counts.pop("deprivation score") == 296  # England's; the Welsh index publishes no average
    assert set(counts) == set(VARIABLES) - {"deprivation score"}
    assert set(counts.values()) == {318}


@pytest.mark.real
def test_every_welsh_lsoa_has_a_welsh_decile():
    con, reference, known = duckdb.connect(), Reference(REAL), read_known()
    lsoa_table(con, find_area("Caerdydd", known), known, reference)
    places_table(con, reference, 2019)
    assert con.execute("SELECT count(*), count(imd_decile), min(imd_decile) FROM area_places").fetchall() == [
        (218, 218, 1)
    ]


@pytest.mark.real
def test_real_residents_of_an_area_are_told_for_every_mid_year():
    con = duckdb.connect()
    reference = Reference(REAL)
    area = find_area("E06000058", read_known())
    lsoa_table(con, area, read_known(), reference)
    places_table(con, reference, 2025)
    told = residents_by_year(con, reference)
    table = reference.best("population by year").path
    codes = "SELECT lsoa FROM area_places"
    for year in (2011, 2021, 2022):
        by_hand = f'SELECT sum("Mid-{year}: Population") FROM \'{table}\' WHERE "LSOA 2021 Code" IN ({codes})'
        assert con.execute(by_hand).fetchall() == [(told[year],)]
    assert sorted(told) == list(range(2011, 2023))
