import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Aspects, S3Backend, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { assumedRoleArn, managedPolicyArn } from "../system/arns";
import { stateKey, systemRecord } from "../system/state";
import type { Account, System } from "../system/system";
import { PermissionsBoundary } from "./permissions-boundary";
import { NameTag } from "./resource-tags";

export interface AccountStackProps {
  readonly system: System;
  /** The account whose resources the stack holds. */
  readonly account: Account;
  /** Tags of every resource, in addition to the configuration's. */
  readonly tags: Readonly<Record<string, string>>;
}

/** How Terraform reaches an account. */
const accessTo = ({ id, assumeRole, profile }: Account) => ({
  profile,
  assumeRole: assumeRole === undefined ? undefined : { roleArn: assumedRoleArn(id, assumeRole) },
});

/**
 * A stack of one account. Its provider refuses any other account; its state is in the shared
 * account, with an output that says which system it is of.
 */
export class AccountStack extends TerraformStack {
  constructor(scope: Construct, id: string, { system, account, tags }: AccountStackProps) {
    super(scope, id);
    const { assumeRole, profile } = accessTo(account);

    new AwsProvider(this, "aws", {
      region: system.region,
      profile,
      assumeRole: assumeRole && [assumeRole],
      allowedAccountIds: [account.id],
      defaultTags: [{ tags: { ...system.tags, ...tags, ManagedBy: "codeseries" } }],
    });
    const backend = {
      bucket: system.stateBucket,
      key: stateKey(system, id),
      region: system.region,
      encrypt: true,
      // The lock is an object next to the state, without DynamoDB. cdktf's own type lacks the option.
      useLockfile: true,
      ...accessTo(system.shared),
    };
    new S3Backend(this, backend);
    new TerraformOutput(this, "system", { value: systemRecord(system, id), staticId: true });
    if (account.permissionsBoundary !== undefined)
      Aspects.of(this).add(
        new PermissionsBoundary(managedPolicyArn(account.id, account.permissionsBoundary)),
      );
    Aspects.of(this).add(new NameTag(system.organization));
  }
}
