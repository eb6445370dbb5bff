import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { judge } from "../../src/review/judge";
import { Plan } from "../../src/review/plan/plan";
import { planSchema } from "../../src/review/plan/schema";
import type { ChangeReview } from "../../src/review/result";

type Values = Record<string, unknown>;

/** A change as plan JSON has it; what is left out is as in a plan without it. */
export interface ChangeJson {
  address: string;
  type: string;
  mode: string;
  deposed?: string;
  change: {
    actions: string[];
    before: Values | null;
    after: Values | null;
    after_unknown?: unknown;
    before_sensitive?: unknown;
    after_sensitive?: unknown;
    importing?: unknown;
  };
}

export interface PlanJson {
  format_version: string;
  resource_changes: ChangeJson[];
  resource_drift?: ChangeJson[];
  output_changes?: Record<string, Values>;
  configuration?: unknown;
  [key: string]: unknown;
}

export const planFile = (name: string) => join(__dirname, "..", "fixtures", "plans", `${name}.json`);

/** Every plan of the fixtures. */
export const planNames = () =>
  readdirSync(dirname(planFile("any")))
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.replace(/\.json$/, ""));

/** A plan of the real provider. */
export const savedPlan = (name: string) => JSON.parse(readFileSync(planFile(name), "utf8")) as PlanJson;

export const ACTIONS = {
  create: ["create"],
  update: ["update"],
  replace: ["delete", "create"],
  delete: ["delete"],
  "no-op": ["no-op"],
  forget: ["forget"],
} as const;

/** One change of a resource. */
export const change = (
  type: string,
  action: keyof typeof ACTIONS,
  before: Values | null,
  after: Values | null,
  more: Partial<ChangeJson["change"]> = {},
  address = `${type}.one`,
): ChangeJson => {
  return {
    address,
    type,
    mode: "managed",
    change: { actions: [...ACTIONS[action]], before, after, ...more },
  };
};

export const planOf = (...changes: ChangeJson[]): PlanJson => {
  return { format_version: "1.2", resource_changes: changes };
};

/** An update that changes some values of a resource. */
export const update = (
  type: string,
  before: Values,
  after: Values,
  more: Partial<ChangeJson["change"]> = {},
) => change(type, "update", before, { ...before, ...after }, more);

/** The review of one plan. */
export function reviewOf(json: PlanJson) {
  const [stack] = judge([new Plan("dev", planSchema.parse(json))]).stacks;
  if (!stack) throw new Error("no stack");
  return stack;
}

/** What the review says of a change. */
export function judged(json: PlanJson, address: string): ChangeReview {
  const found = reviewOf(json).changes.find((one) => one.address === address);
  if (!found) throw new Error(`no change of ${address}`);
  return found;
}

/** One change of a plan of the real provider, edited. */
export function edited(name: string, part: string, edit: (change: ChangeJson["change"]) => void): PlanJson {
  const plan = savedPlan(name);
  const found = plan.resource_changes.find(
    ({ address, mode }) => mode === "managed" && address.includes(part),
  );
  if (!found) throw new Error(`${name}: no change of ${part}`);
  edit(found.change);
  return { ...plan, resource_changes: [found] };
}
