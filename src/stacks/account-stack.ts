import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Aspects, S3Backend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Account, Config } from "../config/schema";
import { accountOf } from "../config/settings";
import { assumedRoleArn } from "../naming/arns";
import { stateKey } from "../naming/state";
import { NameTag } from "./resource-tags";

export interface AccountStackProps {
  readonly config: Config;
  /** The key in `accounts` of the account whose resources the stack holds. */
  readonly account: string;
  /** Tags of every resource, beside the configuration's own. */
  readonly tags: Readonly<Record<string, string>>;
}

/** How Terraform reaches an account. */
const accessTo = ({ id, assumeRole, profile }: Account) => ({
  profile,
  assumeRole: assumeRole === undefined ? undefined : { roleArn: assumedRoleArn(id, assumeRole) },
});

/** A stack of one account: its provider, which refuses any other account, and its state in the shared one. */
export class AccountStack extends TerraformStack {
  public readonly accountId: string;
  public readonly region: string;

  constructor(scope: Construct, id: string, { config, account, tags }: AccountStackProps) {
    super(scope, id);
    const own = accountOf(config, account);
    const { assumeRole, profile } = accessTo(own);
    this.accountId = own.id;
    this.region = config.region;

    new AwsProvider(this, "aws", {
      region: config.region,
      profile,
      assumeRole: assumeRole && [assumeRole],
      allowedAccountIds: [own.id],
      defaultTags: [{ tags: { ...config.tags, ...tags, ManagedBy: "codeseries" } }],
    });
    const backend = {
      bucket: config.state.bucket,
      key: stateKey(id),
      region: config.region,
      encrypt: true,
      // The lock lies beside the state: no DynamoDB. cdktf's own type does not know the option yet.
      useLockfile: true,
      ...accessTo(accountOf(config, "shared")),
    };
    new S3Backend(this, backend);
    Aspects.of(this).add(new NameTag(config.organization));
  }
}
