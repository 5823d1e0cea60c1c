"""The interactive neuron: its numbers, and going about in it."""

from __future__ import annotations

import pytest

from browser.neuron import NUMBERS, PAGE, PHASES, STATE, alive, press, state, told
from watch.presets import JUMPS, PRESETS, weights_at
from watch.shown import shown
from watch.values import values

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("key", PRESETS)
def test_every_stop_shows_what_python_computes(at, key):
    preset = PRESETS[key]
    with at(f"?preset={key}") as page:
        alive(page)
        compared = 0
        stops = {*JUMPS, 0, 2, 16, 98, *preset.close, preset.last} & set(preset.steps)
        for step in sorted(stops):
            page.get_by_label("step, exactly").fill(str(step))
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
        assert (
            page.get_by_role("button", name="Back one phase").get_attribute("aria-disabled")
            == "true"
        )
        assert page.evaluate("document.activeElement.value") == "phase-back"  # the focus stays


def test_a_step_on_and_a_step_back(at):
    with at("?k=20&phase=error&row=all") as page:
        alive(page)
        before = page.evaluate(NUMBERS)
        press(page, "+1 step")
        assert state(page) == (21, "error", "all", "original")
        assert page.evaluate(NUMBERS) != before
        press(page, "−1 step")
        assert page.evaluate(NUMBERS) == before
        page.wait_for_url("**/?k=20&phase=error&row=all&preset=original#watch")


def test_jumps_and_the_way_back_to_the_start(at):
    with at("?preset=no-slope") as page:
        alive(page)
        for step in JUMPS:
            press(page, f"{step:,}", exact=True)
            assert state(page)[0] == step
        page.get_by_role("button", name="+1 step").click(force=True)  # over
        assert state(page)[0] == 10_000
        press(page, "−1 step")
        assert state(page)[0] == 9_999
        press(page, "Back to step 0")
        assert state(page) == (0, "inputs", "3", "no-slope")


@pytest.mark.parametrize("typed", ["-1", "10001", "2.5", "", "1e9"])
def test_a_step_that_there_is_not_is_refused_and_told(at, typed):
    with at("?k=4") as page:
        alive(page)
        box = page.get_by_label("step, exactly")
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
        watch.get_by_label("example 5").check()
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
        for typed, z in [(("1", "0", "1"), w1 + w3), (("0.5", "-2", "0"), w1 / 2 - 2 * w2)]:
            for i, it in enumerate(typed, 1):
                watch.get_by_label(f"Your input {i}").fill(it)
            value = float(answer.get_attribute("data-value"))
            assert value == pytest.approx(1 / (1 + 2.718281828459045 ** (-z)), abs=1e-12)
        for typed in ("1e308", "", "-1000001"):
            watch.get_by_label("Your input 1").fill(typed)
            page.keyboard.press("Tab")
            told(page, "An input is a number from −1,000,000 to 1,000,000.")
            assert watch.get_by_label("Your input 1").input_value() == "0.5"
            assert float(answer.get_attribute("data-value")) == value
        watch.get_by_label("Your input 1").fill("-1000000")
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
        told = page.get_by_text("Only in examples 2 and 4").bounding_box()
        assert 100 < told["y"] < told["y"] + told["height"] < 800
        page.go_back()
        page.wait_for_function("() => document.querySelector('.watch')?.dataset.k === '0'")
        assert page.url.endswith(f"/{PAGE}#watch")


def test_links_of_other_pages_lead_to_their_step(visiting):
    with visiting("the-sigmoid/") as page:
        page.wait_for_load_state("networkidle")
        page.evaluate("globalThis.same = true")
        page.get_by_role("link", name="when it is trained").click()
        alive(page)
        page.wait_for_function("() => document.querySelector('.watch')?.dataset.k === '10000'")
        assert state(page) == (10_000, "slope", "2", "original")
        page.wait_for_function(
            """() => {
                const line = document.querySelector(".panes > [data-phase=slope] li.chosen");
                const { top, bottom } = line.getBoundingClientRect();
                return top > 150 && bottom < innerHeight;
            }"""
        )
        assert page.evaluate("globalThis.same")
        page.locator("a.md-footer__link--next").click()
        page.wait_for_function("() => !document.querySelector('.watch')")
        page.go_back()
        page.wait_for_function("() => document.querySelector('.watch')?.dataset.k === '10000'")
        assert page.complaints == []


def test_sections_of_the_page_are_reached_and_the_step_is_kept(at):
    with at("?k=341&phase=adjust") as page:
        alive(page)
        page.evaluate("globalThis.same = true")
        page.locator(".md-nav--secondary a", has_text="Surprise two").last.click()
        page.wait_for_url("**/?k=341&phase=adjust*#surprise-two*")
        top = page.get_by_role("heading", name="Surprise two").bounding_box()["y"]
        assert 0 <= top < 200
        assert state(page)[:2] == (341, "adjust")
        assert page.evaluate("globalThis.same")
        press(page, "1,000", exact=True)
        page.wait_for_url("**/?k=1000&*#surprise-two*")
        page.go_back()
        page.wait_for_function("() => document.querySelector('.watch')?.dataset.k === '341'")


def test_the_address_of_the_next_page_stays_its_own(at):
    with at("?k=4", reduced_motion="no-preference") as page:
        alive(page)
        page.wait_for_load_state("networkidle")
        press(page, "Play")
        press(page, "Skip")
        press(page, "Pause")
        press(page, "Play")
        page.locator("a.md-footer__link--next").evaluate("it => it.click()")
        page.wait_for_function("() => !document.querySelector('.watch')")
        page.wait_for_timeout(500)
        assert page.evaluate("location.search") == ""


def test_an_address_that_may_not_be_written_now_is_written_later(at):
    with at(reduced_motion="no-preference") as page:
        alive(page)
        page.evaluate(
            """() => {
                const { replaceState } = history;
                history.replaceState = () => { throw new DOMException("", "SecurityError"); };
                setTimeout(() => { history.replaceState = replaceState; }, 1000);
            }"""
        )
        press(page, "341", exact=True)
        told(page, "Step 341.")
        page.wait_for_url("**/?k=341&*")


def test_what_is_pressed_before_it_is_alive_is_not_lost(visiting):
    with visiting("one-neuron/", service_workers="block") as page:
        page.wait_for_load_state("networkidle")
        held = []
        page.route("**/neuron.js", lambda route: held.append(route))  # noqa: PLW0108
        page.evaluate("document.querySelector('a[href*=ten-thousand]').click()")
        page.get_by_role("button", name="341", exact=True).click()
        for _ in range(100):
            if held:
                break
            page.wait_for_timeout(100)
        assert state(page)[0] == 0
        held[0].continue_()
        page.wait_for_function("() => document.querySelector('.watch').dataset.k === '341'")


def test_older_browsers_do_as_well(chromium, base_url):
    context = chromium.new_context()
    context.add_init_script(
        """delete Element.prototype.checkVisibility;
           for (const kind of [Array, Float64Array]) delete kind.prototype.findLastIndex;"""
    )
    page = context.new_page()
    page.goto(f"{base_url}{PAGE}?k=4#watch")
    alive(page)
    press(page, "Next phase")
    told(page, "sum: Each input is multiplied")
    context.close()
