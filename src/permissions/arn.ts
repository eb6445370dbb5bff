const ACCOUNT_PART = 4;

/** The account id in an ARN. Empty for an ARN without one, such as a bucket's. */
export const accountOf = (arn: string) => arn.split(":")[ACCOUNT_PART] ?? "";

/** Whether a principal is a role. Otherwise it is an AWS service. */
export const isRole = (principal: string) => principal.startsWith("arn:");
