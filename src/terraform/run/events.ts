/**
 * A line that Terraform writes with `-json`, as far as it is used here.
 *
 * @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 */
export type TerraformEvent = { readonly "@message": string } & (
  | {
      readonly type: "apply_start" | "apply_complete" | "apply_errored";
      readonly hook: {
        readonly resource: { readonly addr: string; readonly resource_type: string };
        /** Such as `create`; `read` for a data source. */
        readonly action: string;
      };
    }
  | { readonly type: "diagnostic"; readonly diagnostic: Diagnostic }
  | { readonly type: "change_summary"; readonly changes: ChangeCounts }
  | { readonly type: "outputs"; readonly outputs: Readonly<Record<string, OutputChange>> }
  | { readonly type: "version" | "planned_change" | "refresh_start" | "apply_progress" }
);

/** What a plan does with an output; without an action once it is applied. */
export interface OutputChange {
  readonly action?: "noop" | "create" | "update" | "delete";
}

/** An error or a warning. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
}

/** How many resources a plan changes, or an apply has changed. */
export interface ChangeCounts {
  readonly operation: "plan" | "apply" | "destroy";
  readonly add: number;
  readonly change: number;
  readonly import?: number;
  readonly remove: number;
}

/** Reads a line; undefined if it is not an event, such as the report of a crash. */
export function readEvent(line: string): TerraformEvent | undefined {
  try {
    return line.startsWith("{") ? (JSON.parse(line) as TerraformEvent) : undefined;
  } catch {
    return undefined;
  }
}
