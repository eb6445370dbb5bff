import { CodecommitRepository } from "@cdktf/provider-aws/lib/codecommit-repository";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { edit, shippedYaml } from "../support/faults";
import { all, theOnly, type Stack } from "../support/synth";
import { configOf, synthApp } from "../support/synth-app";

const more = (name: string, repository: string) =>
  `  ${name}:\n    port: 8080\n    path: /${name}\n    healthCheckPath: /health\n    source: { repository: ${repository} }\n`;

interface Change {
  readonly from: string;
  readonly to?: string;
}
type WithChanges = Stack & { readonly moved?: readonly Change[]; readonly removed?: readonly Change[] };

const sharedOf = (yaml: string) => synthApp(configOf(yaml)).shared as WithChanges;
const alone = sharedOf(shippedYaml);
const joined = sharedOf(`${shippedYaml}${more("two", "awssdk-iam")}`);
const left = sharedOf(edit(shippedYaml, ["  awssdk-iam:", "  two:"], ["source: {", "source: {"]));

const addressesIn = ({ resource = {} }: Stack) =>
  ["aws_codecommit_repository", "aws_iam_policy"].flatMap((type) =>
    Object.keys(resource[type] ?? {})
      .filter((id) => !id.startsWith("operators_"))
      .map((id) => `${type}.${id}`),
  );

describe("the repository of one service", () => {
  it("has the address that it had in the first version", () => {
    expect(addressesIn(alone)).toEqual([
      "aws_codecommit_repository.services_awssdk-iam_delivery_source_repository_EAB1AF17",
      "aws_iam_policy.services_awssdk-iam_delivery_source_developers_E305D0FD",
    ]);
  });

  it("is moved there from the place that it had with other services", () => {
    expect(alone.moved?.map(({ from }) => from)).toEqual(addressesIn(joined));
    expect(alone.moved?.map(({ to }) => to)).toEqual(addressesIn(alone));
    expect(alone.removed).toBeUndefined();
  });
});

describe("the repository of several services", () => {
  it("is made once, with one policy for developers, and starts a pipeline for each", () => {
    expect(theOnly(joined, CodecommitRepository)).toMatchObject({
      repository_name: "awssdk-iam",
      description: "Source of several services",
    });
    const developers = all(joined, IamPolicy).filter(({ name }) => String(name).endsWith("-developers"));
    expect(developers.map(({ name }) => name)).toEqual(["bys-shared-iam-awssdk-iam-developers"]);
    expect(all(joined, Codepipeline)).toHaveLength(2);
    expect(all(joined, CloudwatchEventRule)).toHaveLength(2);
    expect(Object.keys(joined.output?.clone_urls?.value as object)).toEqual(["awssdk-iam", "two"]);
    expect(Object.keys(joined.output?.developer_policy_arns?.value as object)).toEqual(["awssdk-iam", "two"]);
  });

  it("is moved from the first service, and never destroyed for another that has it in the state", () => {
    expect(joined.moved).toEqual(
      addressesIn(alone).map((from, index) => ({ from, to: addressesIn(joined)[index] })),
    );
    expect(joined.removed).toEqual(
      addressesIn(left).map((from) => ({ from, lifecycle: { destroy: false } })),
    );
  });

  it("is protected if one of the services is delivered to a protected environment", () => {
    const protectedToo = sharedOf(
      edit(`${shippedYaml}${more("two", "awssdk-iam")}`, ["protect: false", "protect: true"]),
    );
    expect(theOnly(protectedToo, CodecommitRepository).lifecycle).toEqual({ prevent_destroy: true });
  });
});
