"""CloudWatch: what the evaluation of alarms reads, and a change of state that is a change.

``POST /codeseries/metrics`` with ``{"queries": [{"account", "region", "namespace",
"metricName", "dimensions": {name: value}, "unit"?, "since": <epoch seconds>}]}`` answers
``{"data": [[[at, count, sum, minimum, maximum], ...], ...]}``, a list for each query. moto's
own GetMetricStatistics has whole seconds, and reads every datum there is.

Documents of the kind ``cloudwatch-alarm`` are the metric alarms; their id is the name.
"""

from collections import deque
from datetime import datetime, timezone
from typing import Any
from weakref import WeakKeyDictionary

from flask import Flask, request
from moto.cloudwatch import models

from . import documents

PATH = "/codeseries/metrics"
ALARM = "cloudwatch-alarm"

_LIMIT = 10_000
"""Of one metric: at a time factor of 60, ten minutes of requests each second, or a week of minutes."""

_LIMIT_OF_REGION = 200_000
"""moto itself never forgets."""

_LATE_SECONDS = 60
"""How late a datum may be put."""

Metric = tuple[str, str, frozenset[tuple[str, str]]]
"""Namespace, name and dimensions."""

_data: WeakKeyDictionary[
    models.CloudWatchBackend, dict[Metric, deque[models.MetricDatumBase]]
] = WeakKeyDictionary()

_put_metric_data = models.CloudWatchBackend.put_metric_data
_set_alarm_state = models.CloudWatchBackend.set_alarm_state

app = Flask(__name__)


def epoch(at: datetime) -> float:
    """The seconds of a time, which is UTC if it does not say so."""
    return (at if at.tzinfo else at.replace(tzinfo=timezone.utc)).timestamp()


def metric_of(datum: models.MetricDatumBase) -> Metric:
    """What a datum belongs to."""
    dimensions = frozenset((one.name, one.value) for one in datum.dimensions)
    return (datum.namespace, datum.name, dimensions)


def summary(datum: models.MetricDatumBase) -> list[float]:
    """A datum as the route answers it."""
    at = epoch(datum.timestamp)
    if isinstance(datum, models.MetricAggregatedDatum):
        return [at, datum.sample_count, datum.sum, datum.min, datum.max]
    return [at, 1, datum.value, datum.value, datum.value]


@app.post(PATH)
def read() -> dict[str, Any]:
    """The data of some metrics."""
    return {"data": [data_of(query) for query in request.get_json()["queries"]]}


def data_of(query: dict[str, Any]) -> list[list[float]]:
    """The data of one metric since a time, ordered by time."""
    backend = models.cloudwatch_backends[query["account"]][query["region"]]
    key = (
        query["namespace"],
        query["metricName"],
        frozenset(query["dimensions"].items()),
    )
    unit = query.get("unit")
    found = []
    # The newest come last; one that was put late may stand among newer ones.
    for datum in reversed(list(_data.get(backend, {}).get(key, ()))):
        at = epoch(datum.timestamp)
        if at < query["since"] - _LATE_SECONDS:
            break
        if at >= query["since"] and unit in (None, datum.unit):
            found.append(summary(datum))
    return sorted(found)


class Alarms:
    """The documents of alarms, as the evaluation needs them."""

    def read(self) -> dict[tuple[str, str, str], Any]:
        """All metric alarms."""
        return {
            (account, region, name): describe(alarm)
            for account, regions in list(models.cloudwatch_backends.items())
            for region, backend in list(regions.items())
            for name, alarm in list(backend.alarms.items())
            if not alarm.rule
        }

    def write(self, account: str, region: str, id: str, document: Any) -> None:
        """SetAlarmState writes it."""
        raise NotImplementedError(ALARM)


def describe(alarm: models.Alarm) -> dict[str, Any]:
    """An alarm as DescribeAlarms names its parts, without those that are not set."""
    described = {
        "AlarmName": alarm.name,
        "Namespace": alarm.namespace,
        "MetricName": alarm.metric_name,
        "Dimensions": dimensions_of(alarm.dimensions),
        "Statistic": alarm.statistic,
        "ExtendedStatistic": alarm.extended_statistic,
        "Period": number(alarm.period),
        "Unit": alarm.unit,
        "Metrics": [query_of(query) for query in alarm.metric_data_queries],
        "ComparisonOperator": alarm.comparison_operator,
        "Threshold": number(alarm.threshold),
        "EvaluationPeriods": number(alarm.evaluation_periods),
        "DatapointsToAlarm": number(alarm.datapoints_to_alarm),
        "TreatMissingData": alarm.treat_missing_data,
        "StateValue": alarm.state_value,
        "StateUpdated": epoch(alarm.state_updated_timestamp),
        "Unchecked": not alarm.history,
    }
    return {name: value for name, value in described.items() if value is not None}


def query_of(query: models.MetricDataQuery) -> dict[str, Any]:
    """A part of an alarm on an expression."""
    stat = query.metric_stat
    return {
        "Id": query.id,
        "Expression": query.expression,
        "Label": query.label,
        "Period": number(query.period),
        "ReturnData": str(query.return_data).lower() != "false",
        "MetricStat": stat
        and {
            "Namespace": stat.metric.namespace,
            "MetricName": stat.metric.metric_name,
            "Dimensions": dimensions_of(stat.metric.dimensions),
            "Period": number(stat.period),
            "Stat": stat.stat,
            "Unit": stat.unit,
        },
    }


def dimensions_of(dimensions: list[models.Dimension]) -> dict[str, str]:
    """Dimensions by name."""
    return {one.name: one.value for one in dimensions}


def number(value: Any) -> float | None:
    """moto has some numbers as text."""
    return None if value in (None, "") else float(value)


def share(datum: models.MetricDatumBase, other: models.MetricDatumBase) -> None:
    """Let a datum have the texts of another of its metric: two thirds of its memory."""
    datum.namespace, datum.name = other.namespace, other.name
    datum.dimensions = other.dimensions
    if datum.unit == other.unit:
        datum.unit = other.unit


def put_metric_data(self: Any, namespace: str, metric_data: list[dict[str, Any]]) -> None:
    """Remember each datum by its metric, too."""
    before = len(self.metric_data)
    _put_metric_data(self, namespace, metric_data)
    known = _data.setdefault(self, {})
    for datum in self.metric_data[before:]:
        same = known.setdefault(metric_of(datum), deque(maxlen=_LIMIT))
        if same:
            share(datum, same[0])
        same.append(datum)
    if len(self.metric_data) > _LIMIT_OF_REGION:
        del self.metric_data[: _LIMIT_OF_REGION // 2]


def set_alarm_state(self: Any, alarm_name: str, *args: Any) -> None:
    """Count a change of the state."""
    before = alarm_name in self.alarms and self.alarms[alarm_name].state_value
    _set_alarm_state(self, alarm_name, *args)
    if self.alarms[alarm_name].state_value != before:
        documents.touch(ALARM, self.account_id, self.region_name, alarm_name)


def apply() -> None:
    """Put the patches on."""
    models.CloudWatchBackend.put_metric_data = put_metric_data
    models.CloudWatchBackend.set_alarm_state = set_alarm_state
    documents.register(ALARM, Alarms())
