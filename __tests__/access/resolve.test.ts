import { resolve, resolveKnown } from "../../src/access/evidence/resolve";
import type { Stacks } from "../../src/access/evidence/synthesis";
import { systemOf } from "../support/evidence";

const place = (accountId: string) => ({
  provider: { aws: [{ allowed_account_ids: [accountId], region: "ap-northeast-2" }] },
});

const stacks: Stacks = {
  dev: {
    ...place("558846431111"),
    terraform: { backend: { s3: { key: "codeseries/dev.tfstate" } } },
    resource: {
      aws_iam_role: { push: { name: "bys-dev-iam-deploy-role" } },
      aws_ecr_repository: { images: { name: "ecs/dev-awssdk-iam" } },
    },
    output: {
      push_role: { value: "${aws_iam_role.push.arn}" },
      images: { value: "${aws_ecr_repository.images.repository_url}" },
    },
  },
  shared: {
    ...place("202949997891"),
    data: {
      terraform_remote_state: { environment: { config: { key: "codeseries/dev.tfstate" } } },
    },
    resource: {
      aws_iam_role: { build: { name: "bys-shared-iam-cdb-role", path: "/service-role/" } },
      aws_kms_key: { one: {}, other: {} },
    },
  },
};

describe("resolve", () => {
  it.each([
    [
      "a role, by its path",
      "${aws_iam_role.build.arn}",
      "arn:aws:iam::202949997891:role/service-role/bys-shared-iam-cdb-role",
    ],
    ["a name inside a text", "to ${aws_iam_role.build.name}!", "to bys-shared-iam-cdb-role!"],
    [
      "an output of another stack",
      "${data.terraform_remote_state.environment.outputs.push_role}",
      "arn:aws:iam::558846431111:role/bys-dev-iam-deploy-role",
    ],
    [
      "a text without its prefix",
      '${trimprefix(data.terraform_remote_state.environment.outputs.images, "558846431111.dkr.ecr.ap-northeast-2.amazonaws.com/")}',
      "ecs/dev-awssdk-iam",
    ],
    ["what is no reference to Terraform", "$${not.terraform}", "$${not.terraform}"],
  ])("gives %s", (_, value, resolved) => {
    expect(resolve(stacks, "shared", value)).toBe(resolved);
  });

  it("gives a policy, with every reference in its JSON", () => {
    const policy = JSON.stringify({
      Statement: [{ Resource: "${data.terraform_remote_state.environment.outputs.push_role}" }],
    });
    expect(JSON.parse(resolve(stacks, "shared", policy))).toEqual({
      Statement: [{ Resource: "arn:aws:iam::558846431111:role/bys-dev-iam-deploy-role" }],
    });
  });

  it("resolves every text of a value, and leaves the rest", () => {
    const value = { list: ["${aws_iam_role.build.name}", 1], nested: { flag: true, none: null } };
    expect(resolve(stacks, "shared", value)).toEqual({
      list: ["bys-shared-iam-cdb-role", 1],
      nested: { flag: true, none: null },
    });
  });

  it("gives each key an id of its own, of AWS's form, and the same every time", () => {
    const arns = ["one", "other"].map((id) => resolve(stacks, "shared", `\${aws_kms_key.${id}.arn}`));
    expect(new Set(arns).size).toBe(2);
    for (const arn of arns)
      expect(arn).toMatch(
        /^arn:aws:kms:ap-northeast-2:202949997891:key\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      );
    expect(resolve(stacks, "shared", "${aws_kms_key.one.arn}")).toBe(arns[0]);
  });

  it.each([
    ["a resource that is not there", "${aws_iam_role.none.arn}"],
    ["an attribute that nobody knows", "${aws_iam_role.build.unique_id}"],
    ["an output that is not there", "${data.terraform_remote_state.environment.outputs.none}"],
    ["a state that no stack has", "${data.terraform_remote_state.none.outputs.push_role}"],
    ["a function", "${upper(aws_iam_role.build.name)}"],
    ["a data source of AWS", "${data.aws_caller_identity.me.account_id}"],
  ])("names %s, with the stack", (_, reference) => {
    expect(() => resolve(stacks, "shared", reference)).toThrow(`stack shared: cannot resolve ${reference}`);
  });
});

describe("resolveKnown", () => {
  it.each([
    ["a name for a reference", "to ${aws_iam_role.build.name}!", "to bys-shared-iam-cdb-role!"],
    ["a reference that leads nowhere as it stands", "${aws_lb.any.arn_suffix}", "${aws_lb.any.arn_suffix}"],
    [
      "the references inside an expression",
      "${upper(aws_iam_role.build.name)}",
      "${upper(bys-shared-iam-cdb-role)}",
    ],
    [
      "an output inside a template",
      "%{if true}${data.terraform_remote_state.environment.outputs.push_role}",
      "%{if true}arn:aws:iam::558846431111:role/bys-dev-iam-deploy-role",
    ],
    ["what is escaped, as AWS gets it", "$${not.terraform} %%{if}", "${not.terraform} %{if}"],
  ])("gives %s", (_, value, known) => {
    expect(resolveKnown(stacks, "shared", value)).toBe(known);
  });
});

describe.each(["codeseries.yaml", "__tests__/fixtures/three-environments.yaml"])(
  "the documents of %s",
  (file) => {
    const { config, evidence } = systemOf(file);

    it("hold no reference", () => {
      expect(JSON.stringify(evidence)).not.toContain("${");
    });

    it("are of every role, bucket, key and repository, the state bucket too", () => {
      const deliveries = Object.keys(config.environments).length * Object.keys(config.services).length;
      expect(evidence.keys).toHaveLength(Object.keys(config.services).length);
      expect(evidence.repositories).toHaveLength(deliveries);
      expect(evidence.buckets.map(({ arn }) => arn)).toContain(`arn:aws:s3:::${config.state.bucket}`);
      expect(new Set(evidence.roles.map(({ arn }) => arn)).size).toBe(evidence.roles.length);
      expect(evidence.roles.length).toBeGreaterThanOrEqual(7 * deliveries);
    });
  },
);
