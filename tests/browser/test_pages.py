"""Every page in a real browser: quiet, light, accessible, whole for everybody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from provenpages import page as pages

pytestmark = pytest.mark.slow

DOCS = Path(__file__).parents[2] / "docs"
PATHS = [
    "404.html",
    *("" if it.stem == "index" else f"{it.stem}/" for it in sorted(DOCS.glob("*.md"))),
]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KB = 1000
UNFOLD = "document.querySelectorAll('details:not(.more)').forEach(it => { it.open = true })"
FOLD = "document.querySelectorAll('details').forEach(it => { it.open = false })"

SPACE_WIDE = """() => {
    const wide = new CSSStyleSheet();
    wide.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
                          word-spacing: 0.16em !important; }
                      p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [wide];
}"""
SPACE_AS_BEFORE = "document.adoptedStyleSheets = []"


def violations(page):
    """What axe finds wrong, shortly."""
    options = {"runOnly": STANDARDS, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{it['id']}: {it['nodes'][0]['html'][:160]} ({len(it['nodes'])})" for it in found]


def words(page, selector="article"):
    """The words that a reader sees, but for what is there to be pressed and needs a script."""
    tools = "document.querySelectorAll('.needs-script')"
    hide = f"(hidden) => {tools}.forEach((it) => {{ it.hidden = hidden; }})"
    page.evaluate(hide, arg=True)
    found = {word.removesuffix("¶") for word in page.inner_text(selector).split()} - {""}
    page.evaluate(hide, arg=False)
    return found


@pytest.fixture(scope="module", params=PATHS, ids=lambda path: path or "home")
def path(request):
    return request.param


@pytest.fixture(scope="module")
def phone(visiting, path):
    """The page on a phone, just loaded, and what its first view weighs."""
    with visiting(path, width=360, height=780) as page:
        page.wait_for_load_state("networkidle")
        page.sizes = page.evaluate(
            """() => [...performance.getEntriesByType("navigation"),
                      ...performance.getEntriesByType("resource")]
               .map(({ name, encodedBodySize }) => [name, encodedBodySize])"""
        )
        yield page


def test_nothing_is_complained_about(phone):
    assert phone.complaints == []


def test_the_layout_does_not_shift(phone):
    assert phone.evaluate("shifted") <= 0.02


def test_the_first_view_is_light(phone):
    def weight(suffix=""):
        return sum(size for name, size in phone.sizes if name.split("?")[0].endswith(suffix))

    assert weight() > 50 * KB  # it was measured
    assert weight() <= 200 * KB, "\n".join(
        f"{size:6} {name.rpartition('/')[2]}" for name, size in phone.sizes
    )
    assert weight(".js") <= 60 * KB
    assert phone.sizes[0][1] <= 40 * KB


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_is_accessible_and_fits(phone, width, scheme):
    phone.set_viewport_size({"width": width, "height": 800})
    phone.emulate_media(color_scheme=scheme)
    assert phone.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(phone) == []


def test_what_is_folded_is_accessible_too(phone):
    phone.evaluate(UNFOLD)
    assert violations(phone) == []
    phone.evaluate(FOLD)


def test_it_is_whole_without_script(visiting, path, phone):
    with visiting(path, width=360, java_script_enabled=False) as page:
        expected = words(phone) - {"Run"}
        for _ in range(50):  # definitions take a moment to be hidden
            if words(page) >= expected:
                break
            page.wait_for_timeout(100)
        assert words(page) >= expected
        assert page.locator("article svg.drawing").count() == phone.locator("svg.drawing").count()
        assert (
            page.locator(":is(.copy, .run):visible").count() == 0
        )  # nothing offered that cannot work


def test_it_is_whole_in_print(phone):
    """But for what is there to be pressed, and the list of the numbers' sources."""
    phone.evaluate("document.querySelectorAll('.sources').forEach(it => { it.hidden = true })")
    before = words(phone)
    phone.evaluate(UNFOLD)
    unfolded = words(phone)
    phone.evaluate(FOLD)
    phone.emulate_media(media="print")
    printed = words(phone)
    phone.emulate_media(media="screen")
    phone.evaluate("document.querySelectorAll('.sources').forEach(it => { it.hidden = false })")
    tools = {"Run", "Copy", "⋯"} | set(
        phone.inner_text(".page-actions").split() if "404" not in phone.url else []
    )
    assert printed >= (before | unfolded) - tools


def test_what_is_printed_is_not_blank(phone):
    phone.emulate_media(media="null")
    assert len(phone.pdf()) > 20_000  # without letters they were 6,000 bytes at the most


def test_nothing_is_lost_when_text_is_spaced_wide_and_zoomed_twofold(phone):
    phone.set_viewport_size({"width": 640, "height": 400})  # 1280 by 800, magnified twice
    phone.evaluate(SPACE_WIDE)
    cut = phone.evaluate(
        """() => [...document.querySelectorAll("article *, .md-header *")].filter((it) => {
            const style = getComputedStyle(it);
            const hides = (axis) => ["hidden", "clip"].includes(style[`overflow${axis}`]);
            return it.checkVisibility() && style.clipPath === "none" && it.clientHeight > 1
                && ((hides("Y") && it.scrollHeight > it.clientHeight + 1)
                    || (hides("X") && it.scrollWidth > it.clientWidth + 1));
        }).map((it) => it.outerHTML.slice(0, 120))"""
    )
    fits = phone.evaluate("document.documentElement.scrollWidth") <= 640
    phone.evaluate(SPACE_AS_BEFORE)
    assert cut == []
    assert fits


@pytest.mark.parametrize(("width", "spacing"), [(320, SPACE_AS_BEFORE), (360, SPACE_WIDE)])
def test_unfolded_it_fits_the_narrowest_phone_and_a_phone_with_text_spaced_wide(
    phone, width, spacing
):
    phone.set_viewport_size({"width": width, "height": 780})
    phone.evaluate(UNFOLD)
    phone.evaluate(spacing)
    needed = phone.evaluate("document.documentElement.scrollWidth")
    phone.evaluate(SPACE_AS_BEFORE)
    phone.evaluate(FOLD)
    assert needed <= width


def test_nothing_moves_for_those_who_asked_for_that(phone):
    phone.emulate_media(reduced_motion="reduce")
    moving = phone.evaluate(
        """() => [...document.querySelectorAll("*")].filter((it) => {
            const style = getComputedStyle(it);
            const lasts = (value) => value.split(",").some((part) => parseFloat(part) > 0);
            return lasts(style.transitionDuration) || (style.animationName !== "none"
                && lasts(style.animationDuration));
        }).map((it) => it.outerHTML.slice(0, 120))"""
    )
    phone.emulate_media(reduced_motion="no-preference")
    assert moving == []


def test_every_block_copies_exactly_what_it_is(visiting, path):
    if path in {"404.html", "api/"}:
        pytest.skip("no blocks of its own")
    source = pages.read(DOCS / f"{path.strip('/') or 'index'}.md")
    expected = [taken_away(fence) for fence in source.fences if fence.language != "output"]
    with visiting(path, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.evaluate(UNFOLD)
        copied = []
        for button in page.locator("button.copy").all():
            button.click()
            page.wait_for_function("it => it.textContent === 'Copied'", arg=button.element_handle())
            copied.append(page.evaluate("navigator.clipboard.readText()"))
        assert copied == expected


def taken_away(fence):
    """What a reader wants of a block: all of it, or the commands of a session."""
    if fence.language != "console":
        return fence.text
    return "".join(f"{it[2:]}\n" for it in fence.text.split("\n") if re.match(r"\$ ", it))
