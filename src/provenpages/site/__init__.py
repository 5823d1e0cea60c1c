"""Build steps of the site: plain functions on text and files, and one thin MkDocs adapter.

maths    formulas become HTML and MathML, at build time
reading  how long a page takes to read
assets   fonts and styles that the site serves itself
hooks    the adapter: calls the others when MkDocs says so
"""
