"""Build steps of the site: plain functions on text and files, and thin adapters around them.

The text of a page, in this order (`finish.body`):

    maths    formulas become HTML and MathML, at build time
    reading  how long a page takes to read
    pictures drawn pictures and their captions
    tables   tables that may be wider than the screen
    tries    links that offer to change a block
    blocks   code and its output in one frame, with what can be done with it
    proven   no page is built that shows what is not so; outputs say that they were checked
    terms    words of the glossary, linked where a page first uses them
    sources  where the numbers of a page come from, for readers who ask
    frame    what stands above and below the text

The whole page (`finish.document`), and the whole site:

    theme    mends the theme's markup, and notices when it has changed
    loading  one style sheet, nothing asked for by a detour, names that change with the content
    policy   a strict content security policy
    assets   fonts, styles and pictures that the site serves itself (with fonts, cards, keep)
    scripts  our scripts without their comments
    python   Python for the pages, and the package as a file to install
    licences whose work goes out with the site, and the notices that go with it
    plain    pages as plain Markdown, and an index of them
    takeaway a page as a notebook and as a script
    search   pages are found by their names
    reports  where to report an error

Programs:

    hooks    the MkDocs adapter: calls the others when MkDocs says so
    runtime  sees to NumPy for Python in the page, once per user (with download)
    serve    serves the site while it is being written
    archive  packs the site into one file
    portable builds the same pages with Zensical and compares
"""
