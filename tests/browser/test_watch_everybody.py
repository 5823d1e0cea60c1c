"""The interactive neuron: for every reader, device and network."""

from __future__ import annotations

import re

import pytest

from browser.neuron import PAGE, PHASES, alive, press, state, told
from browser.test_pages import DOCS, FOLD, UNFOLD, violations
from provenpages import page as pages
from watch.presets import JUMPS, PRESETS

PARTS = ("watch", "watch-address", "watch-state", "watch-view", "neuron", "shown")
PARTS += ("play", "pointing", "questions")

pytestmark = pytest.mark.slow


def test_the_keyboard_alone_reaches_the_end(at):
    with at() as page:
        alive(page)
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == "detent":
                break
        keys = ["ArrowRight", "PageUp", "PageDown", "ArrowUp", "End", "ArrowLeft", "Home", "End"]
        for key, k in zip(keys, [1, 11, 1, 2, 10_000, 9_326, 0, 10_000], strict=True):
            page.keyboard.press(key)
            assert state(page)[0] == k
        text = page.evaluate("document.activeElement.getAttribute('aria-valuetext')")
        assert text == "step 10,000 of 10,000"
        told(page, "Step 10,000. All four examples right.")


def test_the_tab_key_follows_the_order_of_reading(at):
    with at("?k=4") as page:
        watch = alive(page)
        watch.get_by_label("Training").focus()
        tops = []
        for _ in range(60):
            page.keyboard.press("Tab")
            inside = page.evaluate("Boolean(document.activeElement.closest('.watch'))")
            if not inside:
                break
            order = page.evaluate(
                "() => [...document.querySelectorAll('.watch *')].indexOf(document.activeElement)"
            )
            tops.append(order)
        assert tops == sorted(tops)
        assert 25 < len(tops) < 45


def test_what_is_told_is_what_is_shown(at):
    with at() as page:
        alive(page)
        press(page, "4", exact=True)
        told(
            page,
            "Step 4. All four examples right. Weights 0.87, 0.51, −0.64. Answer for 1 0 0: 0.70.",
        )
        press(page, "Next phase")
        told(
            page,
            "sum: Each input is multiplied by its weight, and the products are added. example 3:",
        )
        press(page, "Back to step 0")
        told(page, "Step 0. Two of four examples right.")


def test_assistive_technology_finds_names_for_everything(at):
    with at("?k=2&phase=adjust&row=all") as page:
        watch = alive(page)
        tree = watch.aria_snapshot()
        for line in (
            'group "Phase of the step"',
            'radio "adjust" [checked]',
            'slider "Through the steps"',
            'spinbutton "step',
            'radio "all examples" [checked]',
            'radio "example 2"',
            'table "What each example pushes the weights by"',
            'combobox "Training"',
            'img "Three weights over ten thousand steps',
            'img "The error over ten thousand steps',
            'region "The same in the article’s code"',
        ):
            assert line in tree
        assert "rowheader" in tree
        assert not re.search(r"- (button|slider|radio|img|group|spinbutton|combobox):? *$", tree)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_state_is_accessible_and_fits(at, width, scheme):
    with at(width=width, color_scheme=scheme) as page:
        watch = alive(page)
        page.evaluate(UNFOLD)
        for n, (preset, phase) in enumerate(
            zip(PRESETS, ["sum", "slope", "adjust", "error"], strict=True)
        ):
            watch.get_by_label("Training").select_option(preset)
            watch.get_by_label(phase, exact=True).check(force=True)
            watch.get_by_label("all examples").check()
            press(page, "10,000" if n % 2 else "4", exact=True)
            watch.locator("tr.weights [data-name=w2]").focus()
            assert violations(page) == [], (preset, phase)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert cut_off(page) == []
        page.evaluate(FOLD)
        press(page, "Yes")
        assert violations(page) == []


def cut_off(page):
    """Numbers and words that reach over the cell or the line they stand in."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".watch :is(td, th, .press, li, p)")].filter((it) =>
            it.checkVisibility({ visibilityProperty: true }) && it.scrollWidth > it.clientWidth + 1
            && getComputedStyle(it).display !== "inline")
            .map((it) => it.outerHTML.slice(0, 160))"""
    )


