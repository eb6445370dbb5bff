import { policies } from "../support/synth";
import { configFile, synthApp } from "../support/synth-app";

/** What Terraform knows before the resource exists: a name that the configuration chose. */
const NAME = /^\$\{aws_\w+\.[\w-]+\.(name|repository_name|deployment_group_name|deployment_config_name)\}$/;
const KEY = /^\$\{aws_kms_key\.[\w-]+\.arn\}$/;
const OTHER_STACK = /^\$\{data\.terraform_remote_state\.[\w-]+\.outputs\.[\w-]+\}$/;

describe.each(["codeseries.yaml", "__tests__/fixtures/three-environments.yaml"])(
  "the policies of %s",
  (file) => {
    const stacks = Object.entries(synthApp(configFile(file)));
    const statements = stacks.flatMap(([, stack]) => Object.values(policies(stack)).flat());

    it("are JSON in the resources that have them, not data sources, which make a plan noisy", () => {
      expect(statements.length).toBeGreaterThanOrEqual(57);
      for (const [, { data }] of stacks) expect(data ?? {}).not.toHaveProperty("aws_iam_policy_document");
    });

    it("are readable in a first plan: only the key's ARN is unknown before the resources exist", () => {
      const references = JSON.stringify(statements).match(/\$\{[^}]*\}/g) ?? [];
      expect(references).toContainEqual(expect.stringMatching(KEY));
      const unexpected = references.filter((one) => ![NAME, KEY, OTHER_STACK].some((form) => form.test(one)));
      expect(unexpected).toEqual([]);
    });
  },
);
