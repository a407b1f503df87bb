"""Areas are found by code or name; what is not an area is refused with the nearest that are."""

import pytest

from goldthread.evidence.places import UnknownArea, find_area, known_from, read_known, search_areas
from tests.evidence.places_ground import real_areas


@pytest.fixture
def known():
    """A county of two councils. Fenwick was made of Fen, Wick and Holm, and still has a CSP for Fen."""
    now = [
        {"code": "E06000901", "name": "Fenwick", "csp_code": "E22000901", "csp_name": "Fen", "force_name": "Marsh"},
        {"code": "E06000901", "name": "Fenwick", "csp_code": "E22000902", "csp_name": "Wick and Holm"},
        {"code": "E06000902", "name": "Upland, City of", "csp_code": "E22000903", "csp_name": "Upland"},
        {"code": "W06000901", "name": "Valley", "welsh": "Y Dyffryn", "csp_code": "W14000901", "csp_name": "Valley"},
    ]
    gone = [
        {"code": "E07000901", "name": "Fen", "authority": "E06000901"},
        {"code": "E07000902", "name": "Wick", "authority": "E06000901"},
        {"code": "E07000903", "name": "Holm", "authority": "E06000901"},
    ]
    return known_from(now, gone)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("E06000901", "E06000901"),
        ("  fenwick ", "E06000901"),
        ("Fenwick Council", "E06000901"),
        ("City of Upland", "E06000902"),
        ("Upland", "E06000902"),
        ("Upland CSP", "E22000903"),
        ("Upland Community Safety Partnership", "E22000903"),
        ("e22000901", "E22000901"),
        ("Fen", "E22000901"),
        ("Wick & Holm", "E22000902"),
        ("y dyffryn", "W06000901"),
    ],
)
def test_an_area_is_found_by_code_or_by_any_of_its_names(known, words, code):
    assert find_area(words, known).code == code


@pytest.mark.parametrize(
    ("words", "name"),
    [
        *(("Hull", "Kingston upon Hull"), ("City of Hull", "Kingston upon Hull"), ("Bristol", "Bristol")),
        *(("St Helens", "St. Helens"), ("BCP Council", "Bournemouth, Christchurch and Poole")),
        *(("Herefordshire", "Herefordshire"), ("Rhondda", "Rhondda Cynon Taf"), ("Durham", "County Durham")),
        *(("Ynys Môn", "Isle of Anglesey"), ("Anglesey", "Isle of Anglesey"), ("Westminster", "Westminster")),
        *(("City of Westminster", "Westminster"), ("London Borough of Camden", "Camden"), ("Cwm Taf", "Cwm Taf")),
    ],
)
def test_an_area_is_found_by_what_people_call_it(words, name):
    assert find_area(words, read_known()).name == name


def test_a_partnership_of_several_councils_is_all_of_them():
    assert len(find_area("South Nottinghamshire", read_known()).authorities) == 3


@pytest.mark.parametrize(("words", "several"), [("Dorset Police", 2), ("Thames Valley", 13), ("Cleveland", 4)])
def test_a_force_is_no_area_and_its_authorities_are_offered(words, several):
    with pytest.raises(UnknownArea, match=f"is a police force area, of {several} authorities") as refused:
        find_area(words, read_known())
    assert len(refused.value.nearest) == several


def test_the_authorities_of_a_force_are_found_by_its_name():
    found = {a.name for a in search_areas("Dorset Police", read_known())}
    assert found == {"Dorset", "Bournemouth, Christchurch and Poole"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("middlesboro", "Middlesbrough"), ("Bournmouth", "Bournemouth"), ("Kirklee", "Kirklees"), ("Wirrall", "Wirral")],
)
def test_of_a_slip_of_the_pen_the_nearest_comes_first(typed, meant):
    with pytest.raises(UnknownArea) as refused:
        find_area(typed, read_known())
    assert refused.value.nearest[0].name == meant


def test_an_authority_with_two_partnerships_knows_both(known):
    area = find_area("Fenwick", known)
    assert area.kind == "authority"
    assert area.csps == ("E22000901", "E22000902")
    assert area.former == ()
    assert area.force == "Marsh"


def test_a_partnership_of_part_of_an_authority_is_limited_to_what_that_part_used_to_be(known):
    assert [f.name for f in find_area("Fen", known).former] == ["Fen"]
    assert [f.name for f in find_area("Wick and Holm", known).former] == ["Wick", "Holm"]
    assert find_area("Fen", known).limited == ("E06000901",)
    assert find_area("Upland CSP", known).former == ()


