import { CodePipelineClient, DeletePipelineCommand } from "@aws-sdk/client-codepipeline";
import { DeleteServiceCommand, ECSClient } from "@aws-sdk/client-ecs";
import {
  DeleteLoadBalancerCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsProxy } from "../support/aws-proxy/proxy";
import { DeliveredSystem } from "../support/delivered/system";

const system = new DeliveredSystem();
beforeAll(() => system.start(1));
afterAll(() => system.stop());

const DEV = ["service-0", "dev"];

/** Runs a command, which must not show a stack trace. */
async function run(command: string, place: readonly string[], config?: string) {
  const { code, err, out } = await system.codeseries([command, ...place], undefined, config);
  expect(out + err).not.toMatch(/^ +at /m);
  return { code, err, out };
}

const text = (pattern: RegExp) => expect.stringMatching(pattern) as string;

describe("commands on a system that is not as it should be", () => {
  it("try again when AWS throttles them", async () => {
    let throttled = 0;
    const proxy = new AwsProxy(system.endpoint, ({ action }) => {
      if (action !== "codedeploy:ListDeployments" || throttled === 2) return undefined;
      throttled += 1;
      return { code: "ThrottlingException", message: "Rate exceeded" };
    });
    const { code, err } = await system.codeseries(["status", ...DEV], await proxy.start());
    await proxy.stop();
    expect({ code, err, throttled }).toEqual({ code: 0, err: "", throttled: 2 });
    expect(proxy.requests.filter(({ action }) => action === "codedeploy:ListDeployments")).toHaveLength(3);
  });

  it("say so when AWS goes on throttling them", async () => {
    const proxy = new AwsProxy(system.endpoint, ({ action }) =>
      action === "codedeploy:ListDeployments"
        ? { code: "ThrottlingException", message: "Rate exceeded" }
        : undefined,
    );
    const { code, err } = await system.codeseries(["status", ...DEV], await proxy.start());
    await proxy.stop();
    expect({ code, err }).toEqual({
      code: 1,
      err: text(
        /^accounts\.dev \(222222222222\): AWS refused ListDeployments because of too many requests, .*: Rate exceeded/,
      ),
    });
    expect(proxy.requests.filter(({ action }) => action === "codedeploy:ListDeployments")).toHaveLength(8);
  });

  it.each([
    ["service", ["service-9"], /^service: expected one of service-0, got "service-9"/],
    [
      "environment",
      ["service-0", "qa"],
      /^environment of service-0: expected one of dev, stg, prd, got "qa"/,
    ],
  ])("refuse an unknown %s", async (_, place, message) => {
    for (const command of ["status", "rollback"])
      expect(await run(command, place)).toMatchObject({ code: 2, err: text(message) });
  });

  it("refuse the credentials of another account", async () => {
    for (const command of ["status", "why"])
      expect(await run(command, DEV, "own-credentials")).toMatchObject({
        code: 1,
        err: text(
          /^accounts\.(shared|dev): expected credentials of account \d{12}, got arn:aws:\S+:123456789012:/m,
        ),
      });
  });

  it("say that a region does not have the system", async () => {
    const [status, why, rollback] = await Promise.all(
      ["status", "why", "rollback"].map((one) => run(one, DEV, "other-region")),
    );
    expect(status).toMatchObject({
      code: 0,
      out: text(/! service-0 dev: AWS does not have the ECS service acme-dev-svc-service-0, the pipeline/),
    });
    expect(why).toMatchObject({
      code: 1,
      err: text(/^account 111111111111 has no pipeline acme-shared-cdpl-service-0-dev in eu-north-1$/m),
    });
    expect(rollback).toMatchObject({
      code: 1,
      err: text(
        /^service-0 dev: account 222222222222 has no ECS service acme-dev-svc-service-0 in eu-north-1$/m,
      ),
    });
  });

  it("say what a half-deleted system lacks", async () => {
    const ecs = system.aws.client(ECSClient, "222222222222");
    const cluster = "acme-dev-ecs-main";
    await ecs.send(new DeleteServiceCommand({ cluster, service: "acme-dev-svc-service-0", force: true }));
    const [status, why, rollback] = await Promise.all(
      ["status", "why", "rollback"].map((one) => run(one, DEV)),
    );
    const missing = "AWS does not have the ECS service acme-dev-svc-service-0: deploy the stacks";
    expect(status).toMatchObject({ code: 0, out: text(new RegExp(`^! service-0 dev: ${missing}$`, "m")) });
    expect(why).toMatchObject({
      code: 0,
      out: text(/goes to acme-dev-tg-service-0-blue, which has no task set$/m),
    });
    expect(rollback).toMatchObject({ code: 1, err: text(/has no ECS service acme-dev-svc-service-0 in /) });
    const name = "acme-shared-cdpl-service-0-dev";
    await system.aws.client(CodePipelineClient, "111111111111").send(new DeletePipelineCommand({ name }));
    expect(await run("why", DEV)).toMatchObject({ code: 1, err: text(/has no pipeline acme-shared-cdpl/) });
    const elb = system.aws.client(ElasticLoadBalancingV2Client, "222222222222");
    const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
    for (const { LoadBalancerArn } of LoadBalancers)
      await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
    expect(await run("status", DEV)).toMatchObject({
      code: 0,
      out: text(
        /the pipeline acme-shared-cdpl-service-0-dev, the target group blue, the target group green: /,
      ),
    });
  });
});
