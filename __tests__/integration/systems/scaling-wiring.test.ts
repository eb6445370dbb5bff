import { scaledIn } from "../../../src/system/system";
import { systems, theOne } from "../../support/wired-systems";

const environments = systems.flatMap(({ resources, system, title }) =>
  system.environments.map((environment) => ({
    title: `${title}: ${environment.name}`,
    environment,
    resources,
    scaled: scaledIn(system.deliveries, environment),
  })),
);

describe.each(environments)("scaling in $title", ({ environment, resources, scaled }) => {
  const { account, arns, names } = environment;
  const one = (type: string, by: string, value: string) =>
    theOne(resources, account.id, type, by, value).block;

  it("is suspended for the services that have it, by one machine and one rule, or by none", () => {
    const machines = resources.filter(
      ({ block, type }) => type === "aws_sfn_state_machine" && block.name === names.scalingMachine,
    );
    expect(machines).toHaveLength(scaled.length > 0 ? 1 : 0);
    if (scaled.length === 0) return;

    const machine = one("aws_sfn_state_machine", "name", names.scalingMachine);
    expect(machine.role_arn).toBe(arns.scalingMachineRole);
    const { States } = JSON.parse(String(machine.definition)) as {
      States: { Services: { Items: object[] } };
    };
    expect(States.Services.Items).toEqual(
      scaled.map((delivery) => ({
        application: delivery.names.codeDeployApplication,
        deploymentGroup: delivery.names.deploymentGroup,
        resourceId: `service/${delivery.names.cluster}/${delivery.names.service}`,
      })),
    );

    const rule = one("aws_cloudwatch_event_rule", "name", names.scalingRule);
    expect(JSON.parse(String(rule.event_pattern))).toMatchObject({
      detail: { application: scaled.map((delivery) => delivery.names.codeDeployApplication) },
    });
    expect(one("aws_cloudwatch_event_target", "rule", names.scalingRule)).toMatchObject({
      arn: arns.scalingMachine,
      role_arn: arns.scalingRuleRole,
    });
  });

  it("has the targets that the machine registers", () => {
    for (const delivery of scaled)
      expect(
        one(
          "aws_appautoscaling_target",
          "resource_id",
          `service/${delivery.names.cluster}/${delivery.names.service}`,
        ),
      ).toMatchObject({ service_namespace: "ecs", scalable_dimension: "ecs:service:DesiredCount" });
  });
});
