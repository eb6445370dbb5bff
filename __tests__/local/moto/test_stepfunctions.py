"""State machines of Step Functions."""

import json
from typing import Any

from botocore.exceptions import ClientError

from support import ACCOUNT, REGION, MotoTest, client

WAIT = {"Wait": {"Type": "Wait", "Seconds": 1, "End": True}}


class DefinitionTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        self.states = client("stepfunctions")

    def validate(self, **changes: Any) -> dict[str, Any]:
        definition = {"StartAt": "Wait", "States": {}} | changes
        return self.states.validate_state_machine_definition(
            definition=json.dumps(definition)
        )

    def test_a_definition_is_valid(self) -> None:
        answer = self.validate(States=WAIT)
        self.assertEqual((answer["result"], answer["diagnostics"]), ("OK", []))

    def test_a_definition_is_not_valid(self) -> None:
        answer = self.validate(Start="Wait")
        self.assertEqual(answer["result"], "FAIL")
        self.assertEqual(answer["diagnostics"][0]["severity"], "ERROR")


class VersionTest(MotoTest):
    def setUp(self) -> None:
        super().setUp()
        self.states = client("stepfunctions")

    def test_a_state_machine_has_no_version(self) -> None:
        arn = self.states.create_state_machine(
            name="one",
            definition=json.dumps({"StartAt": "Wait", "States": WAIT}),
            roleArn=f"arn:aws:iam::{ACCOUNT}:role/machine",
        )["stateMachineArn"]
        answer = self.states.list_state_machine_versions(stateMachineArn=arn)
        self.assertEqual(answer["stateMachineVersions"], [])

    def test_no_state_machine_has_none(self) -> None:
        arn = f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:two"
        with self.assertRaises(ClientError):
            self.states.list_state_machine_versions(stateMachineArn=arn)


class RuleTest(MotoTest):
    def test_an_event_starts_an_execution_of_a_target(self) -> None:
        states, events = client("stepfunctions"), client("events")
        arn = states.create_state_machine(
            name="pause",
            definition=json.dumps({"StartAt": "Wait", "States": WAIT}),
            roleArn=f"arn:aws:iam::{ACCOUNT}:role/machine",
        )["stateMachineArn"]
        events.put_rule(Name="r", EventPattern=json.dumps({"source": ["aws.one"]}))
        gone = arn.replace("pause", "gone")
        targets = [{"Id": one[-4:], "Arn": one} for one in (gone, arn)]
        events.put_targets(Rule="r", Targets=targets)
        for source in ("aws.one", "aws.two"):
            entry = {"Source": source, "DetailType": "t", "Detail": '{"state": "START"}'}
            self.assertEqual(events.put_events(Entries=[entry])["FailedEntryCount"], 0)
        [execution] = states.list_executions(stateMachineArn=arn)["executions"]
        described = states.describe_execution(executionArn=execution["executionArn"])
        event = json.loads(described["input"])
        self.assertEqual((event["source"], event["detail"]["state"]), ("aws.one", "START"))
