import { edit, shippedYaml } from "../support/faults";
import { statement, type Stack } from "../support/synth";
import { configOf, synthApp } from "../support/synth-app";

const DEV = "558846431111";
const KEY = `arn:aws:kms:ap-northeast-2:${DEV}:key/1234abcd-12ab`;
const SECRET = `arn:aws:secretsmanager:ap-northeast-2:${DEV}:secret:a-AbCdEf`;
const PARAMETER = `arn:aws:ssm:ap-northeast-2:${DEV}:parameter/orders/token`;
const BUILD_PARAMETER = "arn:aws:ssm:ap-northeast-2:202949997891:parameter/ci/npm";

const { dev, shared } = synthApp(
  configOf(
    edit(
      shippedYaml,
      [
        "port: 10012",
        `port: 10012\n    task: { secrets: { A: "${SECRET}:key::", B: /orders/token }, secretKeyArns: ["${KEY}"], sidecars: { o: { image: o:1, secrets: { C: /orders/token } } } }`,
      ],
      ["build: {", "build: { secrets: { NPM: /ci/npm },"],
    ),
  ),
) as Record<"dev" | "shared", Stack>;

const blocks = (stack: Stack, type: string) => Object.values(stack.resource?.[type] ?? {});

describe("secrets under a customer managed key", () => {
  it("are decrypted with the execution role, through Secrets Manager and SSM alone", () => {
    expect(statement(dev, "DecryptSecrets")).toEqual({
      sid: "DecryptSecrets",
      actions: ["kms:Decrypt"],
      resources: [KEY],
      condition: [
        {
          test: "StringEquals",
          variable: "kms:ViaService",
          values: ["secretsmanager.ap-northeast-2.amazonaws.com", "ssm.ap-northeast-2.amazonaws.com"],
        },
      ],
    });
  });

  it("need no such statement without a key", () => {
    const without = synthApp(
      configOf(edit(shippedYaml, ["port: 10012", `port: 10012\n    task: { secrets: { A: "${SECRET}" } }`])),
    );
    expect(JSON.stringify(without.dev)).not.toContain("DecryptSecrets");
  });
});

describe("a parameter by its name", () => {
  it("is one of the environment's account and region for every container of a task", () => {
    const [taskdef] = blocks(shared, "aws_s3_object").filter(({ key }) =>
      String(key).endsWith("taskdef.json"),
    );
    const { containerDefinitions } = JSON.parse(String(taskdef?.content)) as {
      containerDefinitions: { secrets?: { name: string; valueFrom: string }[] }[];
    };
    expect(containerDefinitions.map(({ secrets }) => secrets)).toEqual([
      [
        { name: "A", valueFrom: `${SECRET}:key::` },
        { name: "B", valueFrom: PARAMETER },
      ],
      [{ name: "C", valueFrom: PARAMETER }],
    ]);
    expect(statement(dev, "ReadParameters").resources).toEqual([PARAMETER]);
  });

  it("is one of the shared account for the build, which takes it by its name", () => {
    expect(statement(shared, "ReadParameters").resources).toEqual([BUILD_PARAMETER]);
    expect(JSON.stringify(blocks(shared, "aws_codebuild_project"))).toContain(
      '{"name":"NPM","type":"PARAMETER_STORE","value":"/ci/npm"}',
    );
  });
});

describe("the placeholder", () => {
  it("gets no secret", () => {
    const [first] = blocks(dev, "aws_ecs_task_definition");
    expect(String(first?.container_definitions)).not.toContain("secret");
    expect(String(first?.container_definitions)).not.toContain("parameter");
  });
});
