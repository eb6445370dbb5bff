import type { ChangeJson, ResourceChangeJson } from "./schema";
import { at, isMarked, isMarkedAt, isRecord, isSame, type Values } from "./values";

/** What happens to a resource. `drift` happened before the plan, outside of Terraform. */
export type Kind = "no-op" | "create" | "read" | "update" | "replace" | "delete" | "forget" | "drift";

function kindOf(actions: readonly string[]): Kind {
  if (actions.includes("delete")) return actions.includes("create") ? "replace" : "delete";
  const [kind = "no-op"] = actions;
  // A removed block with create_before_destroy: the old object stays, Terraform forgets it.
  return actions.includes("forget") ? "forget" : (kind as Kind);
}

/** One change of a plan, or the change of an output, whose type is `output`. */
export class Change {
  public readonly address: string;
  public readonly type: string;
  public readonly managed: boolean;
  public readonly actions: readonly string[];
  public readonly kind: Kind;
  public readonly importing: boolean;
  /** Whether it is the object that a replacement has left, because its destroy failed. */
  public readonly deposed: boolean;
  public readonly before: Values;
  public readonly after: Values;
  /** Top-level attributes that change, or whose new value is not known yet. */
  public readonly changed: readonly string[];
  private readonly json: ChangeJson;

  constructor({ address, change, deposed, mode, type }: ResourceChangeJson, isDrift = false) {
    this.address = address;
    this.type = type;
    this.managed = mode === "managed";
    this.actions = change.actions;
    this.kind = isDrift ? "drift" : kindOf(change.actions);
    this.importing = isRecord(change.importing);
    this.deposed = deposed !== undefined;
    this.json = change;
    this.before = isRecord(change.before) ? change.before : {};
    this.after = isRecord(change.after) ? change.after : {};
    const keys = new Set([this.before, this.after, change.after_unknown].flatMap(keysOf));
    this.changed = [...keys].filter(
      (key) => !isSame(this.before[key], this.after[key]) || isMarked(at(change.after_unknown, key)),
    );
  }

  /** Whether the resource exists before the plan and after it. */
  public get stays(): boolean {
    return this.kind === "update" || this.kind === "replace";
  }

  /** Whether the resource that exists is destroyed, with or without a successor. */
  public get ends(): boolean {
    return this.kind === "delete" || this.kind === "replace";
  }

  public isUnknown(path: string): boolean {
    return isMarkedAt(this.json.after_unknown, path);
  }

  /** Whether a value may not be shown. */
  public isSensitive(path: string): boolean {
    return isMarkedAt(this.json.before_sensitive, path) || isMarkedAt(this.json.after_sensitive, path);
  }
}

const keysOf = (value: unknown): readonly string[] => (isRecord(value) ? Object.keys(value) : []);
