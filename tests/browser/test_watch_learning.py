"""The interactive neuron: what belongs together, predicting, playing."""

from __future__ import annotations

import pytest

from browser.neuron import alive, press, state, told
from watch.presets import PRESETS, weights_at

pytestmark = pytest.mark.slow


def test_a_quantity_lights_up_wherever_it_is(at):
    with at("?k=4&phase=sum") as page:
        watch = alive(page)
        watch.locator("tr.weights [data-name=w2]").hover()
        lit = watch.locator(".lit").evaluate_all(
            """all => all.filter((it) => it.checkVisibility()).map((it) => {
                const place = it.closest("table, svg, .rule, .formula, .arithmetic, .predict");
                return `${it.dataset.of} ${place?.getAttribute("class")}`;
            })"""
        )
        places = {it.partition(" ")[2] for it in lit}
        assert {it.partition(" ")[0] for it in lit} == {"w2", "w"}
        assert places >= {"numbers", "drawing", "rule", "formula", "arithmetic"}
        full = weights_at(PRESETS["original"])[4][1]
        assert watch.locator(".readout").text_content() == f"weight 2: {full!r}".replace("-", "−")
        press(page, "+1 step")
        full = weights_at(PRESETS["original"])[5][1]
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


def test_a_prediction_is_explained_and_can_be_seen(at):
    with at() as page:
        watch = alive(page)
        question = watch.get_by_role("group", name="Predict first, 1 of 3")
        assert not question.get_by_text("After one step it is").first.is_visible()
        question.get_by_role("button", name="No").click()
        assert "0.53002734" in page.evaluate("document.activeElement.textContent")
        question.get_by_role("link", name="Show me").click()
        assert state(page) == (1, "inputs", "3", "original")
        assert 100 < watch.locator(".answers").bounding_box()["y"] < 800
        question.get_by_role("button", name="Next question").click()
        watch.get_by_role("group", name="Predict first, 2 of 3").get_by_role(
            "button", name="Skip"
        ).click()
        last = watch.get_by_role("group", name="Predict first, 3 of 3")
        last.get_by_role("button", name="It would go on").click()
        assert page.evaluate("document.activeElement.textContent").startswith(
            "Right. It would go on"
        )
        last.get_by_role("button", name="Ask again").click()
        assert watch.get_by_role("group", name="Predict first, 1 of 3").is_visible()
        assert watch.locator(".answered:visible, [aria-pressed=true]").count() == 0


def test_the_first_play_asks_then_plays_then_explains(at):
    with at(reduced_motion="no-preference") as page:
        watch = alive(page)
        press(page, "Play")
        assert page.evaluate("document.activeElement.textContent") == "Above"
        assert state(page)[0] == 0
        page.keyboard.press("Enter")
        page.wait_for_function("() => Number(document.querySelector('.watch').dataset.k) > 1")
        assert watch.locator(".answered:visible").count() == 0
        press(page, "Pause")
        assert watch.get_by_text("It ends below,").is_visible()
        told(page, "It ends below, at −0.2078")
        paused = state(page)[0]
        page.wait_for_timeout(300)
        assert state(page)[0] == paused
        page.wait_for_url(f"**/?k={paused}&*")
        press(page, "Play")
        page.wait_for_function(
            f"() => Number(document.querySelector('.watch').dataset.k) > {paused}"
        )


def test_while_it_plays_nothing_is_told_and_unseen_it_pauses(at):
    with at("?k=1000", reduced_motion="no-preference") as page:
        alive(page)
        press(page, "Play")
        press(page, "Skip")
        page.evaluate("document.querySelector('.announcement').textContent = 'nothing'")
        page.wait_for_function("() => Number(document.querySelector('.watch').dataset.k) > 1100")
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


def test_the_curves_do_not_tell_what_is_to_be_predicted(at):
    with at("?k=4") as page:
        watch = alive(page)
        curves = watch.locator(".charts path[data-of]")
        clipped = "all => all.map((it) => it.hasAttribute('clip-path'))"
        assert curves.evaluate_all(clipped) == [True] * 4
        assert watch.locator(".turn:visible").count() == 0
        past = watch.locator("clipPath rect").first.get_attribute("width")
        cursor = watch.locator("line.cursor").first.get_attribute("x1")
        assert past == cursor
        press(page, "Skip")  # the first question is of something else
        assert curves.evaluate_all(clipped) == [True] * 4
        press(page, "Below")
        assert curves.evaluate_all(clipped) == [False] * 4
        assert watch.locator(".turn:visible").count() > 3
    with at("?preset=step-100&k=5") as page:  # of which nothing is asked
        watch = alive(page)
        assert watch.locator(".charts path[data-of]").evaluate_all(clipped) == [False] * 4
        press(page, "To the end")
        assert state(page)[0] == 20_000
