"""The interactive neuron, as readers handle it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from browser.test_pages import FOLD, UNFOLD, violations
from watch.presets import JUMPS, PRESETS, weights_at
from watch.shown import shown
from watch.values import values

pytestmark = pytest.mark.slow

PAGE = "ten-thousand-steps/"
SCRIPTS = Path(__file__).parents[2] / "docs" / "assets" / "js"
PARTS = ("watch", "watch-view", "watch-state", "neuron", "shown", "play", "questions")
NUMBERS = """() => [...document.querySelectorAll(".watch [data-value]:not([data-step])")].map(
    (it) => [it.dataset.name, it.dataset.value, it.textContent])"""
STATE = "() => ({ ...document.querySelector('.watch').dataset })"
PHASES = ["inputs", "sum", "squash", "error", "slope", "adjust"]


@pytest.fixture
def at(visiting):
    """Visit the neuron at an address, alive."""

    def visit(search="", **options):
        options = {"reduced_motion": "reduce"} | options
        return visiting(f"{PAGE}{search}#watch", **options)

    return visit


def alive(page):
    page.wait_for_function("() => 'firstNeuron' in globalThis")
    return page.locator(".watch")


def state(page):
    found = page.evaluate(STATE)
    return (int(found["k"]), found["phase"], found["row"], found["preset"])


def press(page, name, **options):
    page.locator(".watch").get_by_role("button", name=name, **options).click()


def told(page, words):
    page.wait_for_function(
        "words => document.querySelector('.announcement').textContent.includes(words)", arg=words
    )


# ---- the numbers ----


@pytest.mark.parametrize("key", PRESETS)
def test_every_stop_shows_what_python_computes(at, key):
    preset = PRESETS[key]
    with at(f"?preset={key}") as page:
        alive(page)
        compared = 0
        stops = {*JUMPS, 0, 2, 16, 98, *preset.close, preset.last} & set(preset.steps)
        for step in sorted(stops):
            page.get_by_label("step", exact=True).fill(str(step))
            page.keyboard.press("Enter")
            expected = values(preset, step, weights_at(preset)[step])
            for name, full, text in page.evaluate(NUMBERS):
                if name not in expected:  # of an example that this training has not
                    assert name == "own-answer" or name.endswith("-5")
                    continue
                assert abs(float(full) - expected[name]) <= 1e-12, (step, name)
                assert text in {"", shown(name, expected[name])}
                compared += 1
        assert compared > 1500
        assert page.complaints == []


@pytest.mark.parametrize(
    "search",
    [
        "?k=0&phase=inputs&row=3&preset=original",
        "?k=341&phase=adjust&row=3&preset=original",
        "?k=10000&phase=squash&row=all&preset=original",
        "?k=11027&phase=slope&row=4&preset=step-100",
        "?k=1&phase=error&row=5&preset=row-000",
    ],
)
def test_an_address_leads_to_its_step_and_a_reload_back(at, search):
    expected = dict(it.split("=") for it in search[1:].split("&"))
    with at(search) as page:
        alive(page)
        for _ in range(2):
            found = page.evaluate(STATE)
            assert {name: found[name] for name in expected} == expected
            checked = page.locator(".watch input:checked").evaluate_all(
                "all => all.map((it) => [it.name, it.value])"
            )
            assert sorted(checked) == [["phase", expected["phase"]], ["row", expected["row"]]]
            shown_phase = page.locator(".panes > section:visible").get_attribute("data-phase")
            assert shown_phase == expected["phase"]
            page.reload()
            alive(page)
        assert page.evaluate("shifted") <= 0.02


def test_trained_it_has_the_articles_digits(at):
    with at("?k=10000") as page:
        alive(page)
        full = dict(it[:2] for it in page.evaluate(NUMBERS))
        weights = [f"{float(full[name]):.8f}" for name in ("w1", "w2", "w3")]
        assert weights == ["9.67299303", "-0.20784350", "-4.62963669"]
        assert page.locator(".answers [data-name=answer]").text_content() == "0.99993704"


@pytest.mark.parametrize("search", ["?k=10001", "?k=nan&row=7", "?preset=%3Cb%3E&phase=Sum"])
def test_what_an_address_says_wrongly_is_told(at, search):
    with at(search) as page:
        alive(page)
        told(page, "The address cannot be followed in full")
        assert page.locator(".announcement.notice").is_visible()
        assert state(page) == (0, "inputs", "3", "original")
        assert page.locator(".announcement b").count() == 0


# ---- going about ----


def test_next_goes_through_the_phases_and_back_undoes_it(at):
    with at() as page:
        alive(page)
        seen = [state(page)]
        for _ in range(14):
            press(page, "Next phase")
            seen.append(state(page))
        assert [it[:2] for it in seen] == [(n // 6, PHASES[n % 6]) for n in range(15)]
        for expected in reversed(seen[:-1]):
            press(page, "Back one phase")
            assert state(page) == expected
        assert page.get_by_role("button", name="Back one phase").is_disabled()


def test_a_step_on_and_a_step_back(at):
    with at("?k=20&phase=error&row=all") as page:
        alive(page)
        before = page.evaluate(NUMBERS)
        press(page, "One step on, +1 step")
        assert state(page) == (21, "error", "all", "original")
        assert page.evaluate(NUMBERS) != before
        press(page, "One step back, −1 step")
        assert page.evaluate(NUMBERS) == before
        assert page.url.partition("?")[2] == "k=20&phase=error&row=all&preset=original#watch"


def test_jumps_and_the_way_back_to_the_start(at):
    with at("?preset=no-slope") as page:
        alive(page)
        for step in JUMPS:
            press(page, f"{step:,}", exact=True)
            assert state(page)[0] == step
        assert page.get_by_role("button", name="Next phase").is_enabled()
        press(page, "One step back, −1 step")
        assert state(page)[0] == 9_999
        press(page, "Start again")
        assert state(page) == (0, "inputs", "3", "no-slope")


@pytest.mark.parametrize("typed", ["-1", "10001", "2.5", "", "1e9"])
def test_a_step_that_there_is_not_is_refused_and_told(at, typed):
    with at("?k=4") as page:
        alive(page)
        box = page.get_by_label("step", exact=True)
        box.fill(typed)
        box.press("Enter")
        told(page, "A step is a whole number from 0 to 10,000.")
        assert state(page)[0] == 4
        assert box.input_value() == "4"


def test_another_training_keeps_step_and_phase_as_far_as_it_has_them(at):
    with at("?preset=step-100&k=20000&phase=slope") as page:
        watch = alive(page)
        assert page.locator(".last").text_content() == "20,000"
        watch.get_by_label("Training").select_option("row-000")
        assert state(page) == (10_000, "slope", "3", "row-000")
        watch.get_by_label("5", exact=True).check()
        assert watch.locator("tr[data-row='5']:visible").count() == 1  # the other is in `adjust`
        watch.get_by_label("Training").select_option("original")
        assert state(page) == (10_000, "slope", "3", "original")
        assert watch.locator("tr[data-row='5']:visible").count() == 0


def test_a_chart_can_be_pressed(at):
    with at() as page:
        watch = alive(page)
        chart = watch.locator(".charts svg").first
        box = chart.bounding_box()
        chart.click(position={"x": box["width"] * 0.92, "y": box["height"] / 2})
        assert state(page)[0] > 8_000
        chart.click(position={"x": box["width"] * 0.16, "y": box["height"] / 2})
        assert state(page)[0] == 0


def test_own_inputs_are_answered_and_nonsense_does_no_harm(at):
    with at("?k=10000") as page:
        watch = alive(page)
        answer = watch.locator("[data-name=own-answer]")
        w1, w2, w3 = weights_at(PRESETS["original"])[10_000]
        for typed, z in [(("1", "0", "1"), w1 + w3), (("0.5", "-2", ""), w1 / 2 - 2 * w2)]:
            for i, it in enumerate(typed, 1):
                watch.get_by_label(f"Your input {i}").fill(it)
            value = float(answer.get_attribute("data-value"))
            assert value == pytest.approx(1 / (1 + 2.718281828459045 ** (-z)), abs=1e-12)
        watch.get_by_label("Your input 1").fill("-1e308")
        assert answer.get_attribute("data-value") == "0"
        assert page.complaints == []


def test_the_link_is_copied_and_leads_here(at):
    with at("?k=21&phase=sum&row=2", permissions=["clipboard-read", "clipboard-write"]) as page:
        alive(page)
        press(page, "Next phase")
        press(page, "Copy link")
        page.wait_for_function(
            "async () => (await navigator.clipboard.readText()).includes('phase=squash')"
        )
        address = page.evaluate("navigator.clipboard.readText()")
        assert address.endswith(f"/{PAGE}?k=21&phase=squash&row=2&preset=original#watch")
        page.goto(address)
        alive(page)
        assert state(page) == (21, "squash", "2", "original")


def test_links_of_the_text_are_followed_at_once(at):
    with at() as page:
        alive(page)
        page.evaluate("globalThis.same = true")
        page.get_by_role("link", name="example 4 pushes the harder").click()
        assert state(page) == (2, "adjust", "all", "original")
        assert page.evaluate("globalThis.same")
        assert page.evaluate("document.activeElement.name") == "detent"
        top = page.locator(".watch").bounding_box()["y"]
        assert 0 <= top < 200


def test_links_of_other_pages_lead_to_their_step(visiting):
    with visiting("the-sigmoid/") as page:
        page.wait_for_load_state("networkidle")
        page.evaluate("globalThis.same = true")
        page.get_by_role("link", name="when it is trained").click()
        alive(page)
        page.wait_for_function("() => document.querySelector('.watch')?.dataset.k === '10000'")
        assert state(page) == (10_000, "slope", "2", "original")
        assert page.evaluate("globalThis.same")
        page.locator("a.md-footer__link--next").click()
        page.wait_for_function("() => !document.querySelector('.watch')")
        page.go_back()
        page.wait_for_function("() => document.querySelector('.watch')?.dataset.k === '10000'")
        assert page.complaints == []


# ---- what belongs together ----


def test_a_quantity_lights_up_wherever_it_is(at):
    with at("?k=4&phase=sum") as page:
        watch = alive(page)
        watch.locator("tr.weights [data-name=w2]").hover()
        lit = watch.locator(".lit").evaluate_all(
            """all => all.filter((it) => it.checkVisibility()).map((it) => it.dataset.of
               + " " + (it.closest("table, svg, .rule, .formula, .arithmetic, .predict")?.className.baseVal
               ?? it.closest("table, svg, .rule, .formula, .arithmetic, .predict")?.className))"""
        )
        places = {it.partition(" ")[2] for it in lit}
        assert {it.partition(" ")[0] for it in lit} == {"w2", "w"}
        assert places >= {"numbers", "drawing", "rule", "formula", "arithmetic"}
        full = weights_at(PRESETS["original"])[4][1]
        assert watch.locator(".readout").text_content() == f"weight 2: {full!r}".replace("-", "−")
        page.mouse.move(0, 0)
        assert watch.locator(".lit").count() == 0


def test_so_it_does_for_the_keyboard(at):
    with at("?k=4") as page:
        watch = alive(page)
        watch.locator("tr.weights [data-name=w1]").focus()
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.dataset.name") == "w2"
        assert watch.locator("path.lit").get_attribute("data-of") == "w2"
        told(page, "weight 2: 0.508")
        page.keyboard.press("End")
        assert page.evaluate("document.activeElement.dataset.name") == "error"
        page.keyboard.press("Home")
        assert page.evaluate("document.activeElement.dataset.name") == "k"
        stops = watch.locator("[data-group]").evaluate_all(
            """all => all.filter((it) => it.checkVisibility())
                .map((it) => it.querySelectorAll(".num[tabindex='0']").length)"""
        )
        assert stops == [1] * len(stops)


def test_the_corners_are_told_apart(at):
    with at("?k=10000") as page:
        watch = alive(page)
        watch.get_by_text("All eight corners").click()
        for preset, taught in (("original", 4), ("row-000", 5)):
            watch.get_by_label("Training").select_option(preset)
            assert watch.locator(".vertex:not(.open)").count() == taught
            assert watch.locator(".vertex.open").count() == 8 - taught
            assert watch.locator("td.taught", has_text="no").count() == 8 - taught
        fill = watch.locator("circle[data-corner=corner-110]").get_attribute("fill-opacity")
        assert float(fill) == pytest.approx(0.99992, abs=1e-5)


# ---- predicting and playing ----


def test_a_prediction_is_explained_and_can_be_seen(at):
    with at() as page:
        watch = alive(page)
        question = watch.get_by_role("group", name="Predict first, 1 of 3.")
        assert not question.get_by_text("After one step it is").first.is_visible()
        question.get_by_role("button", name="Still below").click()
        assert "0.53002734" in page.evaluate("document.activeElement.textContent")
        question.get_by_role("link", name="Show me").click()
        assert state(page) == (1, "squash", "3", "original")
        question.get_by_role("button", name="Next question").click()
        watch.get_by_role("group", name="Predict first, 2 of 3.").get_by_role(
            "button", name="Skip"
        ).click()
        last = watch.get_by_role("group", name="Predict first, 3 of 3.")
        last.get_by_role("button", name="It would go on").click()
        assert page.evaluate("document.activeElement.textContent").startswith("It would go on,")
        last.get_by_role("button", name="Ask again").click()
        assert watch.get_by_role("group", name="Predict first, 1 of 3.").is_visible()
        assert watch.locator(".answered:visible, .press.chosen").count() == 0


def test_the_first_play_asks_then_plays_then_explains(at):
    with at(reduced_motion="no-preference") as page:
        watch = alive(page)
        press(page, "Play")
        assert page.evaluate("document.activeElement.textContent") == "Above"
        assert state(page)[0] == 0
        page.keyboard.press("Enter")
        page.wait_for_function("() => Number(document.querySelector('.watch').dataset.k) > 4")
        assert watch.locator(".answered:visible").count() == 0
        press(page, "Pause")
        assert watch.get_by_text("It ends below:").is_visible()
        told(page, "It ends below:")
        paused = state(page)[0]
        page.wait_for_timeout(300)
        assert state(page)[0] == paused
        assert f"k={paused}&" in page.url
        press(page, "Play")
        page.wait_for_function(f"() => Number(document.querySelector('.watch').dataset.k) > {paused}")


def test_while_it_plays_nothing_is_told_and_unseen_it_pauses(at):
    with at("?k=8000", reduced_motion="no-preference") as page:
        alive(page)
        press(page, "Play")
        press(page, "Skip")
        page.evaluate("document.querySelector('.announcement').textContent = 'nothing'")
        page.wait_for_function("() => Number(document.querySelector('.watch').dataset.k) > 8800")
        assert page.text_content(".announcement") == "nothing"
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.get_by_role("button", name="Play", include_hidden=True).wait_for()
        assert state(page)[0] < 10_000


def test_it_plays_to_the_end_in_twelve_seconds(at):
    with at("?k=3508", reduced_motion="no-preference") as page:  # a tenth of the way is left
        alive(page)
        press(page, "Play")
        press(page, "Skip")
        begun = page.evaluate("performance.now()")
        page.wait_for_function("() => document.querySelector('.watch').dataset.k === '10000'")
        assert 500 < page.evaluate("performance.now()") - begun < 4_000
        assert page.get_by_role("button", name="Play").is_visible()
        told(page, "Step 10,000. All four examples right. Weights 9.67, −0.21, −4.63.")


def test_with_less_motion_it_goes_to_the_end(at):
    with at() as page:
        alive(page)
        press(page, "To the end")
        press(page, "Below")
        assert state(page)[0] == 10_000


# ---- for everybody ----


def test_the_keyboard_alone_reaches_the_end(at):
    with at() as page:
        alive(page)
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == "detent":
                break
        for key, k in [("ArrowRight", 1), ("PageUp", 11), ("PageDown", 1), ("ArrowUp", 2), ("End", 10_000),
                       ("ArrowLeft", 9326), ("Home", 0), ("End", 10_000)]:  # fmt: skip
            page.keyboard.press(key)
            assert state(page)[0] == k
        text = page.evaluate("document.activeElement.getAttribute('aria-valuetext')")
        assert text == "step 10,000 of 10,000"
        told(page, "Step 10,000. All four examples right.")


def test_the_tab_key_follows_the_order_of_reading(at):
    with at("?k=4") as page:
        watch = alive(page)
        watch.get_by_role("button", name="Above").focus()
        tops = []
        for _ in range(60):
            page.keyboard.press("Tab")
            inside = page.evaluate("Boolean(document.activeElement.closest('.watch'))")
            if not inside:
                break
            order = page.evaluate(
                """() => [...document.querySelectorAll(".watch *")].indexOf(document.activeElement)"""
            )
            tops.append(order)
        assert tops == sorted(tops)
        assert 25 < len(tops) < 45


def test_what_is_told_is_what_is_shown(at):
    with at() as page:
        alive(page)
        press(page, "4", exact=True)
        told(page, "Step 4. All four examples right. Weights 0.87, 0.51, −0.64. Answer for 1 0 0: 0.70.")
        press(page, "Next phase")
        told(page, "sum: Each input is multiplied by its weight, and the products are added. example 3:")
        press(page, "Start again")
        told(page, "Step 0. 2 of 4 examples right.")


def test_assistive_technology_finds_names_for_everything(at):
    with at("?k=2&phase=adjust&row=all") as page:
        watch = alive(page)
        tree = watch.aria_snapshot()
        for line in (
            'group "Phase of the step"',
            'radio "adjust" [checked]',
            'slider "Step"',
            'spinbutton "step"',
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
        for n, (preset, phase) in enumerate(zip(PRESETS, ["sum", "slope", "adjust", "error"], strict=True)):
            watch.get_by_label("Training").select_option(preset)
            watch.get_by_label(phase, exact=True).check(force=True)
            watch.get_by_label("all", exact=False).first.check()
            press(page, "10,000" if n % 2 else "4", exact=True)
            watch.locator("tr.weights [data-name=w2]").focus()
            assert violations(page) == [], (preset, phase)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert cut_off(page) == []
        page.evaluate(FOLD)
        press(page, "Above")
        assert violations(page) == []


def cut_off(page):
    """Numbers and words that reach over the cell or the line they stand in."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".watch :is(td, th, .press, li, p)")].filter((it) =>
            it.checkVisibility({ visibilityProperty: true }) && it.scrollWidth > it.clientWidth + 1
            && getComputedStyle(it).display !== "inline")
            .map((it) => it.outerHTML.slice(0, 160))"""
    )


def test_targets_are_large_enough(at):
    with at(width=360) as page:
        alive(page)
        small = page.evaluate(
            """() => [...document.querySelectorAll(".watch :is(button, select, input, label, summary, a.press)")]
                .filter((it) => it.checkVisibility({ visibilityProperty: true }) && !it.matches("[type=radio]"))
                .map((it) => [it.getBoundingClientRect(), it.outerHTML.slice(0, 80)])
                .filter(([{ width, height }]) => Math.min(width, height) < 24).map(([, html]) => html)"""
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
        for part in ("1·−0.1660 + 0·0.4406 + 1·−0.9998 = −1.1657", "= 0.2376", "1 − 0.2376 = 0.7624",
                     "0.2376·(1 − 0.2376) = 0.1812", "+0.1381", "Predict first, 3 of 3"):  # fmt: skip
            assert part in text.replace("\n", " ")
        assert watch.locator(":is(button, input, select, .readout):visible").count() == 0
        assert watch.locator("svg:visible").count() == 2
        assert watch.locator(".as-table tbody tr").count() == 1 + len(JUMPS)


def test_on_paper_it_holds_what_is_shown(at):
    with at("?k=4") as page:
        watch = alive(page)
        page.emulate_media(media="print")
        assert watch.locator(".panes > section:visible").count() == 6
        assert watch.locator(":is(button, input, select):visible").count() == 0


def test_the_browsers_console_can_train_one_too(at):
    with at() as page:
        alive(page)
        answer = page.evaluate(
            """() => {
                const { think, train } = firstNeuron;
                const inputs = [[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]];
                const startWeights = [-0.165955990594852, 0.4406489868843162, -0.9997712503653102];
                const weights = train({ inputs, targets: [0, 1, 1, 0], startWeights }, 10_000);
                return think(weights[10_000], [1, 0, 0]).toFixed(8);
            }"""
        )
        assert answer == "0.99993704"


def test_computing_anew_takes_less_than_a_glance(at):
    with at() as page:
        watch = alive(page)
        for preset in ("no-slope", "original"):
            begun = page.evaluate("globalThis.begun = performance.now()")
            watch.get_by_label("Training").select_option(preset)
            assert page.evaluate("performance.now()") - begun < 1_000  # the whole round trip
        taken = page.evaluate(
            """() => {
                const setup = JSON.parse(document.querySelector(".watch script").textContent).original;
                const times = [1, 2, 3, 4, 5].map(() => {
                    const begun = performance.now();
                    firstNeuron.train(setup, 10_000);
                    return performance.now() - begun;
                });
                return Math.min(...times);
            }"""
        )
        assert taken < 50


def test_its_scripts_are_small_and_loaded_only_where_it_is(visiting):
    weight = sum(len(gzip.compress((SCRIPTS / f"{it}.js").read_bytes())) for it in PARTS)
    assert weight <= 15_000
    with visiting("one-neuron/") as page:
        page.wait_for_load_state("networkidle")
        asked = page.evaluate("performance.getEntriesByType('resource').map((it) => it.name)")
        assert not [it for it in asked if "watch" in it]
    with visiting(PAGE) as page:
        page.wait_for_load_state("networkidle")
        asked = page.evaluate("performance.getEntriesByType('resource').map((it) => it.name)")
        assert {it.rpartition("/")[2] for it in asked} >= {f"{it}.js" for it in PARTS}


def test_without_its_scripts_the_page_says_so(visiting):
    with visiting("one-neuron/") as page:
        page.wait_for_load_state("networkidle")
        page.route("**/watch.js", lambda route: route.abort())
        page.evaluate("document.querySelector('a[href*=ten-thousand]').click()")
        told(page, "What moves the neuron did not arrive.")
