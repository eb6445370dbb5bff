import { accountOf } from "../arn";
import { guardOf } from "../evidence/policy";
import { administratorOf, type Parties } from "../parties";
import type { Denial } from "../request";

/** A delivery beside the others: of the configuration, and made-up ones, so that there always are some. */
export interface Scene {
  readonly own: Parties;
  readonly others: readonly Parties[];
}

/** Something of another delivery, and the account that it is in. */
export interface Target {
  readonly resource: string;
  readonly owner: string;
}

/**
 * What the others have in place of what this delivery has; nothing that it shares with them.
 *
 * @param owner Whose the thing is: the pipeline's account, or the environment's.
 */
export function ofOthers(
  { others, own }: Scene,
  owner: "shared" | "account",
  pick: (parties: Parties) => readonly string[],
): Target[] {
  const shared = pick(own);
  const targets = others.flatMap((other) =>
    pick(other).map((resource) => ({ resource, owner: other[owner] })),
  );
  const byArn = new Map(targets.map((target) => [target.resource, target]));
  return [...byArn.values()].filter(({ resource }) => !shared.includes(resource));
}

/** The same calls on each of some targets. */
export const onEach = (targets: readonly Target[], row: Omit<Denial, "resource" | "owner">): Denial[] =>
  targets.map((target) => ({ ...row, ...target }));

/**
 * A call that crosses accounts needs both sides, so each must refuse it alone: the principal's policies
 * whatever the resource's says, and the resource's policy whatever the principal's account allows.
 */
export const byEitherSide = (row: Denial): Denial[] =>
  accountOf(row.principal) === row.owner
    ? [row]
    : [
        { ...row, granted: "resource" },
        { ...row, granted: "identity" },
      ];

/**
 * The principal's policies must refuse it alone, wherever a policy on the other side need not allow it
 * just because they do: in another account, and in a role's trust.
 */
export const byPrincipal = (row: Denial): Denial =>
  accountOf(row.principal) !== row.owner || row.actions.some((action) => guardOf(action) === "trust")
    ? { ...row, granted: "resource" }
    : row;

/** Whoever writes artifacts, and whoever else of the pipeline's account could. */
export const writersOf = ({ roles, shared }: Parties) => [
  roles.pipeline,
  roles.build,
  administratorOf(shared),
];

/** An object that nothing here puts there: what is denied must be denied everywhere in a bucket. */
export const anyObjectOf = (bucket: string) => `${bucket}/anything`;

/** A role is taken on with marks that its trust does not ask for; who takes it on is for the row to say. */
export const tagged = (role: string, owner: string) => ({
  reason: "a session would carry tags, or a name, of somebody's choice",
  actions: ["sts:TagSession", "sts:SetSourceIdentity"],
  resource: role,
  owner,
});
