import type { StatementExplain } from "@cloud-copilot/iam-simulate";
import { evaluate, type Decision } from "../evaluate";
import { nameOf, type Policy } from "../evidence/policy";
import { analyzed } from "../grants";
import { isAllowed, isRefused, type Call, type Progress, type Proof } from "../proof";
import { mutantsOf, type Mutant } from "./mutants";
import { survivorReason } from "./survivors";

/** What became of a mutant: a call of the chain failed, a denial was let through, or nothing was noticed. */
export interface Fate {
  readonly mutant: Mutant;
  /** The first call that answered otherwise than it must. */
  readonly killedBy?: Call;
  /** Why AWS makes no difference between the mutant and the original, if that is known. */
  readonly reason?: string;
}

/** What to do about a change that nothing noticed. */
export const remedyOf = ({ mutant: { effect } }: Fate): string =>
  effect === "restricts"
    ? "no needed call misses it: take it away, or add the call that needs it to src/access/chain"
    : "no forbidden call gets through by it: add one that does to src/access/denials";

/** How well the chain and its denials know every permission. */
export interface MutationResult {
  readonly fates: readonly Fate[];
  /** Mutants that nothing noticed: AWS makes no difference, or no reason explains it. */
  readonly explained: readonly Fate[];
  readonly unexplained: readonly Fate[];
}

/**
 * Changes each statement of each policy in each way, and asks again: whatever is taken away must be
 * missed, and whatever is added must be noticed.
 */
export async function mutate(proof: Proof, progress: Progress = () => undefined): Promise<MutationResult> {
  const asked = callsOf(proof);
  const fates: Fate[] = [];
  const mutants = proof.policies.flatMap(mutantsOf);
  for (const mutant of mutants) {
    progress(`changing policies, ${fates.length} of ${mutants.length} changes: ${nameOf(mutant.policy)}`);
    const killedBy = await killer(mutant, asked.get(mutant.policy) ?? []);
    fates.push({ mutant, killedBy, reason: killedBy ? undefined : survivorReason(mutant) });
  }
  const survivors = fates.filter(({ killedBy }) => !killedBy);
  return {
    fates,
    explained: survivors.filter(({ reason }) => reason !== undefined),
    unexplained: survivors.filter(({ reason }) => reason === undefined),
  };
}

/** A call in which a policy has a say, and what the simulator found of each of its statements. */
interface Asked {
  readonly call: Call;
  readonly needed: boolean;
  /** By place in the policy. Nothing where the simulator does not say. */
  readonly statements?: ReadonlyMap<number, StatementExplain>;
}

/** The calls in which each policy has a say. */
function callsOf({ policies, sections }: Proof): Map<Policy, Asked[]> {
  const asked = new Map(policies.map((policy) => [policy, [] as Asked[]]));
  const note = (call: Call, needed: boolean) => {
    for (const [policy, statements] of explained(call.decision))
      asked.get(policy)?.push({ call, needed, statements });
  };
  for (const { denials, stages } of sections) {
    for (const { hops } of stages) for (const { calls } of hops) for (const call of calls) note(call, true);
    for (const { calls } of denials) for (const call of calls) note(call, false);
  }
  return asked;
}

/** What the simulator found of each statement, by policy. A side granted without a look has none. */
function explained(decision: Decision): Map<Policy, Asked["statements"]> {
  const { analysis, applicable } = decision;
  if (!analysis)
    return new Map(
      [...applicable.identity, applicable.resource].flatMap((policy) =>
        policy ? [[policy, undefined]] : [],
      ),
    );
  const found = new Map<Policy, Map<number, StatementExplain>>();
  for (const side of ["identity", "resource"] as const)
    for (const matching of ["allowStatements", "denyStatements", "unmatchedStatements"] as const)
      for (const { explain, grant } of analyzed(decision, side, matching)) {
        const statements = found.get(grant.policy) ?? new Map<number, StatementExplain>();
        found.set(grant.policy, statements.set(grant.index, explain));
      }
  return found;
}

/**
 * The first call that a mutant answers otherwise than it must, of those whose answer it may change. One
 * that has the wrong answer already says nothing against the statement.
 */
async function killer(mutant: Mutant, asked: readonly Asked[]): Promise<Call | undefined> {
  const restricts = mutant.effect === "restricts";
  const right = restricts ? isAllowed : isRefused;
  for (const { call, needed, statements } of asked) {
    if (needed !== restricts || !mayMatter(statements, mutant)) continue;
    if (!right(call.decision)) return call;
    const decision = await evaluate(call.request, replaced(call.decision, mutant));
    if (!right(decision)) return { request: call.request, decision };
  }
  return undefined;
}

/** A statement that covers less matters where it matched; one part that covers more, where only that did not. */
function mayMatter(statements: Asked["statements"], { index, part }: Mutant): boolean {
  if (statements === undefined) return true;
  const explain = statements.get(index);
  if (explain === undefined) return false;
  if (part === "statement") return explain.matches;
  const mismatches = [
    ...(explain.actionMatch ? [] : ["action"]),
    ...(explain.resourceMatch ? [] : ["resource"]),
    ...(explain.conditionMatch ? [] : ["condition"]),
    ...(explain.principalMatch === "NoMatch" ? ["principal"] : []),
  ];
  return mismatches.length === 1 && mismatches[0] === part;
}

function replaced({ applicable }: Decision, { document, policy }: Mutant): Decision["applicable"] {
  const swap = (one: Policy) => (one === policy ? { ...policy, document } : one);
  return {
    identity: applicable.identity.map(swap),
    resource: applicable.resource && swap(applicable.resource),
  };
}
