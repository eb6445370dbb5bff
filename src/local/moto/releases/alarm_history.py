"""CloudWatch: the changes of an alarm's state, which moto keeps and does not show."""

import json
from typing import Any

from moto.cloudwatch import models, responses
from moto.core.responses import ActionResult


def changes_of(alarm: models.Alarm) -> list[dict[str, Any]]:
    """The changes of an alarm's state, the newest first."""
    # moto keeps each state when the next one comes.
    states = [(value, reason, at) for _, reason, _, value, at in alarm.history]
    states.append((alarm.state_value, alarm.state_reason, alarm.state_updated_timestamp))
    changes = [
        {
            "AlarmName": alarm.name,
            "AlarmType": "MetricAlarm",
            "Timestamp": at,
            "HistoryItemType": "StateUpdate",
            "HistorySummary": f"Alarm updated from {old} to {value}",
            "HistoryData": json.dumps(
                {
                    "oldState": {"stateValue": old},
                    "newState": {"stateValue": value, "stateReason": reason},
                }
            ),
        }
        for (old, *_), (value, reason, at) in zip(states, states[1:])
        if value != old
    ]
    return changes[::-1]


def describe_alarm_history(self: Any) -> ActionResult:
    """The changes of one alarm's state."""
    alarm = self.cloudwatch_backend.alarms.get(self._get_param("AlarmName"))
    limit = int(self._get_param("MaxRecords") or 100)
    found = changes_of(alarm)[:limit] if alarm else []
    return ActionResult({"AlarmHistoryItems": found})


def apply() -> None:
    """Put the operation on."""
    responses.CloudWatchResponse.describe_alarm_history = describe_alarm_history
