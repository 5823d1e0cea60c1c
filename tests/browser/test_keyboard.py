"""The site without a mouse."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.slow

FOCUSED = """() => {
    const it = document.activeElement;
    if (it === document.body) return null;
    const labels = it.matches("input.md-option") ? "[for^=__palette]:not([hidden])"
        : it.matches("input.md-toggle") ? `[for=${it.id}]:not(.md-overlay)` : "";
    // A switch is drawn as a label: of several, the one that can be seen.
    const seen = labels ? [...document.querySelectorAll(`label${labels}`)].find((label) => {
        const { x, width } = label.getBoundingClientRect();
        return label.checkVisibility({ visibilityProperty: true }) && width > 0 && x >= 0;
    }) ?? it : it;
    const box = seen.getBoundingClientRect();
    const style = getComputedStyle(seen);
    const middle = [box.x + box.width / 2, box.y + Math.min(box.height, innerHeight) / 2];
    const top = document.elementFromPoint(...middle);
    return {
        what: it.outerHTML.slice(0, 140),
        seen: box.width >= 8 && box.height >= 8 && Boolean(top)
            && (seen.contains(top) || top.contains(seen)),
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    };
}"""


def walk(page):
    """Every stop of the Tab key, until it comes to the end of the page."""
    stops = []
    for _ in range(300):
        page.keyboard.press("Tab")
        for _ in range(20):  # the theme's script may need a moment to open or close something
            stop = page.evaluate(FOCUSED)
            if stop is None:
                return stops
            if stop["seen"]:
                break
            page.wait_for_timeout(10)
        stops.append(stop)
    pytest.fail("the Tab key never came to the end of the page")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["", "one-neuron/", "ten-thousand-steps/", "glossary/"])
def test_every_stop_of_the_tab_key_can_be_seen(visiting, path, width):
    with visiting(path, width=width, reduced_motion="reduce") as page:
        stops = walk(page)
        assert len(stops) > 10
        assert [stop["what"] for stop in stops if not stop["seen"]] == []
        assert [stop["what"] for stop in stops if not stop["outlined"]] == []


def test_the_first_stop_skips_to_the_content(visiting):
    with visiting("one-neuron/") as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.activeElement.matches('article h1')")
        page.keyboard.press("Tab")
        assert page.evaluate("Boolean(document.activeElement.closest('article'))")


def test_single_letters_do_nothing(visiting):
    with visiting("one-neuron/") as page:
        before = page.url
        for key in "fs/np,.":
            page.keyboard.press(key)
        page.wait_for_timeout(200)
        assert page.url == before
        assert not page.is_checked("#__search")


def test_the_drawer_opens_and_closes_from_the_keyboard(visiting):
    with visiting("one-neuron/", width=360, reduced_motion="reduce") as page:
        button = page.get_by_role("button", name="Navigation")
        button.focus()
        assert button.get_attribute("aria-expanded") == "false"
        page.keyboard.press(" ")
        assert button.get_attribute("aria-expanded") == "true"
        assert page.locator(".md-sidebar--primary a", has_text="The sigmoid").is_visible()
        stops = walk(page)
        assert [stop["what"] for stop in stops if not stop["outlined"]] == []
        inside = [stop for stop in stops if "md-nav" in stop["what"]]
        assert len(inside) > 3
        assert [stop["what"] for stop in inside if not stop["seen"]] == []
        button.press("Enter")
        assert button.get_attribute("aria-expanded") == "true"
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        assert button.get_attribute("aria-expanded") == "false"
        assert page.evaluate("document.activeElement.matches('.drawer-button')")


def test_the_drawer_closes_when_the_focus_leaves_it(visiting):
    with visiting("one-neuron/", width=360, reduced_motion="reduce") as page:
        button = page.get_by_role("button", name="Navigation")
        button.press("Enter")
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("Boolean(document.activeElement.closest('article'))"):
                break
        assert button.get_attribute("aria-expanded") == "false"


@pytest.mark.parametrize(
    ("words", "page_name"),
    [
        ("glossary", "glossary/"),
        ("api", "api/"),
        ("the sigmoid", "the-sigmoid/"),
        ("XOR", "second-layer/"),
    ],
)
def test_search_finds_a_page_by_its_name(visiting, words, page_name):
    with visiting("") as page:
        page.locator(".md-search__input").fill(words)
        page.wait_for_selector(".md-search-result__item a")
        found = page.locator(".md-search-result__item > a").evaluate_all(
            "them => them.map(it => it.href)"
        )
        assert any(f"/{page_name}" in address for address in found[:3]), found[:5]


def test_a_definition_stays_while_the_pointer_goes_to_it(visiting):
    with visiting("what-it-learned/") as page:
        for term in page.locator(".term").all()[:4]:
            note = term.locator(".definition")
            term.locator("a").hover()
            box = note.bounding_box()
            page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=12)
            page.wait_for_timeout(300)
            assert note.is_visible()
            page.mouse.move(5, 5)
            note.wait_for(state="hidden")


def test_the_drawer_leads_to_every_page_without_script(visiting):
    with visiting("one-neuron/", width=360, java_script_enabled=False) as page:
        page.get_by_role("checkbox", name="Navigation").press(" ")
        page.get_by_role("checkbox", name="The idea").press(" ")  # back to the sections
        page.get_by_role("checkbox", name="Learning").press(" ")
        page.get_by_role("link", name="One step by hand").click()
        page.wait_for_url("**/one-step-by-hand/")


def test_search_finds_from_the_keyboard_and_loads_its_index_only_then(visiting):
    with visiting("one-neuron/") as page:
        page.wait_for_load_state("networkidle")
        loaded = "performance.getEntriesByType('resource').map(it => it.name).join()"
        assert "search_index.json" not in page.evaluate(loaded)
        page.locator(".md-search__input").focus()
        page.keyboard.type("gradient descent")
        page.wait_for_selector(".md-search-result__item a")
        assert "search_index.json" in page.evaluate(loaded)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/why-that-formula/**")
        assert page.complaints == []


def test_a_link_to_a_search_shows_its_results(visiting):
    with visiting("?q=backpropagation") as page:
        page.wait_for_selector(".md-search-result__item a")


def test_a_definition_shows_on_focus_and_hides_on_escape(visiting):
    with visiting("ten-thousand-steps/") as page:
        term = page.locator(".term").first
        note = term.locator(".definition")
        assert not note.is_visible()
        term.locator("a").focus()
        assert note.is_visible()
        page.keyboard.press("Escape")
        assert not note.is_visible()
        assert page.evaluate("document.activeElement.matches('.term a')")
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        assert note.is_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_definition_is_never_wider_than_the_screen(visiting, width):
    with visiting("ten-thousand-steps/", width=width) as page:
        for term in page.locator(".term").all():
            term.locator("a").focus()
            page.wait_for_timeout(50)
            box = term.locator(".definition").bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width


def test_the_menu_of_a_block_opens_and_closes_from_the_keyboard(visiting):
    with visiting("one-neuron/") as page:
        key = page.locator("details.more > summary").first
        key.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Edit"
        page.keyboard.press("Escape")
        assert not page.locator("details.more[open]").count()
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
