"""The standard expectations of the suites, each as a query that finds what breaks it.

Great Expectations evaluates its own types on a table in memory; ours are as large as the number of documents makes
them. The suites keep its vocabulary, and DuckDB answers from the Parquet files, in bounded memory. As there, a null
breaks only the expectation that forbids nulls.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pipeline.sql import name, text

Arguments = Mapping[str, Any]


def query_of(table: str, expectation: str, arguments: Arguments) -> str | None:
    """SQL that returns a row for what breaks the expectation; None for a type that is not answered by a query.

    Raises KeyError when an argument is missing, ValueError when one is given that would go unheeded.
    """
    if expectation not in _QUERIES:
        return None
    known, query = _QUERIES[expectation]
    odd = sorted(set(arguments) - known)
    if odd:
        raise ValueError(f"{expectation} knows no {', '.join(odd)}")
    return query(name(table), arguments)


def literal(value: object) -> str:
    """A number or a text of SQL."""
    return str(value) if isinstance(value, int) else text(value)


def _not_null(table: str, given: Arguments) -> str:
    return f"SELECT * FROM {table} WHERE {name(given['column'])} IS NULL"


def _in_set(table: str, given: Arguments) -> str:
    column, words = name(given["column"]), ", ".join(map(literal, given["value_set"]))
    return f"SELECT DISTINCT {column} FROM {table} WHERE {column} NOT IN ({words})"


def _match_regex(table: str, given: Arguments) -> str:
    column = name(given["column"])
    return f"SELECT {column} FROM {table} WHERE NOT regexp_matches({column}, {literal(given['regex'])})"


def _between(table: str, given: Arguments) -> str:
    column = name(given["column"])
    return f"SELECT {column} FROM {table} WHERE {_outside(column, given)}"


def _row_count(table: str, given: Arguments) -> str:
    return f"SELECT count(*) FROM {table} HAVING {_outside('count(*)', given)}"


def _outside(value: str, given: Arguments) -> str:
    limits = [(given.get("min_value"), "<"), (given.get("max_value"), ">")]
    return " OR ".join(f"{value} {sign} {limit}" for limit, sign in limits if limit is not None)


def _unique(table: str, given: Arguments) -> str:
    return _compound_unique(table, {"column_list": [given["column"]]})


def _compound_unique(table: str, given: Arguments) -> str:
    columns: Sequence[str] = given["column_list"]
    key = ", ".join(map(name, columns))
    any_value = " OR ".join(f"{name(column)} IS NOT NULL" for column in columns)
    return f"SELECT {key} FROM {table} WHERE {any_value} GROUP BY {key} HAVING count(*) > 1"


_LIMITS = frozenset({"min_value", "max_value"})
_QUERIES: Mapping[str, tuple[frozenset[str], Callable[[str, Arguments], str]]] = {
    "expect_column_values_to_not_be_null": (frozenset({"column"}), _not_null),
    "expect_column_values_to_be_in_set": (frozenset({"column", "value_set"}), _in_set),
    "expect_column_values_to_match_regex": (frozenset({"column", "regex"}), _match_regex),
    "expect_column_values_to_be_between": (_LIMITS | {"column"}, _between),
    "expect_table_row_count_to_be_between": (_LIMITS, _row_count),
    "expect_column_values_to_be_unique": (frozenset({"column"}), _unique),
    "expect_compound_columns_to_be_unique": (frozenset({"column_list"}), _compound_unique),
}