def test_nothing_is_cut_off_when_it_is_magnified_fourfold_or_spaced_wide(at):
    with at("?k=11026&phase=adjust&row=all&preset=step-100", width=320) as page:
        watch = alive(page)
        for width in (320, 640, 680, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            for phase in PHASES:
                watch.get_by_label(phase, exact=True).evaluate("it => it.click()")
                assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert cut_off(page) == [] or width == 320
        page.evaluate(
            """() => {
                const wide = new CSSStyleSheet();
                wide.replaceSync(`* { line-height: 1.5 !important;
                    letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }`);
                document.adoptedStyleSheets = [wide];
            }"""
        )
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_leaves_nothing_behind(at):
    with at(reduced_motion="no-preference") as page:
        alive(page)
        press(page, "Play")
        press(page, "Skip")
        page.evaluate(
            """() => {
                globalThis.frames_ = 0;
                const { requestAnimationFrame: real } = globalThis;
                globalThis.requestAnimationFrame = (act) => { frames_ += 1; return real(act); };
            }"""
        )
        page.locator("a.md-footer__link--next").evaluate("it => it.click()")
        page.wait_for_function("() => !document.querySelector('.watch')")
        page.evaluate("globalThis.frames_ = 0")
        page.wait_for_timeout(300)
        assert page.evaluate("frames_") < 3
        assert page.complaints == []


def test_targets_are_large_enough(at):
    with at(width=360) as page:
        alive(page)
        small = page.evaluate(
            """() => [...document.querySelector(".watch")
                    .querySelectorAll("button, select, input:not([type=radio]), label, summary, a")]
                .filter((it) => it.checkVisibility({ visibilityProperty: true }))
                .filter((it) => !it.matches("p:not(.choices) a, th a"))  // within text
                .map((it) => [it.getBoundingClientRect(), it.outerHTML.slice(0, 80)])
                .filter(([{ width, height }]) => Math.min(width, height) < 24)
                .map(([, html]) => html)"""
        )
        assert small == []


def test_it_stays_where_it_is_when_it_comes_alive_and_goes_on(at):
    with at("?k=341&phase=adjust&row=all&preset=step-100", width=360) as page:
        watch = alive(page)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("shifted") <= 0.02
        height = watch.bounding_box()["height"]
        for phase in PHASES:
            watch.get_by_label(phase, exact=True).check(force=True)
            assert watch.bounding_box()["height"] == height
        for row in ("1", "all"):
            watch.locator(f"input[name=row][value='{row}']").check()
            assert watch.bounding_box()["height"] == height


def test_without_a_script_it_holds_the_arithmetic_of_step_0(visiting):
    with visiting(PAGE, java_script_enabled=False, width=360) as page:
        watch = page.locator(".watch")
        text = watch.inner_text()
        parts = ("1·−0.1660 + 0·0.4406 + 1·−0.9998 ≈ −1.1657", "≈ 0.2376", "1 − 0.2376 ≈ 0.7624")
        more = ("0.2376·(1 − 0.2376) ≈ 0.1812", "+0.1381", "Predict first, 3 of 3")
        for part in parts + more:
            assert part in text.replace("\n", " ")
        assert watch.locator(":is(button, input, select):visible").count() == 0
        assert watch.locator("svg:visible").count() == 2
        assert watch.locator(".as-table tbody tr").count() == 1 + len(JUMPS)


def test_on_paper_it_holds_what_is_shown(at):
    with at("?k=4") as page:
        watch = alive(page)
        page.emulate_media(media="print")
        assert watch.locator(".panes > section:visible").count() == 6
        assert watch.locator(":is(button, input, select):visible").count() == 0


def test_the_block_for_the_browsers_console_does_there_what_it_does_in_node(at):
    [script] = pages.read(DOCS / "ten-thousand-steps.md").scripts
    with at() as page:
        alive(page)
        printed = page.evaluate(
            """(text) => {
                const lines = [];
                const log = (...all) => lines.push(all.map((it) => Array.isArray(it)
                    ? `[ ${it.map((one) => `'${one}'`).join(", ")} ]` : String(it)).join(" "));
                Reflect.construct(Function, ["console", text])({ log });
                return lines.map((it) => `${it}\n`).join("");
            }""",
            script.text,
        )
        assert printed == script.output.text
        names = page.evaluate("Object.keys(firstNeuron).sort()")
        told = pages.read(DOCS / "ten-thousand-steps.md").text
        assert all(f"`{name}`" in told for name in names)


def test_computing_anew_takes_less_than_a_glance(at):
    with at() as page:
        watch = alive(page)
        for preset in ("no-slope", "original"):
            begun = page.evaluate("globalThis.begun = performance.now()")
            watch.get_by_label("Training").select_option(preset)
            assert page.evaluate("performance.now()") - begun < 1_000  # the whole round trip
        taken = page.evaluate(
            """() => {
                const setup = JSON.parse(document.querySelector(".watch").dataset.setup).original;
                const times = [1, 2, 3, 4, 5].map(() => {
                    const begun = performance.now();
                    firstNeuron.train(setup, 10_000);
                    return performance.now() - begun;
                });
                return Math.min(...times);
            }"""
        )
        assert taken < 50


def test_its_scripts_are_small_and_loaded_when_somebody_turns_to_it(visiting):
    loaded = """() => Object.fromEntries(performance.getEntriesByType("resource").map(
        (it) => [it.name.split("/").pop(), it.encodedBodySize]))"""
    with visiting(PAGE, service_workers="block") as page:
        page.wait_for_load_state("networkidle")
        assert not set(page.evaluate(loaded)) & {f"{it}.js" for it in PARTS}
        alive(page)
        sizes = page.evaluate(loaded)
        assert 5_000 < sum(sizes[f"{it}.js"] for it in PARTS) <= 15_000
        assert page.evaluate("shifted") <= 0.02


def test_without_its_scripts_the_page_says_so(visiting):
    with visiting(PAGE, service_workers="block") as page:
        page.wait_for_load_state("networkidle")
        page.route("**/watch.js", lambda route: route.abort())
        page.locator(".watch caption").first.hover()
        told(page, "What moves the neuron did not arrive.")
        assert page.locator(".charts path[data-of]:visible").count() == 4


def test_opened_as_a_file_it_is_as_without_a_script(chromium, site):
    page = chromium.new_page()
    page.goto((site / PAGE / "index.html").as_uri())
    watch = page.locator(".watch")
    assert watch.locator(".charts path[data-of]:visible").count() == 4
    assert watch.locator(":is(button, input, select):visible").count() == 0
    page.close()


def test_a_page_that_was_visited_has_its_neuron_without_a_network(visiting):
    with visiting(PAGE) as page:
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.evaluate(
            """async (parts) => {
                for (let i = 0; i < 100; i += 1) {
                    const kept = await caches.open("visited-1").then((it) => it.keys());
                    const names = kept.map(({ url }) => url.split("/").pop());
                    if (parts.every((it) => names.includes(`${it}.js`))) return;
                    await new Promise((resolve) => setTimeout(resolve, 100));
                }
                throw new Error("not kept");
            }""",
            list(PARTS),
        )
        page.context.set_offline(True)
        alive(page)
        press(page, "341", exact=True)
        assert state(page)[0] == 341
