"""The spreadsheets that a region keeps, read into the tables of every app.

In order: `read` (files to tables of text), `parsing` (text to values, by `schema`), `checks` and
`references` (what may not be), `comparison` (what is new or changed), `services` (the one door
that writes). The page shows a comparison before anything is stored.
"""
