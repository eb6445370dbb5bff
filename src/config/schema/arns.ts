import { z } from "zod";
import { buildVariableName, mappingOf, text, variableName } from "./values";

/** The kinds of ARN that a configuration contains. */
const arn = (resource: RegExp, expected: string) =>
  text(new RegExp(`^arn:aws:${resource.source}$`), expected);

/**
 * Environment variables from Secrets Manager (with an optional JSON key, stage and version) or SSM. IAM needs the
 * whole ARN of a secret, with the six characters that Secrets Manager adds to the name.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
 */
const secretReference = text(
  /^(arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}(:[\w/+=.@-]*){0,3}|arn:aws:ssm:[a-z0-9-]+:\d{12}:parameter\/[\w/.-]+|(\/[\w.-]+){2,15})$/,
  "the whole ARN of a Secrets Manager secret, with the hyphen and the six characters after its name, or an SSM parameter by its ARN or by a name such as /orders/token",
);
const secretsNamed = (name: typeof variableName) =>
  z.record(name, secretReference, mappingOf("names to secrets"));
export const secrets = secretsNamed(variableName);
export const buildSecrets = secretsNamed(buildVariableName);

/** IAM does not take the alias of a key as a resource. */
export const keyArn = arn(
  /kms:[a-z0-9-]+:\d{12}:key\/[\w-]+/,
  "the ARN of a KMS key, arn:aws:kms:…:key/…, and not of its alias",
);

export const certificateArn = arn(
  /acm:[a-z0-9-]+:\d{12}:certificate\/[a-f0-9-]+/,
  "the ARN of an ACM certificate",
);

export const connectionArn = arn(
  /(codestar-connections|codeconnections):[a-z0-9-]+:\d{12}:connection\/[a-f0-9-]+/,
  "the ARN of a connection, arn:aws:codeconnections:…:connection/…",
);

export const topicArn = arn(/sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}/, "the ARN of an SNS topic");

export const lambdaArn = arn(
  /lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:[\w$-]+)?/,
  "the ARN of a Lambda function",
);

/** A managed policy: its ARN, or its name in the account at hand. */
export const policyReference = text(
  /^(arn:aws:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+|[\w+=,.@-]{1,128})$/,
  "the name or the ARN of a managed IAM policy",
);

/** A role to assume: its ARN, or its name in the account at hand. */
export const roleReference = text(
  /^(arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+|[\w+=,.@-]{1,64})$/,
  "the name or the ARN of an IAM role",
);
