"""The conditions of a policy statement.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

import operator
import re
from collections.abc import Callable, Mapping

Context = Mapping[str, str]
"""What is known of a request, by condition key in lower case."""

Conditions = Mapping[str, Mapping[str, str | list[str]]]
"""The ``Condition`` of a statement: values by operator and key."""


def _same_in_any_case(value: str, expected: str) -> bool:
    return value.lower() == expected.lower()


def _like(value: str, pattern: str) -> bool:
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(expression, value) is not None


_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "ArnEquals": _like,
    "ArnLike": _like,
    "Bool": _same_in_any_case,
    "StringEquals": operator.eq,
    "StringEqualsIgnoreCase": _same_in_any_case,
    "StringLike": _like,
}


def _holds(name: str, value: str | None, expected: list[str]) -> bool:
    if name == "Null":
        return _same_in_any_case(str(value is None), expected[0])
    if value is None:
        return "Not" in name or name.endswith("IfExists")
    compare = _OPERATORS[name.removesuffix("IfExists").replace("Not", "")]
    return any(compare(value, one) for one in expected) != ("Not" in name)


def hold(conditions: Conditions, context: Context) -> bool:
    """Whether every condition holds, as IAM judges it when the context lacks a key."""
    return all(
        _holds(
            name,
            context.get(key.lower()),
            [expected] if isinstance(expected, str) else expected,
        )
        for name, keys in conditions.items()
        for key, expected in keys.items()
    )