def test_all_is_every_authority(known):
    assert find_area("all", known).authorities == ("E06000901", "E06000902", "W06000901")
    assert find_area("ALL", known).country == "England and Wales"


def test_a_welsh_area_keeps_its_welsh_name(known):
    assert find_area("Valley", known).welsh == "Y Dyffryn"
    assert find_area("W14000901", known).welsh == "Y Dyffryn"
    assert find_area("Valley", known).country == "Wales"


def test_a_wrong_name_is_refused_with_the_nearest(known):
    with pytest.raises(UnknownArea, match="“Fenwik” is not a local authority or CSP") as refusal:
        find_area("Fenwik", known)
    assert refusal.value.nearest[0].code == "E06000901"
    assert "Fenwick (E06000901)" in str(refusal.value)


def test_a_former_authority_is_refused_with_what_it_is_part_of_now(known):
    with pytest.raises(UnknownArea, match=r"“Holm” is now part of Fenwick \(E06000901\)"):
        find_area("Holm", known)
    with pytest.raises(UnknownArea, match="now part of Fenwick"):
        find_area("E07000903", known)


@pytest.mark.parametrize("words", ["", "   ", "!!!", "CSP", "Atlantis"])
def test_words_that_name_nothing_are_refused(known, words):
    with pytest.raises(UnknownArea):
        find_area(words, known)


def test_with_no_list_of_areas_the_refusal_says_so():
    with pytest.raises(UnknownArea, match="list of areas"):
        find_area("Fenwick", known_from([]))


def test_areas_are_searched_by_a_word_of_any_name(known):
    assert [a.code for a in search_areas("fen", known)] == ["E22000901", "E06000901"]
    assert [a.code for a in search_areas("holm", known)] == ["E06000901", "E22000902"]
    assert [a.code for a in search_areas("dyffryn", known)] == ["W06000901"]
    assert search_areas("nowhere", known) == []


@pytest.mark.real
def test_bournemouth_christchurch_and_poole_has_three_partnerships():
    area = find_area("Bournemouth, Christchurch and Poole", real_areas())
    assert area.csps == ("E22000063", "E22000067", "E22000367")
    assert area.force == "Dorset"


@pytest.mark.real
def test_the_dorset_partnership_is_dorset_and_christchurch():
    area = find_area("Dorset CSP", real_areas())
    assert set(area.authorities) == {"E06000058", "E06000059"}
    assert [f.name for f in area.former] == ["Christchurch"]
    assert find_area("Dorset", real_areas()).authorities == ("E06000059",)


@pytest.mark.real
def test_every_real_name_and_code_finds_its_own_area():
    known = real_areas()
    for authority in known.authorities.values():
        assert find_area(authority.name, known).code == authority.code
        assert find_area(authority.code, known).name == authority.name
    for partnership in known.partnerships.values():
        assert find_area(f"{partnership.name} CSP", known).code == partnership.code


@pytest.mark.real
def test_the_partnerships_of_an_authority_share_it_out_without_gap_or_overlap():
    known = real_areas()
    for authority in known.authorities.values():
        if len(authority.csps) > 1:
            parts = [
                f.code for c in authority.csps for f in find_area(c, known).former if f.authority == authority.code
            ]
            assert sorted(parts) == sorted(f.code for f in known.former if f.authority == authority.code)


@pytest.mark.real
def test_the_definitions_list_the_same_authorities_and_partnerships_as_the_published_lookup():
    written, published = read_known(), real_areas()
    assert {c: (a.name, a.csps) for c, a in written.authorities.items()} == {
        c: (a.name, a.csps) for c, a in published.authorities.items()
    }
    assert written.partnerships.keys() == published.partnerships.keys()
    assert {(f.code, f.authority) for f in written.former} >= {(f.code, f.authority) for f in published.former}


def test_the_product_knows_every_authority_with_no_reference_folder():
    known = read_known()
    assert len(known.authorities) == 318
    assert find_area("Caerdydd", known).name == "Cardiff"
    assert find_area("Bournemouth, Christchurch and Poole", known).csps == ("E22000063", "E22000067", "E22000367")


def test_an_invented_geography_comes_with_the_reference_folder(tmp_path):
    row = "X06000001,Saltmarsh,X22000001,Saltmarsh,Saltmarsh Constabulary"
    (tmp_path / "areas.csv").write_text(f"code,name,csp_code,csp_name,force_name\n{row}\n", encoding="utf-8")
    area = find_area("Saltmarsh", read_known(tmp_path))
    assert (area.code, area.csps, area.force) == ("X06000001", ("X22000001",), "Saltmarsh Constabulary")
    assert find_area("Cardiff", read_known(tmp_path)).code == "W06000015"
