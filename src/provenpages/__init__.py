"""Prove what a documentation page says: its code, its outputs, its numbers.

A Markdown page is read once into plain data; everything else is a use of that data.
Data flows one way, and each module holds one idea:

    page     reads Markdown into examples, outputs, sessions and bound numbers
    run      runs a page's examples, each once, and the numbers where they stand
    numbers  writes a value the way the page shows it
    session  runs the commands of a console session
    programs finds the commands that sessions may show
    census   compares what was read with what is rendered, both ways
    proof    holds all of it against the page: a list of disagreements
    render   renders a page as its readers see it
    report   words a disagreement: page, line, and a diff
    update   rewrites outputs and numbers that changed

Nothing here knows pytest or MkDocs but the thin adapters `pytest_plugin` and `site.hooks`.
"""
