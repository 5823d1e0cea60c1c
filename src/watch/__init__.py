"""Watch one neuron learn: the interactive neuron, as it is before a script has seen it.

    presets  the trainings that can be watched, and their weights
    values   every number of one step, by its name
    shown    how a number is written
    charts   the charts and the cube, with what moves in them
    markup   the whole, as HTML (`watch.html.jinja`)
    trace    all numbers of all trainings, for whoever wants to check the script

`draw` and `describe` are those of `figures`, and know this one more picture.
"""

import figures
from watch.markup import markup

NAME = "watch-one-neuron"


def draw(name: str) -> str:
    """The picture called `name`, as markup.

    Raises:
        KeyError: There is no such picture.
    """
    return markup() if name == NAME else figures.draw(name)


def describe(name: str) -> str:
    """What the picture called `name` shows, in words.

    Raises:
        KeyError: There is no such picture.
    """
    if name != NAME:
        return figures.describe(name)
    return (
        "An interactive neuron, in the page itself: its four examples, its weights and what they "
        "make of each example, phase by phase and step by step, with charts of the weights and "
        "of the error over ten thousand steps."
    )
