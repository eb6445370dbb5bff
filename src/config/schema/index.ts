import { z } from "zod";
import { policyReference, roleReference } from "./arns";
import { buildVpc } from "./build-vpc";
import { environment } from "./environment";
import { names } from "./names";
import { section } from "./section";
import { service } from "./service";
import { tags } from "./tags";
import { accountId, mappingOf, region, s3Bucket, text } from "./values";

/** The stack whose bucket holds the states of all stacks. */
export const BOOTSTRAP = "bootstrap";

/** Stacks that every system has. No environment can have their names. */
export const RESERVED_STACKS = [BOOTSTRAP, "shared"] as const;

/** Top-level keys with this beginning hold YAML anchors and are ignored. */
export const ANCHORS_PREFIX = "x-";

/** First words of security group, load balancer and bucket names that AWS reserves. */
const RESERVED_FIRST_WORDS = ["sg", "internal", "sthree", "amzn-s3-demo"];

const organization = text(
  new RegExp(`^(?!(${RESERVED_FIRST_WORDS.join("|")})(-|$))[a-z][a-z0-9]*(-[a-z0-9]+)*$`),
  `an organization of lower-case letters, digits and single hyphens, a letter first, not starting with ${RESERVED_FIRST_WORDS.join(", ")}, which AWS reserves at the start of names`,
);

const profile = text(/^[\w.@+-]{1,128}$/, "the name of an AWS profile");

const operate = section(
  {
    assumeRole: roleReference.optional().describe("The role that these commands assume in this account."),
    profile: profile.optional(),
  },
  "How commands for a running system reach the account. Default: as Terraform does.",
);

const account = section({
  id: accountId,
  assumeRole: roleReference.optional().describe("The role that Terraform assumes in this account."),
  profile: profile.optional(),
  permissionsBoundary: policyReference
    .optional()
    .describe(
      "A managed policy, by name or ARN, that is the permissions boundary of every role in the account.",
    ),
  operate: operate.optional(),
  vpc: buildVpc.optional(),
}).refine(
  ({ id, permissionsBoundary = "" }) =>
    !permissionsBoundary.startsWith("arn:") ||
    [id, "aws"].some((owner) => permissionsBoundary.startsWith(`arn:aws:iam::${owner}:`)),
  { path: ["permissionsBoundary"], error: "a policy of the account itself, or of AWS" },
);

const statePrefix = text(
  /^(?=.{1,256}$)(?!\.{1,2}(\/|$))[\w.-]+(\/(?!\.{1,2}(\/|$))[\w.-]+)*$/,
  "the beginning of an object's key such as codeseries/acme: at most 256 letters, digits or ._-, in parts joined by single slashes",
);

const accountName = text(
  /^[a-z][a-z0-9-]{0,31}$/,
  "an account name of at most 32 lower-case letters, digits or hyphens, a letter first",
);

const environmentName = text(
  new RegExp(`^(?!(${RESERVED_STACKS.join("|")})$)[a-z][a-z0-9]{0,15}$`),
  `an environment name of at most 16 lower-case letters or digits, a letter first, other than ${RESERVED_STACKS.join(", ")}`,
);

const serviceName = text(
  /^(?!xray-daemon$)(?=.{1,63}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
  "a service name of lower-case letters, digits and single hyphens, a letter first, other than xray-daemon",
);

/** A mapping with at least one entry. */
function entries<Key extends z.core.$ZodRecordKey, Value extends z.ZodType>(
  key: Key,
  value: Value,
  kind: string,
) {
  return z
    .record(key, value, mappingOf(kind))
    .refine((map) => Object.keys(map).length > 0, `at least one of the ${kind}`);
}

/** The configuration: the one source of its types, defaults, limits and JSON Schema. */
export const schema = section({
  organization: organization.describe("The first part of every physical name."),
  region,
  tags: tags
    .default({})
    .describe("On every resource, in addition to Name, Environment, Service and ManagedBy."),
  state: section({
    bucket: s3Bucket.describe("The S3 bucket of the Terraform state, in the shared account."),
    prefix: statePrefix
      .optional()
      .describe(
        "The beginning of every state's key, <prefix>/<stack>.tfstate. Default: codeseries/<organization>.",
      ),
  }),
  accounts: entries(accountName, account, "accounts").refine((accounts) => "shared" in accounts, {
    path: ["shared"],
    error: "the account that builds and delivers",
  }),
  names: names.default({}).describe("Naming templates."),
  environments: entries(environmentName, environment, "environments"),
  services: entries(serviceName, service, "services"),
});

export type Config = z.output<typeof schema>;
export type AccountConfig = Config["accounts"][string];
export type EnvironmentConfig = Config["environments"][string];
export type ServiceConfig = Config["services"][string];
