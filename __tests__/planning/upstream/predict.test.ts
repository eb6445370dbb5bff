import { basisOf } from "../../../src/planning/basis";
import { outputsOf } from "../../../src/planning/plan-json";
import { reviewOverride } from "../../../src/planning/upstream/override";
import { predict } from "../../../src/planning/upstream/predict";
import { readsOf } from "../../../src/planning/upstream/reads";
import { stubState, typeOf } from "../../../src/planning/upstream/stub-state";
import { STUB } from "../../../src/review/plan/stub";
import type { Stacks } from "../../../src/synthesis/synthesized";
import { configFile, synthApp } from "../../support/synth-app";

const remote = (output: string) => `\${data.terraform_remote_state.dev-state.outputs.${output}}`;

const stacks: Stacks = {
  dev: {
    provider: { aws: [{ allowed_account_ids: ["111122223333"], region: "eu-west-1" }] },
    terraform: { backend: { s3: { key: "codeseries/dev.tfstate" } } },
    resource: {
      aws_iam_role: { deploy: { name: "deploy" } },
      aws_lb: { main: { name: "main" } },
      aws_kms_key: { data: {} },
    },
    output: {
      role: { value: "${aws_iam_role.deploy.arn}", sensitive: true },
      balancer: { value: "${aws_lb.main.arn}" },
      dns: { value: { url: "http://${aws_lb.main.dns_name}", port: 80 } },
      key: { value: "${aws_kms_key.data.arn}" },
      joined: { value: '${join(",", aws_lb.main.subnets)}' },
      unread: { value: "${aws_lb.main.arn}" },
    },
  },
  shared: {
    data: { terraform_remote_state: { "dev-state": { config: { key: "codeseries/dev.tfstate" } } } },
    resource: { terraform_data: { one: { input: [remote("role"), `trimprefix(${remote("role")}, "x")`] } } },
  },
};

describe("what a stack reads of another", () => {
  it("is each output once, of the stack whose state it is", () => {
    expect(readsOf(stacks, "shared")).toEqual([
      { upstream: "dev", dataSource: "dev-state", outputs: ["role"] },
    ]);
    expect(readsOf(stacks, "dev")).toEqual([]);
  });
});

describe("an output as it will be", () => {
  const late = "known-after-dev-is-applied";

  it.each([
    ["a name that we choose", "role", "arn:aws:iam::111122223333:role/deploy", false],
    ["an ARN that AWS chooses", "balancer", `arn:aws:lb:eu-west-1:111122223333:${late}/main`, true],
    ["a part of an object", "dns", { url: `http://${late}`, port: 80 }, true],
    ["a key, whose id AWS chooses", "key", `arn:aws:kms:eu-west-1:111122223333:${late}/data`, true],
    ["an expression", "joined", late, true],
  ])("is, without a plan, %s", (_, name, value, isLate) => {
    const predicted = predict(stacks, "dev", [name], {})[name];
    expect(predicted).toMatchObject({ value, isLate });
    expect(STUB.test(JSON.stringify(predicted))).toBe(isLate);
  });

  it("is what the stack's own plan knows, with its type", () => {
    const planned = outputsOf({
      planned_values: {
        outputs: { balancer: { value: "arn:real", type: "string" }, dns: { value: { port: 80 } } },
      },
      output_changes: { dns: { actions: ["create"], after_unknown: { url: true } } },
    });
    expect(predict(stacks, "dev", ["balancer"], planned).balancer).toEqual({
      ...{ isKnown: true, value: "arn:real", type: "string", sensitive: false, isLate: false },
    });
    expect(predict(stacks, "dev", ["dns"], planned).dns).toMatchObject({ isLate: true });
  });

  it("is known for everything that our own stacks read", () => {
    const all = synthApp(configFile("__tests__/fixtures/three-environments.yaml")) as unknown as Stacks;
    const reads = readsOf(all, "shared");
    expect(reads.map(({ upstream }) => upstream).sort()).toEqual(["dev", "prd", "stg"]);
    for (const { outputs, upstream } of reads) {
      expect(outputs.length).toBeGreaterThan(4);
      const late = Object.entries(predict(all, upstream, outputs, {})).filter(([, one]) => one.isLate);
      expect(late).toEqual([]);
    }
  });
});

describe("what a plan rests on", () => {
  const role = "arn:aws:iam::111122223333:role/deploy";
  const upstreams = (current: Record<string, { value: unknown }>, hasBucket = true) => ({
    hasBucket,
    planned: () => ({}),
    current: () => current,
  });

  it.each([
    ["the states, if what is read stays", { role: { value: role } }, true, "exact", []],
    ["its upstream's plan, if what is read changes", { role: { value: "old" } }, true, "predicted", ["dev"]],
    ["its upstream's plan, before that exists", {}, true, "predicted", ["dev"]],
    ["the bucket, too, before that exists", {}, false, "predicted", ["bootstrap", "dev"]],
  ] as const)("is %s", (_, current, hasBucket, kind, restsOn) => {
    expect(basisOf(stacks, "shared", upstreams(current, hasBucket))).toMatchObject({ kind, restsOn });
  });

  it("is a marker, if only the apply gives what is read", () => {
    const shared = { ...stacks.shared, output: { one: { value: remote("balancer") } } };
    expect(basisOf({ ...stacks, shared }, "shared", upstreams({ role: { value: role } }))).toMatchObject({
      kind: "stubbed",
      restsOn: ["dev"],
    });
  });
});

describe("a stub", () => {
  it("is a state of version 4 with types as Terraform writes them", () => {
    expect(typeOf({ a: "b", c: [1, true], d: null })).toEqual([
      "object",
      { a: "string", c: ["tuple", ["number", "bool"]], d: "dynamic" },
    ]);
    const state = stubState(predict(stacks, "dev", ["role"], {}));
    expect(state).toMatchObject({
      version: 4,
      resources: [],
      outputs: { role: { type: "string", sensitive: true } },
    });
  });

  it("is read in place of the state, and the backend only changes if there is no bucket", () => {
    const [reads] = readsOf(stacks, "shared");
    if (!reads) throw new Error("nothing is read");
    expect(reviewOverride(true, [reads])).toEqual({
      data: {
        terraform_remote_state: {
          "dev-state": { backend: "local", config: { path: "stubs/dev.tfstate" } },
        },
      },
    });
    expect(reviewOverride(false, [])).toEqual({
      terraform: { backend: { local: { path: "none.tfstate" } } },
    });
  });
});
