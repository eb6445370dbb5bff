const ACCOUNT_PART = 4;

/** The account id in an ARN; empty where an ARN holds none, as a bucket's. */
export const accountOf = (arn: string) => arn.split(":")[ACCOUNT_PART] ?? "";

/** Whether a principal is a role; or else it is a service. */
export const isRole = (principal: string) => principal.startsWith("arn:");
