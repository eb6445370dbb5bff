import { resolve, unescapeTemplate } from "../../src/synthesis/references";
import type { Stacks } from "../../src/synthesis/synthesized";
import { provableSystem } from "../support/proof";

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

  it.each(['${join(",", [for v in {a = 1} : v])}', "%{if true}x%{endif}"])(
    "names an expression, %s",
    (text) => {
      expect(() => resolve(stacks, "shared", text)).toThrow("stack shared: cannot resolve ");
    },
  );
});

describe("unescapeTemplate", () => {
  it("gives a text as AWS gets it", () => {
    expect(unescapeTemplate("$${not.terraform} %%{if}")).toBe("${not.terraform} %{if}");
  });
});

describe.each(["codeseries.yaml", "__tests__/fixtures/three-environments.yaml"])(
  "the policies of %s",
  (file) => {
    const { policies, system } = provableSystem(file);

    it("contain no reference", () => {
      expect(JSON.stringify(policies)).not.toContain("${");
    });

    it("are of every role, bucket, key and repository, the state bucket too", () => {
      const deliveries = system.environments.length * system.services.length;
      // A topic that is made here has a key, too.
      const topics = system.environments.filter(({ notifications = {} }) => "email" in notifications);
      expect(policies.keys).toHaveLength(system.services.length + topics.length);
      expect(policies.repositories).toHaveLength(deliveries);
      expect(policies.buckets.map(({ arn }) => arn)).toContain(`arn:aws:s3:::${system.stateBucket}`);
      expect(new Set(policies.roles.map(({ arn }) => arn)).size).toBe(policies.roles.length);
      expect(policies.roles.length).toBeGreaterThanOrEqual(7 * deliveries);
    });
  },
);
