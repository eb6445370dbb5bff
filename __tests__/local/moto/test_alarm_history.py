"""The changes of an alarm's state."""

import json

from support import MotoTest, client


class AlarmHistoryTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        self.cloudwatch = client("cloudwatch")
        self.cloudwatch.put_metric_alarm(
            AlarmName="errors",
            Namespace="Test",
            MetricName="Errors",
            ComparisonOperator="GreaterThanThreshold",
            EvaluationPeriods=1,
            Period=60,
            Statistic="Sum",
            Threshold=1,
        )

    def set(self, state: str, reason: str) -> None:
        self.cloudwatch.set_alarm_state(
            AlarmName="errors", StateValue=state, StateReason=reason
        )

    def history(self, name: str = "errors", **options: int) -> list[tuple[str, str]]:
        answer = self.cloudwatch.describe_alarm_history(
            AlarmName=name, HistoryItemType="StateUpdate", **options
        )
        items = answer["AlarmHistoryItems"]
        states = [json.loads(item["HistoryData"])["newState"] for item in items]
        self.assertEqual(
            [item["Timestamp"] for item in items],
            sorted((item["Timestamp"] for item in items), reverse=True),
        )
        return [(one["stateValue"], one["stateReason"]) for one in states]

    def test_the_newest_change_comes_first_and_a_repeated_state_is_none(self) -> None:
        self.set("OK", "quiet")
        self.set("ALARM", "5 > 1")
        self.set("ALARM", "6 > 1")
        self.set("OK", "quiet again")
        self.assertEqual(
            self.history()[:2], [("OK", "quiet again"), ("ALARM", "5 > 1")]
        )
        self.assertEqual(self.history(MaxRecords=1), [("OK", "quiet again")])

    def test_an_unknown_alarm_has_none(self) -> None:
        self.assertEqual(self.history("unknown"), [])
