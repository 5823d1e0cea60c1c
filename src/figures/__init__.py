"""The site's pictures, drawn from the package's numbers and nothing else.

    svg        elements, scales and axes
    neuron     the neuron with its real weights: at the start, and trained
    cycle      the training cycle with its code lines and numbers
    curves     the sigmoid; the sigmoid and its slope, with tangents
    training   weights and error over ten thousand steps
    boundary   where the trained neuron changes its mind
    speed      how fast the package is beside the articles' loops
    layers     why one neuron cannot learn XOR, and layers that did
    readback   reads a picture back and holds it against the articles' own loops

`draw` gives a picture by its name. Colours come from the page: every mark carries the class
of its quantity (`positive`, `negative`, `output`, `target`, `error`).
"""

from figures.catalogue import FIGURES, describe, draw

__all__ = ["FIGURES", "describe", "draw"]
