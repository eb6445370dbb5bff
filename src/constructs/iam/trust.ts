import { condition, onlyRole, type Statement } from "./policy-document";

/** Limits for which resource a service may assume a role, against the confused deputy problem. */
export interface ServiceTrust {
  /** The service, as in `codebuild.amazonaws.com`. */
  readonly service: string;
  /** The account of the resource that the service acts for. */
  readonly sourceAccountId: string;
  /**
   * ARN of the resource that the service acts for. It may end in `*`.
   *
   * @default - any resource of the account, for services that send no source ARN
   */
  readonly sourceArn?: string;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
export function trustService({ service, sourceAccountId, sourceArn }: ServiceTrust): Statement {
  const arnTest = sourceArn?.includes("*") ? "ArnLike" : "ArnEquals";
  return {
    sid: "AssumeForOwnResource",
    actions: ["sts:AssumeRole"],
    principals: [{ type: "Service", identifiers: [service] }],
    condition: [
      condition("StringEquals", "aws:SourceAccount", sourceAccountId),
      ...(sourceArn === undefined ? [] : [condition(arnTest, "aws:SourceArn", sourceArn)]),
    ],
  };
}

/** Allows one role of another account to assume this one. AWS sends no source ARN or account in this case. */
export function trustRole(accountId: string, roleArn: string): Statement {
  return { sid: "AssumeFromOneRole", actions: ["sts:AssumeRole"], ...onlyRole(accountId, roleArn) };
}
