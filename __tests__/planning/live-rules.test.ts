import { createdRules } from "../../src/planning/live-rules";

const rule = (name: string, path: string) => [name, { "//": { metadata: { path } } }] as const;
const stack = {
  resource: {
    aws_lb_listener_rule: Object.fromEntries([
      rule("old", "dev/services/web/delivery/running/route/production"),
      rule("new", "dev/services/web/delivery/running/route/production-2"),
      rule("test", "dev/services/web/delivery/running/route/test-2"),
      rule("other", "dev/elsewhere/production"),
    ]),
  },
};

const change = (name: string, actions: string[], type = "aws_lb_listener_rule") => ({
  address: `${type}.${name}`,
  type,
  change: { actions },
});

const stored = (name: string, arn: string) => ({
  type: "aws_lb_listener_rule",
  name,
  instances: [{ attributes: { arn, action: [{ target_group_arn: "blue" }] } }],
});

const state = {
  lineage: "1",
  serial: 1,
  resources: [
    stored("old", "rule/old"),
    stored("new", "rule/new"),
    stored("test", "rule/test"),
    stored("other", "rule/other"),
  ],
};

const created = (...changes: object[]) => createdRules({ resource_changes: changes } as never, stack, state);

test("a rule that a plan creates for a service is one, as the state has it", () => {
  expect(
    created(change("old", ["update"]), change("new", ["create"]), change("new", ["create"], "aws_lb")),
  ).toEqual([{ service: "web", arn: "rule/new", targetGroupArn: "blue" }]);
});

test("a rule that is replaced is one; a rule of the test listener, or of no service, is none", () => {
  const changes = [
    change("old", ["delete", "create"]),
    change("test", ["create"]),
    change("other", ["create"]),
  ];
  expect(created(...changes)).toEqual([{ service: "web", arn: "rule/old", targetGroupArn: "blue" }]);
});
