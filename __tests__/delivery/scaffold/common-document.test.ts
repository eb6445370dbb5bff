import { commonDocument } from "../../../src/delivery/scaffold/common-document";
import { jsonFile, yamlFile } from "../../../src/delivery/scaffold/placeholders";

/** One document for several environments, as a file. */
const DEV = {
  AWS_REGION: "eu-west-1",
  ACCOUNT_NO: "111111111111",
  ENVIRONMENT: "dev",
  APPLICATION_NAME: "shop",
  APPLICATION_PATH: "shop",
  APPLICATION_PORT: "80",
  APPLICATION_VERSION: "0.0.1",
};
const PRD = { ...DEV, ENVIRONMENT: "prd", ACCOUNT_NO: "222222222222" };
const common = (dev: unknown, prd?: unknown) =>
  commonDocument(
    [{ facts: DEV, content: dev }, ...(prd === undefined ? [] : [{ facts: PRD, content: prd }])],
    "TASK",
  );
const json = (dev: unknown, prd?: unknown) => {
  const { content, values } = common(dev, prd);
  return { text: jsonFile(content).replace(/\n */g, " ").trim(), values: Object.fromEntries(values) };
};

it("a name has the placeholders of the project's variables, also with one environment", () => {
  expect(
    json({ family: "acme-dev-td-shop", executionRoleArn: "arn:aws:iam::111111111111:role/dev-shop" }),
  ).toEqual({
    text: '{ "family": "acme-<ENVIRONMENT>-td-<APPLICATION_NAME>", "executionRoleArn": "arn:aws:iam::<ACCOUNT_NO>:role/<ENVIRONMENT>-<APPLICATION_NAME>" }',
    values: {},
  });
});

it("a placeholder stands for whole words only", () => {
  expect(json({ family: "devil-shopping-dev" }).text).toBe('{ "family": "devil-shopping-<ENVIRONMENT>" }');
});

it("an organization that is called like an environment stays a text", () => {
  expect(json({ family: "dev-dev-shop" }, { family: "dev-prd-shop" })).toEqual({
    text: '{ "family": <TASK_FAMILY> }',
    values: { TASK_FAMILY: ['"dev-dev-shop"', '"dev-prd-shop"'] },
  });
});

it("the service's port is a number of the project's variables", () => {
  expect(json({ containerPort: 80, cpu: 80 }).text).toBe(
    '{ "containerPort": <APPLICATION_PORT>, "cpu": 80 }',
  );
});

it("what a user wrote stays as it is if all environments have it", () => {
  const environment = [{ name: "STAGE", value: "dev" }];
  expect(json({ environment })).toEqual({
    text: '{ "environment": [ { "name": "STAGE", "value": "dev" } ] }',
    values: {},
  });
});

it("what differs has a placeholder of its own, with a value for each environment", () => {
  const variables = (level: string) => [
    { name: "LOG_LEVEL", value: level },
    { name: "MODE", value: "a" },
  ];
  expect(
    json({ cpu: "256", environment: variables("debug") }, { cpu: "512", environment: variables("info") }),
  ).toEqual({
    text: '{ "cpu": <TASK_CPU>, "environment": [ { "name": "LOG_LEVEL", "value": <TASK_LOG_LEVEL> }, { "name": "MODE", "value": "a" } ] }',
    values: { TASK_CPU: ['"256"', '"512"'], TASK_LOG_LEVEL: ['"debug"', '"info"'] },
  });
});

it("lists without a common element differ as a whole", () => {
  expect(json({ secrets: [{ name: "A" }] }, { secrets: [] }).values).toEqual({
    TASK_SECRETS: ['[{"name":"A"}]', "[]"],
  });
  const hooks = (event: string) => ({ Hooks: [{ [event]: "arn" }] });
  expect(json(hooks("AfterInstall"), hooks("BeforeInstall")).values).toEqual({
    TASK_HOOKS: ['[{"AfterInstall":"arn"}]', '[{"BeforeInstall":"arn"}]'],
  });
});

it("a container that an environment lacks comes first, and its line goes there", () => {
  const own = { name: "shop", image: "<IMAGE1_NAME>" };
  expect(
    json({ containerDefinitions: [own] }, { containerDefinitions: [own, { name: "otel-1", image: "a" }] }),
  ).toEqual({
    text: '{ "containerDefinitions": [ <TASK_OTEL_1>, { "name": "<APPLICATION_NAME>", "image": "<IMAGE1_NAME>" } ] }',
    values: { TASK_OTEL_1: ["", '{"name":"otel-1","image":"a"}'] },
  });
});

it("a key that an environment lacks comes first, and its line goes there", () => {
  expect(json({ name: "a" }, { name: "a", secrets: [1] })).toEqual({
    text: '{ "secrets": <TASK_SECRETS>, "name": "a" }',
    values: { TASK_SECRETS: ["", "[1]"] },
  });
});

it("two keys of the same name have two placeholders", () => {
  const pair = (one: number) => ({ a: { cpu: one }, b: { cpu: one + 1 } });
  expect(json(pair(1), pair(2)).values).toEqual({ TASK_CPU: ["1", "2"], TASK_CPU_2: ["2", "3"] });
});

it("no text but the image's looks like a placeholder", () => {
  const content = (value: string) => ({ image: "<IMAGE1_NAME>", value, other: "<APPLICATION_NAME>" });
  expect(json(content("<TASK_DEFINITION>"), content("<IMAGE1_NAME> "))).toEqual({
    text: '{ "image": "<IMAGE1_NAME>", "value": <TASK_VALUE>, "other": "\\u003cAPPLICATION_NAME>" }',
    values: { TASK_VALUE: ['"\\u003cTASK_DEFINITION>"', '"\\u003cIMAGE1_NAME> "'] },
  });
});

it("YAML has quotes around a text with a placeholder, but not around CodeDeploy's own", () => {
  const { content } = common({
    TaskDefinition: "<TASK_DEFINITION>",
    ContainerName: "shop",
    ContainerPort: 80,
  });
  expect(yamlFile(content)).toBe(
    'TaskDefinition: <TASK_DEFINITION>\nContainerName: "<APPLICATION_NAME>"\nContainerPort: <APPLICATION_PORT>\n',
  );
});
