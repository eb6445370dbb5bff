import type { Entry, Role, Stage } from "../catalogue/entry";
import { stepOf, type Evidence, type Step } from "../evidence";
import { holds } from "./conditions";
import { matchOf, type Match } from "./match";
import type { Reading } from "./readings";

/** Of which stages a failure can be, by the part of the release that failed; the deepest last. */
const STAGES: Readonly<Record<Step, readonly Stage[]>> = {
  source: ["artifact", "source"],
  build: ["artifact", "build"],
  approval: ["approval"],
  deploy: ["artifact", "deploy-action", "codedeploy", "ecs-service", "load-balancer", "ecs-task"],
  pipeline: ["source", "pipeline"],
};

const RANKS: Readonly<Partial<Record<Role, number>>> = { cause: 3, effect: 2, pointer: 1 };

/** What a failure can come from, by the evidence. */
export interface Ranked {
  /** Each of these can be the cause, as far as the evidence tells. */
  readonly first: readonly Match[];
  /** What else was found: effects of the cause, or causes that the evidence speaks against. */
  readonly others: readonly Match[];
  /** Of outcomes and of states. */
  readonly outcomes: readonly Match[];
  readonly states: readonly Match[];
}

/** Every entry that the readings show and that no condition excludes. */
export function matchesIn(
  entries: readonly Entry[],
  readings: readonly Reading[],
  evidence: Evidence,
): Match[] {
  const step = stepOf(evidence);
  const stages = [...STAGES[step], "pipeline"];
  const found = entries
    .filter(({ role, stage, when }) => {
      const fits = stages.includes(stage) || role === "state" || role === "outcome";
      return fits && (when === undefined || holds(when, evidence) !== false);
    })
    .flatMap((entry) => matchOf(entry, readings) ?? []);
  const covered = found.flatMap(({ entry }) => entry.over);
  return found.filter(({ entry }) => !covered.includes(entry.id));
}

/** Without those whose condition the evidence does not tell, if it tells that of one that looks alike. */
function settled(matches: readonly Match[], evidence: Evidence): Match[] {
  const sure = ({ entry: { when } }: Match) => when === undefined || holds(when, evidence) === true;
  const told = matches.filter(({ entry: { when } }) => when !== undefined && holds(when, evidence) === true);
  return matches.filter((one) => sure(one) || !told.some(({ entry }) => entry.alike.includes(one.entry.id)));
}

/** The matches in the order in which they explain the failure. */
export function ranked(entries: readonly Entry[], readings: readonly Reading[], evidence: Evidence): Ranked {
  const matches = settled(matchesIn(entries, readings, evidence), evidence);
  const depth = ({ entry }: Match) => STAGES[stepOf(evidence)].indexOf(entry.stage);
  const rank = ({ entry }: Match) => RANKS[entry.role] ?? 0;
  const causes = matches
    .filter((one) => rank(one) > 0)
    .sort((a, b) => rank(b) - rank(a) || depth(b) - depth(a) || b.count - a.count);
  const [best] = causes;
  const isFirst = (one: Match) =>
    best !== undefined &&
    (one === best ||
      best.entry.alike.includes(one.entry.id) ||
      (rank(one) === rank(best) && one.entry.stage === best.entry.stage));
  const of = (role: Role) => matches.filter(({ entry }) => entry.role === role);
  return {
    first: causes.filter(isFirst),
    others: causes.filter((one) => !isFirst(one)),
    outcomes: of("outcome"),
    states: of("state"),
  };
}
