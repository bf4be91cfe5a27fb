"""Release: the published folder -> ``dist/<version>/``, what portals, analysts and spreadsheet users download.

Reads the published files only and knows no stage. Reading order: ``facts`` (what a release says of itself, read from
the data), ``inventory`` (its files), one module a form (``spreadsheet_csv``, ``workbook``, ``html``, ``package``,
``dcat``, ``schema_org``, ``croissant``, ``csvw``), ``compare`` and ``report`` (what changed since another release),
``notes`` (CHANGELOG and README), ``archive`` (sums and the zip), ``assemble`` (runs them), ``commands`` (command line).
"""
