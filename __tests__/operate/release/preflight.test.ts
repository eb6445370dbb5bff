import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { taskDefinition } from "../../../src/delivery/task-definition";
import { imageWith } from "../../../src/operate/read/images";
import { preflightFaults } from "../../../src/operate/release/preflight";
import { taskDefinitionOf } from "../../../src/stacks/delivered";
import { deliveryWith } from "../../support/delivery";

const SECRET = "arn:aws:secretsmanager:eu-central-1:222222222222:secret:web-AbCdEf";
const PARAMETER = "arn:aws:ssm:eu-central-1:222222222222:parameter/web/mode";
const DIGEST = `sha256:${"a".repeat(64)}`;

const secrets = { TOKEN: `${SECRET}:token::`, MODE: PARAMETER };
const delivery = deliveryWith({ environments: { dev: { task: { secrets } } } });

/** A version that ran, as ECS describes it. */
function version(change: Partial<TaskDefinition> = {}): TaskDefinition {
  const { containerDefinitions, ...rest } = taskDefinition(
    taskDefinitionOf(delivery),
  ) as unknown as TaskDefinition;
  const [container = {}] = containerDefinitions ?? [];
  return {
    ...rest,
    status: "ACTIVE",
    taskDefinitionArn: "arn:aws:ecs:eu-central-1:222222222222:task-definition/web:7",
    containerDefinitions: [{ ...container, image: imageWith(delivery, DIGEST) }],
    ...change,
  };
}

const image = { imageDigest: DIGEST };
const revision = { containerName: "web", port: 8080 };
const faults = (change: Partial<Parameters<typeof preflightFaults>[1]>) =>
  preflightFaults(delivery, { image, revision, taskDefinition: version(), ...change });

describe("preflightFaults", () => {
  it("finds none in a version that fits, with a key of a secret", () => {
    expect(faults({})).toEqual([]);
  });

  const other = "arn:aws:iam::222222222222:role/other";
  const withSecret = (valueFrom: string) => {
    const [container = {}] = version().containerDefinitions ?? [];
    return version({ containerDefinitions: [{ ...container, secrets: [{ name: "OLD", valueFrom }] }] });
  };

  it.each<[string, Parameters<typeof faults>[0], RegExp]>([
    ["an inactive task definition", { taskDefinition: version({ status: "INACTIVE" }) }, /web:7 is INACTIVE/],
    [
      "an image that is gone",
      { image: undefined },
      /^ECR does not have the image .*@sha256:a+ in ecs\/dev-web/,
    ],
    [
      "another execution role",
      { taskDefinition: version({ executionRoleArn: other }) },
      /^the execution role was .*other, and is/,
    ],
    [
      "another task role",
      { taskDefinition: version({ taskRoleArn: other }) },
      /^the task role was .*other, and is/,
    ],
    [
      "another container",
      { revision: { containerName: "app", port: 8080 } },
      /sent requests to app:8080, and sends them to web:8080 now/,
    ],
    [
      "another port",
      { revision: { containerName: "web", port: 80 } },
      /sent requests to web:80, .* web:8080 now/,
    ],
    [
      "a secret of before",
      { taskDefinition: withSecret(`${SECRET}X:token::`) },
      /^its variable OLD comes from .*X:token::/,
    ],
    [
      "a parameter of before",
      { taskDefinition: withSecret(`${PARAMETER}/old`) },
      /^its variable OLD comes from /,
    ],
  ])("names %s", (_, change, text) => {
    expect(faults(change).some((fault) => text.test(fault))).toBe(true);
  });

  it("names a container that does not listen on the port", () => {
    const [container = {}] = version().containerDefinitions ?? [];
    const silent = version({ containerDefinitions: [{ ...container, portMappings: [] }] });
    expect(faults({ taskDefinition: silent })).toEqual(["its container web does not listen on port 8080"]);
  });
});
