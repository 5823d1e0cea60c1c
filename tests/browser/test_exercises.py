"""Exercises in their pages: what the reader writes is checked there, and the answer explains."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenpages import page as pages

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PLACES = {
    example.exercise: (path.stem, example, solution)
    for path in sorted((ROOT / "docs").glob("*.md"))
    for page in [pages.read(path)]
    for example, solution in zip(page.examples, page.examples[1:], strict=False)
    if example.exercise
}


def write(block, code):
    """Put the code into the block, as a reader does, and run it."""
    if not block.locator(".editor").count():
        block.locator("details.more > summary").click()
        block.get_by_role("button", name="Edit", exact=True).click()
    block.locator(".editor").fill(code)
    block.locator(".editor").press("Control+Enter")


@pytest.mark.parametrize("exercise", PLACES)
def test_an_exercise_is_not_solved_and_then_it_is(visiting, exercise):
    path, starter, solution = PLACES[exercise]
    with visiting(f"{path}/") as page:
        block = page.locator(f"[data-exercise={exercise}]")
        assert block.locator(".block-name").inner_text().startswith("Exercise, block ")
        block.locator("button.run").click()
        feedback = block.locator(".feedback:not(:empty)")
        feedback.wait_for(timeout=60_000)
        assert feedback.inner_text().startswith("Not yet. ")
        assert "prints the same here" in block.locator(".run-status").inner_text()
        write(block, solution.text)
        block.locator(".feedback.solved").wait_for(timeout=60_000)
        assert feedback.inner_text().startswith("✓ Solved. ")
        page.wait_for_function(
            "() => document.querySelector('.announcement').textContent.includes('✓ Solved. ')"
        )
        write(block, starter.text)
        block.locator(".feedback:not(.solved):not(:empty)").wait_for(timeout=60_000)
        assert page.complaints == []


def test_an_error_that_only_the_check_brings_about_is_shown_and_explained(visiting):
    path, starter, _ = PLACES["slope"]
    code = starter.text.replace("from numpy", "from math").replace(
        "return 0 ", "return sigmoid(z) * (1 - sigmoid(z)) "
    )
    with visiting(f"{path}/") as page:
        block = page.locator("[data-exercise=slope]")
        write(block, code)
        feedback = block.locator(".feedback:not(:empty)")
        feedback.wait_for(timeout=60_000)
        assert "Take exp from NumPy" in feedback.inner_text()
        number = block.get_attribute("id")
        shown = block.locator(".run-output").inner_text()
        assert f'File "{number}.py", line 9, in slope_at' in shown
        assert "Your version prints" in block.locator(".run-status").inner_text()


def test_a_function_that_never_ends_can_be_stopped_while_it_is_checked(visiting):
    path, starter, _ = PLACES["slope"]
    endless = starter.text.replace("return 0 ", "while hasattr(z, 'shape'): pass\n    return 0 ")
    with visiting(f"{path}/") as page:
        block = page.locator("[data-exercise=slope]")
        write(block, endless.replace("return 0 ", "return exp(-z) / (1 + exp(-z)) ** 2 "))
        block.locator(".run-output", has_text="0.10499").wait_for(timeout=60_000)
        block.locator("button.run", has_text="Stop").click()
        block.locator(".run-status", has_text="Stopped").wait_for()
