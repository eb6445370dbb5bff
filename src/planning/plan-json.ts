import { readFileSync } from "node:fs";
import { isMarked } from "../review/plan/values";

/** A change of a plan; its parts count only as a whole. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  /** The key of an object that a replacement left behind. */
  readonly deposed?: string;
  readonly previous_address?: string;
  readonly change: { readonly actions: readonly string[]; readonly importing?: unknown };
}

/** The JSON of a plan, as far as a plan is compared here; `review/plan` reads the rest. */
export interface PlanJson {
  readonly resource_changes?: readonly PlannedChange[];
  readonly output_changes?: Readonly<
    Record<string, { readonly actions: readonly string[]; readonly after_unknown?: unknown }>
  >;
  readonly planned_values?: {
    readonly outputs?: Readonly<Record<string, { readonly value?: unknown; readonly type?: unknown }>>;
  };
}

/** The plan in a file that `terraform show -json` wrote. */
export const readPlanJson = (file: string) => JSON.parse(readFileSync(file, "utf8")) as PlanJson;

/** What a plan says of a stack's outputs, by name. */
export type Outputs = Readonly<
  Record<string, { readonly isKnown: boolean; readonly value: unknown; readonly type?: unknown } | undefined>
>;

/** The outputs of a stack after its plan is applied. One is known only if nothing in it is left to the apply. */
export const outputsOf = ({ output_changes = {}, planned_values }: PlanJson): Outputs =>
  Object.fromEntries(
    Object.entries(planned_values?.outputs ?? {}).map(([name, { type, value }]) => [
      name,
      { isKnown: value !== undefined && !isMarked(output_changes[name]?.after_unknown), value, type },
    ]),
  );
