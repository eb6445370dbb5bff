import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { TerraformOutput } from "cdktf";
import {
  BlueGreenTargetGroups,
  type BlueGreenTargetGroupsProps,
} from "../../../src/constructs/ingress/blue-green-target-groups";
import { all, synth } from "../../support/synth";

const props: BlueGreenTargetGroupsProps = {
  names: { blue: "bys-dev-tg-awssdk-iam-blue", green: "bys-dev-tg-awssdk-iam-green" },
  vpcId: "vpc-0a1b2c3d4e5f60718",
  port: 10012,
  healthCheckPath: "/iam/actuator/health",
};

const build = (overrides: Partial<BlueGreenTargetGroupsProps> = {}) =>
  synth((scope) => {
    const { blue, green } = new BlueGreenTargetGroups(scope, "groups", { ...props, ...overrides });
    const value = [blue, green].flatMap(({ name, arn, arnSuffix }) => [name, arn, arnSuffix]);
    new TerraformOutput(scope, "handed-on", { value, staticId: true });
  });

const stack = build();
const [blue, green] = all(stack, LbTargetGroup);

describe("BlueGreenTargetGroups", () => {
  it("makes two groups that differ in nothing but their names", () => {
    expect(all(stack, LbTargetGroup)).toHaveLength(2);
    expect(blue?.name).toBe("bys-dev-tg-awssdk-iam-blue");
    expect(green).toEqual({ ...blue, name: "bys-dev-tg-awssdk-iam-green" });
  });

  it("reaches tasks by address, as awsvpc needs it", () => {
    expect(blue).toMatchObject({ target_type: "ip", vpc_id: "vpc-0a1b2c3d4e5f60718" });
  });

  it("speaks HTTP to the port of the service", () => {
    expect(blue).toMatchObject({ protocol: "HTTP", port: 10012 });
    expect(all(build({ port: 8080 }), LbTargetGroup).map(({ port }) => port)).toEqual([8080, 8080]);
  });

  it("asks for the health check path, and takes nothing but a 200", () => {
    expect(blue?.health_check).toMatchObject({ path: "/iam/actuator/health", matcher: "200" });
  });

  it("finds a task healthy within 30 seconds, and unhealthy within 45", () => {
    expect(blue?.health_check).toMatchObject({ interval: 15, healthy_threshold: 2, unhealthy_threshold: 3 });
  });

  it("waits for an answer less long than until the next check", () => {
    expect(blue?.health_check).toMatchObject({ timeout: 5, interval: 15 });
  });

  it("gives running requests 60 seconds when a task leaves", () => {
    expect(blue?.deregistration_delay).toBe("60");
  });

  it("hands on each color's name, ARN and CloudWatch dimension, unconfused", () => {
    expect(stack.output?.["handed-on"]?.value).toEqual([
      expect.stringMatching(/^\$\{aws_lb_target_group\.groups_blue_\w+\.name\}$/),
      expect.stringMatching(/^\$\{aws_lb_target_group\.groups_blue_\w+\.arn\}$/),
      expect.stringMatching(/^\$\{aws_lb_target_group\.groups_blue_\w+\.arn_suffix\}$/),
      expect.stringMatching(/^\$\{aws_lb_target_group\.groups_green_\w+\.name\}$/),
      expect.stringMatching(/^\$\{aws_lb_target_group\.groups_green_\w+\.arn\}$/),
      expect.stringMatching(/^\$\{aws_lb_target_group\.groups_green_\w+\.arn_suffix\}$/),
    ]);
  });
});
