"""The interactive neuron, as a reader handles it."""

from __future__ import annotations

PAGE = "ten-thousand-steps/"
PHASES = ["inputs", "sum", "squash", "error", "slope", "adjust"]
NUMBERS = """() => [...document.querySelectorAll(".watch [data-value]:not([data-step])")].map(
    (it) => [it.dataset.name, it.dataset.value, it.textContent])"""
STATE = "() => ({ ...document.querySelector('.watch').dataset })"


def alive(page):
    """Turn to the neuron, and wait until it is alive."""
    watch = page.locator(".watch")
    watch.locator("caption").first.hover()
    watch.and_(page.locator("[data-alive]")).wait_for()
    return watch


def state(page):
    found = page.evaluate(STATE)
    return (int(found["k"]), found["phase"], found["row"], found["preset"])


def press(page, name, **options):
    page.locator(".watch").get_by_role("button", name=name, **options).click()


def told(page, words):
    page.wait_for_function(
        "words => document.querySelector('.announcement').textContent.includes(words)", arg=words
    )
