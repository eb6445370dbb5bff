import { accountOf } from "../arn";
import { administratorOf, STRANGE_ACCOUNT, type Parties } from "../parties";
import type { Denial } from "../request";
import { byEitherSide, byPrincipal } from "./rows";

/** What none of a delivery's roles must do, whatever it is for. */
export function everywhereDenials(parties: Parties, stateBucket: string): Denial[] {
  return [
    ...Object.values(parties.roles).flatMap((principal) => [
      ...stateOf(parties, stateBucket, principal),
      ...escalationOf(principal),
    ]),
    ...foreignImages(parties),
  ];
}

/** The state holds every secret that Terraform was told, and says what the next apply changes. */
function stateOf({ environment, shared }: Parties, stateBucket: string, principal: string): Denial[] {
  const state = { principal, owner: shared, reason: "a release would read, or change, Terraform's state" };
  return [
    ...byEitherSide({
      ...state,
      actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      resource: `${stateBucket}/codeseries/${environment}.tfstate`,
    }),
    ...byEitherSide({ ...state, actions: ["s3:ListBucket"], resource: stateBucket }),
  ];
}

function escalationOf(principal: string): Denial[] {
  const owner = accountOf(principal);
  return [
    {
      principal,
      owner,
      reason: "a role would give itself rights",
      actions: ["iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:PassRole"],
      resource: principal,
    },
    {
      principal,
      owner,
      reason: "a role would make another, and give it rights",
      actions: ["iam:CreateRole", "iam:PutRolePolicy"],
      resource: `arn:aws:iam::${owner}:role/new-role`,
    },
  ];
}

/** Images are pulled and pushed by roles of their own account; nobody else, whatever it may at home. */
function foreignImages({ account, images, roles, shared }: Parties): Denial[] {
  const strangers = [administratorOf(STRANGE_ACCOUNT)];
  const fromShared = account === shared ? [] : [roles.build, roles.pipeline];
  return [
    ...[...strangers, ...fromShared].map((principal) => ({
      principal,
      owner: account,
      reason: "another account would read, or replace, the image",
      actions: ["ecr:PutImage", "ecr:BatchGetImage"],
      resource: images,
      granted: "identity" as const,
    })),
    ...fromShared.map((principal) =>
      byPrincipal({
        principal,
        owner: account,
        reason: "the pipeline's account would push without the push role",
        actions: ["ecr:PutImage", "ecr:BatchGetImage"],
        resource: images,
      }),
    ),
  ];
}
