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
  healthCheck: {
    path: "/iam/actuator/health",
    codes: "200",
    intervalSeconds: 15,
    timeoutSeconds: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 3,
  },
  stickinessSeconds: 0,
  drainSeconds: 60,
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

  it("checks the traffic port, as often and as long as it is told", () => {
    expect(blue?.health_check).toEqual({
      path: "/iam/actuator/health",
      matcher: "200",
      interval: 15,
      timeout: 5,
      healthy_threshold: 2,
      unhealthy_threshold: 3,
    });
  });

  it("checks another port, and takes other codes", () => {
    const healthCheck = { ...props.healthCheck, path: "/x/?a=b", codes: "200-399", port: 9000 };
    expect(all(build({ healthCheck }), LbTargetGroup)[1]?.health_check).toMatchObject({
      path: "/x/?a=b",
      matcher: "200-399",
      port: "9000",
    });
  });

  it("gives running requests the time that it is told when a task leaves", () => {
    expect(blue?.deregistration_delay).toBe("60");
    expect(all(build({ drainSeconds: 0 }), LbTargetGroup)[0]?.deregistration_delay).toBe("0");
  });

  it("turns the cookie on and off", () => {
    expect(blue?.stickiness).toEqual({ type: "lb_cookie", enabled: false });
    expect(all(build({ stickinessSeconds: 3600 }), LbTargetGroup)[0]?.stickiness).toEqual({
      type: "lb_cookie",
      enabled: true,
      cookie_duration: 3600,
    });
  });

  it("ignores what would replace a group in use: a new port, or another name", () => {
    expect(blue?.lifecycle).toEqual({ ignore_changes: ["port", "name"] });
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
