"""Prove what a documentation page says: its code, its outputs, its numbers.

A Markdown page is read once into plain data; everything else is a use of that data.
Data flows one way, and each module holds one idea:

    fences   finds the fenced blocks of a page, at any depth
    formulas finds the formulas of a page, and what it says of their symbols
    page     reads Markdown into examples, outputs, scripts, sessions and bound numbers
    rules    says what a page has to keep to, so that all of it can be proved
    settings keeps what examples set for the whole process within their chain
    names    reads which names Python uses, defines and imports
    elsewhere  knows the libraries that may be missing, and what was proved where they are
    workspace  is where a chain runs, in the proof and in a reader's page
    in_page  runs what a reader asks for, in the reader's browser
    run      runs a page's examples and scripts, each once, and the numbers where they stand
    numbers  writes a value the way the page shows it
    session  runs the commands of a console session
    script   runs a block of JavaScript
    project  knows the commands that sessions may show, what scripts find, and the constants
    prose    finds numbers in the text that nothing vouches for
    algebra  works out the parts of a formula
    latex    reads a formula back into what it says
    meaning  holds formulas against the code, at random points
    render   renders a page as its readers see it
    census   compares what was read with what is rendered, both ways
    asked    finds where a page asks for a count of all pages
    counts   counts what pages hold, and fills it in
    report   words a disagreement: page, line, and a diff
    proof    holds all of it against the page: a list of disagreements
    mutants  changes one thing of a page at a time
    meter    counts how many such changes the checks notice
    update   rewrites outputs and numbers that changed

Only the thin adapters know other tools: `pytest_plugin` knows pytest, `render` and `site`
know MkDocs.
"""
