import type { Config } from "../../config/schema";
import { bucketArn } from "../../naming/arns";
import { arnsOf, environmentsOf } from "../chain/environment";
import type { Parties } from "../parties";
import type { Resource } from "./resources";
import type { WiringFault } from "./wiring-fault";

/** Something that only its own delivery may use, and the texts that mean it. */
export interface Identity {
  readonly arn: string;
  /** Of an argument and its value, `service_role=arn:…`. */
  readonly pattern: RegExp;
}

/** Every role, bucket and key of a system, and what its deliveries are started by and run. */
export function identitiesOf(config: Config, deliveries: readonly Parties[]): Identity[] {
  const environments = environmentsOf(config);
  const logs = environments.flatMap(({ accessLogsBucket }) => accessLogsBucket ?? []);
  const identities = [
    ...deliveries.flatMap(identitiesOfDelivery),
    ...environments.map((environment) => role(arnsOf(environment).role)),
    ...[config.state.bucket, ...logs].map(bucket),
    UNREAD,
  ];
  return [...new Map(identities.map((one) => [one.arn, one])).values()];
}

const identitiesOfDelivery = (parties: Parties): Identity[] => [
  ...Object.values(parties.roles).map(role),
  bucket(parties.names.artifactBucket),
  identity(parties.key, text(lastPart(parties.key)), text(parties.keyAlias)),
  identity(parties.pipeline),
  identity(parties.project, `^ProjectName=${text(parties.names.buildProject)}`),
  identity(parties.taskDefinition.replace(/:\d+$/, ""), `^task_definition=${text(parties.names.taskFamily)}`),
];

/** Each thing that a resource uses, once, at the first place. */
export function usesOf(identities: readonly Identity[], resources: readonly Resource[]): WiringFault[] {
  return resources.flatMap(({ account, block, id, stack, type }) => {
    const leaves = leavesOf(block);
    return identities.flatMap(({ arn, pattern }) => {
      const use = leaves.find(({ key, value }) => pattern.test(`${key}=${value}`));
      return use ? [{ account, stack, type, name: id, path: use.path.join("."), got: arn }] : [];
    });
  });
}

/** What may not follow a name, or it is another's. */
const END = "(?![\\w+=,.@-])";
const text = (value: string) => value.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&") + END;
const identity = (arn: string, ...others: readonly string[]): Identity => ({
  arn,
  pattern: new RegExp([text(arn), ...others].join("|")),
});

const lastPart = (arn: string) => arn.slice(arn.lastIndexOf("/") + 1);

/** A name by itself may be any word, so it counts only where an argument asks for one. */
const role = (arn: string) => identity(arn, `^\\w*role\\w*=${text(lastPart(arn))}$`);
const bucket = (name: string) => identity(bucketArn(name), `^(\\w*bucket\\w*|location)=${text(name)}`);

/** A reference to one of them that is still there, as it is inside an expression that is not understood. */
const UNREAD: Identity = {
  arn: "what cannot be resolved",
  pattern: /\b(aws_(iam_role|kms_key|kms_alias|s3_bucket)|terraform_remote_state)\.[\w-]/,
};

interface Leaf {
  readonly path: readonly string[];
  /** The last that is no index. */
  readonly key: string;
  readonly value: string;
}

function leavesOf(value: unknown, path: readonly string[] = [], key = ""): Leaf[] {
  if (typeof value === "string") return [{ path, key, value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([next, one]) =>
    leavesOf(one, [...path, next], Array.isArray(value) ? key : next),
  );
}
