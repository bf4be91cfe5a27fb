"""Reports over a finished build, made from the published tables only.

``scoreboard``  per document, per place and in all: tables of the rule found, figures, where the numbers went, checks,
                joint feasibility, findings. How whoever works on the pipeline finds the next fault: worst first.
``unknown``     titles, headings, labels and units that no vocabulary knows, by frequency: the work list of whoever
                adds a place.
``report``      the quality report for people: an offline HTML page a document and one for the build, each finding
                with a cut-out of the page where it stands.

Reading order: ``words`` (how counts are said), ``markup`` (HTML that escapes), ``frame`` (cards and tables, under
``style.css``); ``expected`` (what the rule asks), ``tally`` and ``scores`` (counts), ``scoreboard`` and
``scoreboard_html`` (the counts shown), ``worklist``; ``cutouts`` (the only module that opens a PDF), ``records`` (one
document's findings and checks), ``quality_page`` (a document's page), ``quality`` (the pages written); ``commands``.

Nothing here reads an interim file, changes a table, asks the clock or the network: the same build gives the same bytes.
"""
