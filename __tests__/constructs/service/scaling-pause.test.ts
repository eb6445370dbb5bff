import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { scalingMachine } from "../../../src/constructs/service/scaling-machine";
import { ScalingPause, type ScalingPauseProps } from "../../../src/constructs/service/scaling-pause";
import { policies, statement, synth, theOnly } from "../../support/synth";

const service = (name: string) => ({
  applicationName: `app-${name}`,
  deploymentGroupName: `group-${name}`,
  clusterName: "bys-dev-ecs-main",
  serviceName: `svc-${name}`,
});

const props: ScalingPauseProps = {
  machineName: "bys-dev-sfn-scaling",
  machineRoleName: "machine-role",
  ruleName: "bys-dev-evb-scaling",
  ruleRoleName: "rule-role",
  accountId: "558846431111",
  region: "ap-northeast-2",
  services: [service("api"), service("web")],
};

const stack = synth((scope) => new ScalingPause(scope, "pause", props));
const rule = theOnly(stack, CloudwatchEventRule);

interface Machine {
  readonly States: {
    readonly Settle: object;
    readonly Services: {
      readonly Items: readonly object[];
      readonly ItemProcessor: { readonly StartAt: string; readonly States: Record<string, object> };
    };
  };
}
const machine = JSON.parse(scalingMachine(props.services)) as Machine;
const { FindDeployments, SetScaling } = machine.States.Services.ItemProcessor.States;

describe("ScalingPause", () => {
  it("looks at every change of a deployment of these services, whatever the state is called", () => {
    expect(JSON.parse(String(rule.event_pattern))).toEqual({
      source: ["aws.codedeploy"],
      "detail-type": ["CodeDeploy Deployment State-change Notification"],
      detail: { application: ["app-api", "app-web"] },
    });
  });

  it("looks every hour too, for an event that never came", () => {
    expect(rule.schedule_expression).toBe("rate(1 hour)");
  });

  it("starts the state machine once its role may do so", () => {
    const target = theOnly(stack, CloudwatchEventTarget);
    expect(target.arn).toMatch(/^\$\{aws_sfn_state_machine\.pause_machine_\w+\.arn\}$/);
    expect(target.role_arn).toMatch(/^\$\{aws_iam_role\.pause_rule-role_\w+\.arn\}$/);
    expect(target.depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\.pause_rule-role_policy_/),
    ]);
  });

  it("runs a state machine of one role", () => {
    const { definition, name, role_arn } = theOnly(stack, SfnStateMachine);
    expect([name, definition]).toEqual(["bys-dev-sfn-scaling", scalingMachine(props.services)]);
    expect(role_arn).toMatch(/^\$\{aws_iam_role\.pause_machine-role_\w+\.arn\}$/);
  });

  it("lets the machine see the deployments of these services, and register targets of ECS tasks", () => {
    const arn = "arn:aws:codedeploy:ap-northeast-2:558846431111:deploymentgroup:";
    expect(statement(stack, "FindDeployments")).toMatchObject({
      actions: ["codedeploy:ListDeployments"],
      resources: [`${arn}app-api/group-api`, `${arn}app-web/group-web`],
    });
    expect(statement(stack, "SuspendScaling")).toMatchObject({
      actions: ["application-autoscaling:RegisterScalableTarget"],
      resources: ["arn:aws:application-autoscaling:ap-northeast-2:558846431111:scalable-target/*"],
      condition: [
        { test: "StringEquals", variable: "application-autoscaling:service-namespace", values: ["ecs"] },
        {
          test: "StringEquals",
          variable: "application-autoscaling:scalable-dimension",
          values: ["ecs:service:DesiredCount"],
        },
      ],
    });
    expect(statement(stack, "StartStateMachine").resources).toEqual([
      "arn:aws:states:ap-northeast-2:558846431111:stateMachine:bys-dev-sfn-scaling",
    ]);
  });

  it.each([
    ["machine", "states", "arn:aws:states:ap-northeast-2:558846431111:stateMachine:bys-dev-sfn-scaling"],
    ["rule", "events", "arn:aws:events:ap-northeast-2:558846431111:rule/bys-dev-evb-scaling"],
  ])("gives the role of the %s to nothing else", (what, by, arn) => {
    expect(policies(stack)[`pause_${what}-role_trust`]).toMatchObject([
      {
        principals: [{ type: "Service", identifiers: [`${by}.amazonaws.com`] }],
        condition: [
          { variable: "aws:SourceAccount", values: ["558846431111"] },
          { test: "ArnEquals", variable: "aws:SourceArn", values: [arn] },
        ],
      },
    ]);
  });
});

describe("the state machine of scaling", () => {
  it("waits until CodeDeploy knows the new status", () => {
    expect(machine.States.Settle).toMatchObject({ Type: "Wait", Next: "Services" });
  });

  it("handles each service, by the names that CodeDeploy and Application Auto Scaling have for it", () => {
    expect(machine.States.Services.Items).toEqual([
      {
        application: "app-api",
        deploymentGroup: "group-api",
        resourceId: "service/bys-dev-ecs-main/svc-api",
      },
      {
        application: "app-web",
        deploymentGroup: "group-web",
        resourceId: "service/bys-dev-ecs-main/svc-web",
      },
    ]);
  });

  it("looks for deployments that have not ended", () => {
    expect(FindDeployments).toMatchObject({
      Resource: "arn:aws:states:::aws-sdk:codedeploy:listDeployments",
      Arguments: {
        ApplicationName: "{% $states.input.application %}",
        DeploymentGroupName: "{% $states.input.deploymentGroup %}",
        IncludeOnlyStatuses: ["Created", "Queued", "InProgress", "Baking", "Ready"],
      },
      Output: { suspended: "{% $exists($states.result.Deployments[0]) %}" },
      Next: "SetScaling",
    });
  });

  it("suspends every kind of scaling while there is one, and resumes it otherwise", () => {
    const suspended = "{% $states.input.suspended %}";
    expect(SetScaling).toMatchObject({
      Resource: "arn:aws:states:::aws-sdk:applicationautoscaling:registerScalableTarget",
      Arguments: {
        ServiceNamespace: "ecs",
        ScalableDimension: "ecs:service:DesiredCount",
        ResourceId: "{% $states.input.resourceId %}",
        SuspendedState: {
          DynamicScalingInSuspended: suspended,
          DynamicScalingOutSuspended: suspended,
          ScheduledScalingSuspended: suspended,
        },
      },
      End: true,
    });
    expect(SetScaling).not.toHaveProperty("Arguments.MinCapacity");
  });

  it.each([
    ["finds deployments", FindDeployments],
    ["sets scaling", SetScaling],
  ])("tries again before it fails: %s", (_, task) => {
    expect(task).toMatchObject({ Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 5 }] });
  });
});
