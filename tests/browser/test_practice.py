"""Questions in a real browser: with a keyboard, without script, on paper."""

from __future__ import annotations

import pytest

from browser.test_pages import violations

pytestmark = pytest.mark.slow

EXPLAINED = ".options .explained:visible"
ON_PAPER = ".on-paper .explained:visible"


@pytest.fixture(scope="module")
def practice(visiting):
    with visiting("practice/", width=360, height=780) as page:
        yield page


@pytest.fixture(params=["with script", "without script"])
def either(visiting, request):
    with visiting("practice/", java_script_enabled=request.param == "with script") as page:
        yield page


def test_an_answer_explains_itself_by_mouse_and_keyboard_and_no_other_with_it(either):
    options = either.locator("details.option > summary")
    assert either.locator(EXPLAINED).count() == 0
    options.nth(0).click()
    assert either.locator(EXPLAINED).all_inner_texts()[0].startswith("✗ No.\n")
    for _ in range(3):  # the link in what explains it, the second answer, the third
        either.keyboard.press("Tab")
    either.keyboard.press("Enter")
    assert either.locator(EXPLAINED).all_inner_texts()[1].startswith("✓ Yes.\n")
    options.nth(0).click()
    assert either.locator(EXPLAINED).count() == 1


def test_on_paper_nothing_is_given_away_before_the_end(either):
    either.locator("details.option > summary").first.click()
    assert either.locator(ON_PAPER).count() == 0
    either.emulate_media(media="print")
    assert either.locator(EXPLAINED).count() == 0
    assert either.locator(ON_PAPER).count() == either.locator("details.option").count() == 40
    last = either.locator(".now").bounding_box()
    assert last["y"] < either.locator(".on-paper").bounding_box()["y"]


def test_every_answer_can_be_pressed_with_a_thumb(practice):
    heights = practice.evaluate(
        """() => [...document.querySelectorAll("details.option > summary")]
            .map((it) => it.getBoundingClientRect().height)"""
    )
    assert min(heights) >= 24


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_explains_an_answer_is_accessible(practice, scheme):
    practice.emulate_media(color_scheme=scheme)
    for summary in practice.locator("#the-slope ~ ul.options").first.locator("summary").all():
        summary.click()
    assert violations(practice) == []


def test_links_into_the_training_lead_to_their_step(practice):
    address = "?preset=step-100&k=11026&phase=adjust&row=all#watch"
    link = practice.locator(f"a[href$='{address}']")
    option = practice.locator("details.option", has=link)
    option.locator("summary").click()
    option.locator(link).click()
    practice.wait_for_url(f"**/ten-thousand-steps/{address}")
    practice.get_by_text("11,026").first.wait_for()
    assert practice.complaints == []
