"""One document value, rendered to a page, a PDF, a workbook or CSV.

Whoever has something to report builds a `Document` of blocks once; every format reads the same
fields, so that a figure in two formats comes from one place.
"""
