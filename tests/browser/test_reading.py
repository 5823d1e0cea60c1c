"""What readers do: go from page to page, copy, switch colours, lose the network."""

from __future__ import annotations

import re

import pytest

from browser.test_pages import violations
from serving import serving

pytestmark = pytest.mark.slow


def test_a_link_exchanges_the_page_and_everything_still_works(visiting):
    with visiting("one-neuron/", permissions=["clipboard-read", "clipboard-write"]) as page:
        page.evaluate("globalThis.sameDocument = true")
        page.locator("article").get_by_role("link", name="how a sum becomes").click()
        page.wait_for_url("**/the-sigmoid/")
        page.locator("h1", has_text="squash").or_(page.locator("h1")).first.wait_for()
        assert page.evaluate("globalThis.sameDocument")  # not loaded anew
        page.locator("button.copy").first.click()
        page.wait_for_selector("button.copy:has-text('Copied')")
        assert "exp" in page.evaluate("navigator.clipboard.readText()")
        page.wait_for_function(
            "() => document.querySelector('.announcement').textContent === 'Copied.'"
        )
        page.set_viewport_size({"width": 360, "height": 780})
        page.wait_for_selector("pre[tabindex='0'][role=region]")
        assert page.complaints == []


def test_where_copying_is_not_allowed_the_block_is_selected(visiting):
    with visiting("one-neuron/") as page:
        page.evaluate(
            """() => Object.defineProperty(navigator, "clipboard", { value: {
                writeText: () => Promise.reject(new DOMException("no", "NotAllowedError")) } })"""
        )
        page.locator("button.copy").first.click()
        page.wait_for_selector("button.copy:has-text('Selected')")
        selected = page.evaluate("getSelection().toString()")
        assert selected.strip() == page.locator(".block pre > code").first.inner_text().strip()
        page.wait_for_function(
            "() => document.querySelector('.announcement').textContent.includes('not allowed')"
        )


def test_a_session_copies_its_commands_without_what_they_printed(visiting):
    granted = ["clipboard-read", "clipboard-write"]
    with visiting("ten-thousand-steps/", permissions=granted) as page:
        page.locator(".block:has(.language-console) button.copy").click()
        page.wait_for_selector("button.copy:has-text('Copied')")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == "firstneuron --steps 100 --trace\n"


def test_the_whole_page_copies_as_markdown(visiting):
    granted = ["clipboard-read", "clipboard-write"]
    with visiting("one-neuron/", permissions=granted) as page:
        page.get_by_role("link", name="Copy this page as Markdown").click()
        page.wait_for_selector("a.copy-page:has-text('Copied')")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("# What does one neuron do")
        assert copied == page.request.get(page.url + "index.md").text()


def test_a_copied_formula_is_its_latex(visiting):
    with visiting("the-sigmoid/", permissions=["clipboard-read", "clipboard-write"]) as page:
        page.evaluate(
            """() => getSelection().selectAllChildren(document.querySelector("div.arithmatex"))"""
        )
        page.keyboard.press("ControlOrMeta+c")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert re.fullmatch(r"\s*\$\$.*\\frac.*\$\$\s*", copied, re.DOTALL)


