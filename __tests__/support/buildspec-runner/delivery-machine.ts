import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { deliveryFiles } from "../../../src/delivery/files";
import { appSpecOf, placeholderValuesOf, taskDefinitionOf } from "../../../src/stacks/delivered";
import { registryHost } from "../../../src/system/arns";
import type { Delivery } from "../../../src/system/system";
import { COMMIT } from "./environment";
import { BuildMachine, type MachineAws } from "./build-machine";

/** What a delivery's project and pipeline give to a build; references to another stack, as AWS resolves them. */
export const variablesOf = (delivery: Delivery): Record<string, string> => ({
  ...delivery.settings.build.variables,
  ...placeholderValuesOf(delivery),
  EXPECTED_BRANCH: delivery.environment.branch,
  REGISTRY_URL: hostOf(delivery),
  ECR_REPOSITORY: delivery.names.containerRepository,
  PUSH_ROLE_ARN: delivery.arns.roles.push,
  DELIVERY_FILES: `s3://${delivery.names.artifactBucket}/delivery`,
  COMMIT_ID: COMMIT,
  BRANCH_NAME: delivery.environment.branch,
});

export const hostOf = ({ account, region }: Delivery) => registryHost({ accountId: account.id, region });

/** The roles of a delivery, as far as builds use them. */
export function awsOf({ account, arns, names, region, shared }: Delivery): MachineAws {
  const repository = `arn:aws:ecr:${region}:${account.id}:repository/${names.containerRepository}`;
  const session = (role: string, accountId: string, name: string) =>
    `arn:aws:sts::${accountId}:assumed-role/${role.split("/").at(-1) ?? ""}/${name}`;
  return {
    cliVersion: 2,
    callers: {
      BUILDKEY: {
        arn: session(arns.roles.build, shared.id, "AWSCodeBuild"),
        account: shared.id,
        allow: [
          `sts:AssumeRole ${arns.roles.push}`,
          `s3:GetObject arn:aws:s3:::${names.artifactBucket}/delivery/*`,
        ],
      },
      PUSHKEY: {
        arn: session(arns.roles.push, account.id, "push"),
        account: account.id,
        allow: ["ecr:GetAuthorizationToken", `ecr:DescribeImages ${repository}`],
      },
    },
    roles: { [arns.roles.push]: "PUSHKEY" },
  };
}

/** A machine for the builds of a delivery: its roles, its ECR repository and its delivery files. */
export function deliveryMachine(delivery: Delivery): BuildMachine {
  const machine = new BuildMachine(awsOf(delivery));
  machine.repository(hostOf(delivery), delivery.names.containerRepository);
  for (const { content, name } of deliveryFiles(taskDefinitionOf(delivery), appSpecOf(delivery))) {
    const file = machine.path("s3", delivery.names.artifactBucket, "delivery", name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return machine;
}
