import { z } from "zod";
import { section } from "./section";
import { text } from "./values";

const managedPolicyArn = text(
  /^arn:aws:iam::(aws|\d{12}):policy\/[\w+=,.@/-]+$/,
  "the ARN of a managed policy such as arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
);

const action = text(/^[a-z0-9-]+:[A-Za-z0-9*?]+$/, "an action such as s3:GetObject");

/** cdktf would read the marker of a token in a text as a reference. */
const resource = text(
  /^(?!.*\$\{TfToken\[)(\*|arn:aws:[a-z0-9-]+:[a-z0-9*-]*:[a-z0-9*]*:.+)$/,
  'an ARN such as arn:aws:s3:::bucket/*, or "*"',
);

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operator = text(
  /^(Null|((ForAllValues|ForAnyValue):)?((String(Not)?(Equals(IgnoreCase)?|Like))|((Numeric|Date)((Not)?Equals|(Less|Greater)Than(Equals)?))|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?)$/,
  "an operator such as StringEquals",
);
const value = text(/^(?!.*\$\{TfToken\[).*$/, 'text, in quotes: "true"');
const conditions = z.record(
  operator,
  z.record(
    text(/^[a-z0-9-]+:[\w./:@+=-]+$/i, "a condition key such as aws:SourceIp"),
    z.union([value, z.array(value, "text or a list of texts").min(1, "at least one value")]),
    "a mapping of condition keys to values",
  ),
  "a mapping of operators to condition keys and their values",
);

const statement = section({
  actions: z.array(action, "a list of actions").min(1, "at least one action"),
  resources: z.array(resource, "a list of ARNs").min(1, "at least one resource"),
  conditions: conditions.optional(),
});

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MAX_MANAGED_POLICIES = 20;

/** What a role may do in addition: ARNs of managed policies, and statements that allow. */
export const policies = z
  .array(
    z.union([managedPolicyArn, statement]),
    "a list of managed policies' ARNs and of statements with actions and resources",
  )
  .refine(
    (list) => list.filter((one) => typeof one === "string").length <= MAX_MANAGED_POLICIES,
    `at most ${MAX_MANAGED_POLICIES} managed policies, which AWS can attach to a role; its quota is 10 by default`,
  )
  .refine((list) => {
    const arns = list.filter((one) => typeof one === "string");
    return new Set(arns).size === arns.length;
  }, "different managed policies");