@pytest.mark.parametrize("state", ["search", "drawer", "menu", "definition", "note"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_is_accessible(visiting, state, scheme):
    width = 360 if state == "drawer" else 1280
    with visiting(
        "the-sigmoid/", width=width, color_scheme=scheme, reduced_motion="reduce"
    ) as page:
        if state == "search":
            page.locator(".md-search__input").fill("slope")
            page.wait_for_selector(".md-search-result__item a")
        elif state == "drawer":
            page.get_by_role("button", name="Navigation").click()
        elif state == "menu":
            page.locator("details.more > summary").first.click()
        elif state == "definition":
            page.locator(".term a").first.focus()
        else:
            page.locator("details.question > summary").first.click()
        page.wait_for_timeout(300)
        assert violations(page) == []


@pytest.mark.parametrize("system", ["light", "dark"])
def test_colours_follow_the_system_and_can_be_chosen_and_stay_chosen(visiting, system):
    with visiting("one-neuron/", color_scheme=system) as page:
        shown = "document.body.dataset.mdColorScheme"
        names = {"light": "default", "dark": "slate"}
        assert page.evaluate(shown) == names[system]
        key = page.locator(".md-header__button[for^=__palette]:not([hidden])")
        for name, expected in (("light", "default"), ("dark", "slate")):
            page.get_by_role("radio", name=f"Switch to {name} mode").wait_for(state="attached")
            key.click()
            assert page.evaluate(shown) == expected
        page.reload()
        assert page.evaluate(shown) == "slate"
        key.click()
        assert page.evaluate(shown) == names[system]


@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_print_is_dark_ink_on_paper(visiting, chosen):
    with visiting("one-neuron/", color_scheme=chosen) as page:
        page.emulate_media(media="print")
        for place in ("article p", "article pre > code", "article svg text", "article .katex"):
            colour = page.locator(place).first.evaluate("it => getComputedStyle(it).color")
            fill = page.locator(place).first.evaluate("it => getComputedStyle(it).fill")
            shown = fill if place.endswith("text") else colour
            assert max(map(int, re.findall(r"\d+", shown)[:3])) < 130, place


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_plan_worksheet_and_key_print_on_a_sheet_each(visiting, paper):
    with visiting("teachers/") as page:
        sheets = page.locator("h2.sheet")
        assert [it.get_attribute("id") for it in sheets.all()][:3] == ["plan", "worksheet", "key"]
        # What does not fit on its sheet would begin one more. Behind the last one it may.
        page.evaluate("""() => {
            const last = [...document.querySelectorAll("h2.sheet")].at(-1);
            while (last.nextSibling) last.nextSibling.remove();
        }""")
        pages = len(re.findall(rb"/Type /Page\b", page.pdf(format=paper)))
        assert pages == 1 + sheets.count()


def test_the_worksheet_does_not_print_its_answers(visiting):
    with visiting("teachers/") as page:
        shown = {
            part: set(page.locator(f"{part} code[data-is]").all_text_contents())
            for part in (".worksheet", "details.success")
        }
        results = {"−0.559", "0.364", "−0.364", "0.232", "−0.084", "0.286", "0.064", "0.149"}
        results |= {"0.120", "0.505", "−0.851", "0.530"}
        assert results <= shown["details.success"]
        assert not results & shown[".worksheet"]


def test_pages_once_visited_work_without_a_network(site, visiting):
    with visiting(service_workers="allow") as page:
        with serving(site) as address:
            page.goto(address + "one-neuron/")
            page.evaluate(
                """async () => {
                    const isKept = async ({ name }) => Boolean(await caches.match(name));
                    for (let all = false; !all;) {
                        await new Promise((done) => setTimeout(done, 50));
                        const loaded = performance.getEntriesByType("resource");
                        all = (await Promise.all(loaded.map(isKept))).every(Boolean);
                    }
                }"""
            )
            page.goto(address + "the-sigmoid/", wait_until="networkidle")
        page.complaints.clear()  # they were served from another address than the site's own
        page.goto(address + "one-neuron/")
        assert page.locator("article h1").is_visible()
        assert page.locator("svg.drawing").first.is_visible()
        font = "getComputedStyle(document.querySelector('h1')).fontFamily"
        assert "Inter" in page.evaluate(font)
        assert page.evaluate("document.fonts.check('16px Inter')")
        page.reload()
        page.goto(address + "the-sigmoid/")
        assert page.locator("article h1").is_visible()
        assert page.evaluate("document.querySelector('.md-logo img').naturalWidth")
        failed = [it for it in page.complaints if it.startswith(("failed", "error"))]
        # Browsers fetch the icon of their tab by themselves, past what is kept.
        assert [it for it in failed if not it.endswith("/mark.svg")] == []
        page.locator(".term a").first.click()  # the glossary is kept for the terms' sake
        page.wait_for_url("**/glossary/#*")
        assert "words and symbols" in page.inner_text("h1")
        page.goto(address + "nine-lines/")
        assert "not visited before" in page.inner_text("h1")
        page.get_by_role("link", name="One neuron").click()
        assert page.locator("article h1").is_visible()


def test_a_lost_reader_is_told_where_to_go(visiting, base_url):
    with visiting("no/such/page/") as page:
        assert "no page at this address" in page.inner_text("h1")
        page.locator("article").get_by_role("link", name="The sigmoid").click()
        page.wait_for_url(base_url + "the-sigmoid/")


def test_every_link_can_be_shared_with_a_picture(visiting, base_url):
    with visiting("one-neuron/") as page:
        address = page.get_attribute("meta[property='og:image']", "content")
        assert address.startswith(base_url)
        answer = page.request.get(address)
        assert answer.headers["content-type"] == "image/png"
        assert int.from_bytes(answer.body()[16:20]) == 1200  # the width of a PNG
        assert int.from_bytes(answer.body()[20:24]) == 630
