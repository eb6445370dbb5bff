"""Metrics as the evaluation of alarms reads them."""

from datetime import datetime, timezone
from typing import Any

from moto.cloudwatch import models
from support import ACCOUNT, REGION, MotoTest, client

from releases import changes, cloudwatch, documents

SINCE = datetime(2026, 1, 1, tzinfo=timezone.utc).timestamp()


class MetricsTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        self.cloudwatch = client("cloudwatch")

    def put(self, second: float, **datum: Any) -> None:
        at = datetime.fromtimestamp(SINCE + second, timezone.utc)
        metric = {"MetricName": "Requests", "Timestamp": at, **datum}
        metric["Dimensions"] = [{"Name": "Group", "Value": "one"}]
        self.cloudwatch.put_metric_data(Namespace="Test", MetricData=[metric])

    def read(self, since: float, **dimensions: str) -> list[list[float]]:
        query = {
            "account": ACCOUNT,
            "region": REGION,
            "namespace": "Test",
            "metricName": "Requests",
            "dimensions": dimensions,
            "since": since,
        }
        web = cloudwatch.app.test_client()
        answer = web.post("/codeseries/metrics", json={"queries": [query]}).get_json()
        return answer["data"][0]

    def test_data_are_read_since_a_time(self) -> None:
        self.put(0, Value=1)
        self.put(2, Value=3)
        statistics = {"SampleCount": 2, "Sum": 5, "Minimum": 1, "Maximum": 4}
        self.put(1, StatisticValues=statistics)
        expected = [[SINCE + 1, 2, 5, 1, 4], [SINCE + 2, 1, 3, 3, 3]]
        self.assertEqual(self.read(SINCE + 1, Group="one"), expected)

    def test_data_of_one_metric_have_its_texts_in_common(self) -> None:
        self.put(0, Value=1, Unit="Count")
        self.put(1, Value=2, Unit="Count")
        one, other = models.cloudwatch_backends[ACCOUNT][REGION].metric_data
        self.assertIs(one.dimensions, other.dimensions)
        self.assertIs(one.unit, other.unit)
        self.assertEqual([one.value, other.value], [1, 2])

    def test_all_dimensions_must_be_named(self) -> None:
        self.put(0, Value=1)
        self.assertEqual(len(self.read(SINCE, Group="one")), 1)
        self.assertEqual(self.read(SINCE), [])


class AlarmTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        self.cloudwatch = client("cloudwatch")
        self.cloudwatch.put_metric_alarm(
            AlarmName="errors",
            EvaluationPeriods=3,
            ComparisonOperator="GreaterThanThreshold",
            Threshold=5,
            Metrics=[{"Id": "e", "Expression": "1 + 1", "Period": 60, "ReturnData": True}],
        )

    def set(self, state: str) -> None:
        self.cloudwatch.set_alarm_state(
            AlarmName="errors", StateValue=state, StateReason="test"
        )

    def test_an_alarm_is_a_document(self) -> None:
        web = documents.app.test_client()
        alarm = web.get("/codeseries/documents/cloudwatch-alarm").get_json()[0]
        self.assertEqual(alarm["id"], "errors")
        self.assertEqual(alarm["document"]["Metrics"][0]["Expression"], "1 + 1")
        self.assertEqual(alarm["document"]["Threshold"], 5)

    def test_a_change_of_state_is_a_change(self) -> None:
        web = changes.app.test_client()

        def revision() -> int:
            return web.get("/codeseries/changes").get_json()["revision"]

        before = revision()
        self.set("OK")
        self.assertEqual(revision(), before)
        self.set("ALARM")
        self.assertEqual(revision(), before + 1)
