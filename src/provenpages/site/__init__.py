"""Build steps of the site: plain functions on text and files, and one thin MkDocs adapter.

maths    formulas become HTML and MathML, at build time
pictures drawn pictures and their captions
reading  how long a page takes to read
sources  where the numbers of a page come from, for readers who ask
assets   fonts and styles that the site serves itself
serve    serves the site while it is being written
hooks    the adapter: calls the others when MkDocs says so
"""
