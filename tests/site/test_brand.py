"""The partnership's name and looks change every page without touching code, and a logo can do nothing but be seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goldthread.partners.contrast import contrast
from goldthread.partners.logo import MOST, Unfit, cleaned
from goldthread.partners.models import Partnership
from tests.site.conftest import Small

AsRole = Callable[[str], Client]
WHERE = "/partnership/change/"
TYPED: dict[str, Any] = {"name": "Fenland CSP", "area": "Fenland", "colour": "#1D4F5C", "accent": "#b5812c"}
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'


def sent(inside: str) -> SimpleUploadedFile:
    """A drawing as a browser sends it."""
    return SimpleUploadedFile("logo.svg", DRAWN.format(inside).encode(), "image/svg+xml")


def test_a_new_name_colour_and_logo_are_on_every_page(small: Small, as_role: AsRole) -> None:
    manager = as_role("partnership-manager")
    logo = sent('<circle cx="4" cy="4" r="4" fill="#123456"/>')
    answer = manager.post(WHERE, {**TYPED, "colour": "#14324A", "vision": "Safer.", "version": 0, "logo": logo})
    assert answer.status_code == 302
    nobody = Client(headers={"host": "localhost"})
    page = nobody.get("/account/login/").content.decode()
    assert "Fenland CSP" in page and 'src="/mark.svg?1"' in page  # asked for anew, not taken from what was kept
    assert "--gt-colour: #14324a" in nobody.get("/brand.css").content.decode()
    assert 'r="4"' in nobody.get("/mark.svg").content.decode()
    assert "Safer." in manager.get("/constitution/").content.decode()
    manager.post(WHERE, {**TYPED, "version": 1})
    assert 'r="4"' in nobody.get("/mark.svg").content.decode()  # no file came, so the one that is there stays
    manager.post(WHERE, {**TYPED, "version": 2, "without_logo": "on"})
    assert Partnership.objects.get().logo == ""


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("colour", "#777777", "has a contrast of 4.4 to 1, and needs 4.5 to 1"),
        ("accent", "#ffdd00", "has a contrast of 1.3 to 1, and needs 3.0 to 1"),
        ("colour", "teal", "Enter a colour as six digits after a #"),
        ("name", "", "Enter the name of the partnership"),
    ],
)
def test_what_is_wrong_with_the_looks_is_said_beside_its_field(
    small: Small, as_role: AsRole, field: str, typed: str, message: str
) -> None:
    page = as_role("partnership-manager").post(WHERE, {**TYPED, "version": 0, field: typed})
    assert page.status_code == 400 and message in page.content.decode()
    assert f'id="id_{field}-error"' in page.content.decode() and "Fenland" in page.content.decode()
    assert Partnership.objects.get().area == "Saltmarsh"


def test_a_logo_that_is_not_a_drawing_is_refused_beside_its_field(small: Small, as_role: AsRole) -> None:
    picture = SimpleUploadedFile("logo.svg", b"\x89PNG\r\n\x1a\n\x00", "image/svg+xml")
    page = as_role("partnership-manager").post(WHERE, {**TYPED, "version": 0, "logo": picture})
    assert page.status_code == 400 and 'id="id_logo-error"' in page.content.decode()


def test_the_second_of_two_who_change_the_looks_is_told(small: Small, as_role: AsRole) -> None:
    manager = as_role("partnership-manager")
    manager.post(WHERE, {**TYPED, "version": 0})
    page = manager.post(WHERE, {**TYPED, "version": 0, "name": "Broads CSP"})
    assert page.status_code == 400 and "Somebody else changed" in page.content.decode()
    assert Partnership.objects.get().name == "Fenland CSP"


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<g onload="alert(1)"/>',
        '<image href="https://evil.example/a.png"/>',
        '<use xlink:href="https://evil.example/a.svg#a"/>',
        '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
        '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example"/></foreignObject>',
        "<style>@import url(https://evil.example/a.css);</style>",
        '<path style="fill:url(https://evil.example/a.svg#a)"/>',
        '<path fill="url(&quot;//evil.example&quot;)"/>',
        '<path style="fill:u\\72l(//evil.example)"/>',
        '<path style="background:url(//evil.example)"/>',
        '<linearGradient xlink:href="https://evil.example/a.svg#a"/>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<set attributeName="onmouseover" to="alert(1)"/>',
        '<svg xmlns="urn:other"><script>alert(1)</script></svg>',
        "<?xml-stylesheet href='https://evil.example/a.css'?>",
        '<text font-family="evil.example:a">x</text>',
    ],
)
def test_whatever_could_act_is_taken_out_and_the_drawing_stays(inside: str) -> None:
    made = cleaned(DRAWN.format(f'<rect width="9" height="9"/>{inside}').encode())
    assert 'width="9"' in made
    for danger in ("evil", "alert", "javascript", "script", "onload", "import", "style", "@", "\\"):
        assert danger not in made


def test_gradients_groups_words_and_colours_stay_as_they_were() -> None:
    made = cleaned(
        DRAWN.format(
            '<title>A &amp; B</title><defs><linearGradient id="a"><stop offset="0" style="stop-color:#fff"/>'
            '</linearGradient></defs><g transform="translate(1, 2) scale(.5)"><path d="M0 0L9 9" fill="url(#a)" '
            'style="stroke:rgb(1,2,3);stroke-width:2"/></g><text x="1">Sea <tspan>and</tspan> marsh</text>'
        ).encode()
    )
    for kept in ("A &amp; B", 'stop-color="#fff"', 'fill="url(#a)"', 'stroke="rgb(1,2,3)"', 'stroke-width="2"'):
        assert kept in made
    assert 'transform="translate(1, 2) scale(.5)"' in made and "Sea <tspan>and</tspan> marsh" in made
    assert cleaned(made.encode()) == made


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (b" " * (MOST + 1), "larger than 100 kB"),
        (b"\xff\xfe<\x00", "not an SVG drawing in UTF-8"),
        (b"<svg", "not well-formed"),
        (b"<html/>", "not an SVG drawing"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', "declares entities"),
        (DRAWN.format('<image href="#a"/>').encode(), "Nothing of the drawing"),
        (DRAWN.format("<g>" * 14_000 + "</g>" * 14_000).encode(), "groups within groups"),
    ],
)
def test_what_cannot_be_a_logo_is_refused_with_the_reason(file: bytes, message: str) -> None:
    with pytest.raises(Unfit, match=message):
        cleaned(file)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#ffffff") == pytest.approx(1)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.005)  # the lightest grey that passes, and the next
    assert contrast("#777777") == pytest.approx(4.48, abs=0.005)
