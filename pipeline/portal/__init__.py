"""Portal: a release -> a dataset on a CKAN portal, files, queryable tables with their dictionary, and previews.

Knows releases and the schema, and no stage. Reading order: ``datastore`` (a table's columns and rows as the DataStore
takes them), ``plan`` (what the portal shall hold, read from the release), ``ckan`` (the portal as it answers, its
faults in plain words), ``resources`` (one file and its table), ``publish`` (organisation, dataset and the order of
things), ``commands`` (command line).
"""
