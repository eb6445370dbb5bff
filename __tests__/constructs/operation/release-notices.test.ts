import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { ReleaseNotices, type ReleaseNoticesProps } from "../../../src/constructs/operation/release-notices";
import { synth } from "../../support/synth";

const props: ReleaseNoticesProps = {
  pipelineName: "shop-dev",
  deployStageName: "DevDeploy",
  approval: true,
  service: "shop",
  environment: "dev",
  ruleNames: { progress: "p", failure: "f", rollback: "r", approval: "a" },
  topicArn: "arn:aws:sns:eu-west-1:111111111111:releases",
  form: "text",
  dependsOn: [],
};

interface Pattern {
  readonly "detail-type": readonly string[];
  readonly detail: object;
}

/** By the rule's name: its pattern, and its message. */
function noticesOf(over: Partial<ReleaseNoticesProps> = {}) {
  const { resource = {} } = synth((scope) => new ReleaseNotices(scope, "notices", { ...props, ...over }));
  const rules = Object.entries(resource[CloudwatchEventRule.tfResourceType] ?? {});
  const targets = Object.values(resource[CloudwatchEventTarget.tfResourceType] ?? {});
  return Object.fromEntries(
    rules.map(([id, { event_pattern, name }]) => {
      const target = targets.find(({ rule }) => String(rule).includes(id));
      const pattern = JSON.parse(String(event_pattern)) as Pattern;
      const { input_paths, input_template } = (target?.input_transformer ?? {}) as Record<string, string>;
      return [
        String(name),
        { pattern, paths: input_paths, message: String(input_template), arn: target?.arn },
      ];
    }),
  );
}

const notices = noticesOf();

describe("ReleaseNotices", () => {
  it("are about one pipeline, and go to one topic", () => {
    expect(Object.keys(notices).sort()).toEqual(["a", "f", "p", "r"]);
    for (const { arn, pattern } of Object.values(notices)) {
      expect(arn).toBe(props.topicArn);
      expect(pattern).toMatchObject({ source: ["aws.codepipeline"], detail: { pipeline: ["shop-dev"] } });
    }
  });

  it("say that a release has started, or succeeded", () => {
    expect(notices.p?.pattern["detail-type"]).toEqual(["CodePipeline Pipeline Execution State Change"]);
    expect(notices.p?.pattern.detail).toMatchObject({
      state: ["STARTED", "SUCCEEDED", "STOPPED", "SUPERSEDED"],
    });
    expect(notices.p?.message).toContain("shop to dev: <state>");
  });

  it("tell a failure before the deployment from one of the deployment, which is rolled back", () => {
    expect(notices.f?.pattern.detail).toMatchObject({ stage: [{ "anything-but": ["DevDeploy"] }] });
    expect(notices.r?.pattern.detail).toMatchObject({ stage: ["DevDeploy"] });
    expect(notices.f?.message).toContain("Nothing was deployed");
    expect(notices.r?.message).toContain("CodeDeploy rolls back");
  });

  it("name the command that says why a release failed", () => {
    for (const one of [notices.f, notices.r]) {
      expect(one?.message).toContain("npx codeseries why shop dev --execution <id>");
      expect(one?.paths).toMatchObject({ id: "$.detail.execution-id" });
    }
  });

  it("ask for an approval, where a person must", () => {
    expect(notices.a?.pattern).toMatchObject({
      "detail-type": ["CodePipeline Action Execution State Change"],
      detail: { state: ["STARTED"], type: { category: ["Approval"] } },
    });
    expect(Object.keys(noticesOf({ approval: false })).sort()).toEqual(["f", "p", "r"]);
  });

  it("take every value that a message names from the event", () => {
    for (const { message, paths } of Object.values(notices))
      expect(Object.keys(paths ?? {}).sort()).toEqual(
        [...new Set([...message.matchAll(/<(\w+)>/g)].map(([, name]) => name))].sort(),
      );
  });
});
