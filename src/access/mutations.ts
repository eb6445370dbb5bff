import { isAllowed, isRefused, type Call, type Proof } from "./proof";
import { evaluate, type Decision } from "./evaluate";
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

/** How well the chain and its denials know every permission. */
export interface MutationResult {
  readonly fates: readonly Fate[];
  /** Mutants that nothing noticed, and no reason explains. */
  readonly unexplained: readonly Fate[];
}

/**
 * Changes each statement of each policy in each way, and asks again: whatever is taken away must be
 * missed, and whatever is added must be noticed.
 */
export async function mutate(proof: Proof): Promise<MutationResult> {
  const calls = callsOf(proof);
  const fates: Fate[] = [];
  for (const mutant of proof.policies.flatMap(mutantsOf)) {
    const killedBy = await killer(mutant, calls.get(mutant.policy) ?? { needed: [], forbidden: [] });
    fates.push({ mutant, killedBy, reason: killedBy ? undefined : survivorReason(mutant) });
  }
  const unexplained = fates.filter(({ killedBy, reason }) => !killedBy && reason === undefined);
  return { fates, unexplained };
}

interface Asked {
  readonly needed: Call[];
  readonly forbidden: Call[];
}

/** The calls in which each policy may have a say. A side that is granted without a look has none. */
function callsOf({ policies, sections }: Proof): Map<Mutant["policy"], Asked> {
  const asked = new Map(
    policies.map((policy) => [policy, { needed: [] as Call[], forbidden: [] as Call[] }]),
  );
  const note = (call: Call, kind: keyof Asked) => {
    const { identity, resource } = call.decision.applicable;
    const { granted } = call.request;
    const involved = [
      ...(granted === "identity" ? [] : identity),
      ...(resource && granted !== "resource" ? [resource] : []),
    ];
    for (const policy of involved) asked.get(policy)?.[kind].push(call);
  };
  for (const { denials, stages } of sections) {
    for (const { hops } of stages)
      for (const { calls } of hops) for (const call of calls) note(call, "needed");
    for (const { calls } of denials) for (const call of calls) note(call, "forbidden");
  }
  return asked;
}

async function killer(mutant: Mutant, { forbidden, needed }: Asked): Promise<Call | undefined> {
  const restricts = mutant.effect === "restricts";
  const right = restricts ? isAllowed : isRefused;
  for (const call of restricts ? needed : forbidden) {
    if (!right(call.decision) || !mayMatter(call, mutant)) continue;
    const decision = await evaluate(call.request, replaced(call.decision, mutant));
    if (!right(decision)) return { request: call.request, decision };
  }
  return undefined;
}

const servicesOf = (actions: readonly string[]) => actions.map((action) => action.split(":")[0] ?? "");

/** A mutant of actions of one service changes no answer to a call of another. */
function mayMatter({ request }: Call, { services }: Mutant): boolean {
  return (
    services.includes("*") || servicesOf([request.action]).every((service) => services.includes(service))
  );
}

function replaced({ applicable }: Decision, { document, policy }: Mutant): Decision["applicable"] {
  const swap = (one: typeof policy) => (one === policy ? { ...policy, document } : one);
  return {
    identity: applicable.identity.map(swap),
    resource: applicable.resource && swap(applicable.resource),
  };
}
