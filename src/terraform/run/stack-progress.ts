import { duration } from "../../process/progress";
import type { ChangeCounts, Diagnostic, TerraformEvent } from "./events";

/** How many of the resources that are being changed are named; those that take longest come first. */
const NAMED = 2;

/** How many lines of other output a failure shows. */
const MAX_LINES = 40;

/** How far Terraform is with one stack, from its events. */
export class StackProgress {
  private readonly underWay = new Map<string, number>();
  private readonly errors: Diagnostic[] = [];
  private readonly otherLines: string[] = [];
  private readonly startedAt: number;
  private command = "";
  /** How many resources the plan changes; undefined until Terraform has planned, and for a saved plan. */
  private planned: number | undefined;
  private changes = true;
  private done = 0;
  private created: (resourceType: string) => void = () => undefined;

  /** What the stack's apply changed, such as `57 added, 0 changed, 0 destroyed`. */
  public result = "no changes";

  /** @param labels What to call a resource, by its address. */
  constructor(
    public readonly stack: string,
    private readonly labels: ReadonlyMap<string, string>,
    private readonly now: () => number = Date.now,
  ) {
    this.startedAt = now();
  }

  /** Calls a function when a resource of a type has been created. */
  public onCreated(type: string, callback: () => void): void {
    this.created = (resourceType) => {
      if (resourceType === type) callback();
    };
  }

  /** Starts the next command, such as `plan`. */
  public begin(command: string): void {
    this.command = command;
    this.underWay.clear();
    this.otherLines.length = 0;
    this.errors.length = 0;
  }

  /** Receives an event, or a line that is not one. */
  public receive(event: TerraformEvent | string): void {
    if (typeof event === "string") this.otherLines.push(event);
    else if (event.type === "change_summary") this.count(event.changes);
    else if (event.type === "outputs")
      this.changes ||= Object.values(event.outputs).some(({ action = "noop" }) => action !== "noop");
    else if (event.type === "diagnostic" && event.diagnostic.severity === "error")
      this.errors.push(event.diagnostic);
    else if (event.type === "apply_start" && event.hook.action !== "read")
      this.underWay.set(event.hook.resource.addr, this.now());
    else if (event.type === "apply_complete" || event.type === "apply_errored") {
      const { resource, action } = event.hook;
      if (!this.underWay.delete(resource.addr) || event.type === "apply_errored") return;
      this.done += 1;
      if (action === "create") this.created(resource.resource_type);
    }
  }

  private count({ operation, add, change, remove, import: imported = 0 }: ChangeCounts): void {
    if (operation === "plan") {
      this.planned = add + change + remove;
      this.changes = this.planned + imported > 0;
    } else if (this.changes) {
      const counts = `${add} added, ${change} changed, ${remove} destroyed`;
      this.result = imported > 0 ? `${imported} imported, ${counts}` : counts;
    }
  }

  private label(address: string): string {
    return this.labels.get(address) ?? address;
  }

  /** Terraform's errors, each with the stack and the resource; its last lines if it reported none. */
  public get failure(): string {
    if (this.errors.length === 0) return this.otherLines.slice(-MAX_LINES).join("\n").trim();
    return this.errors
      .map(({ summary, detail = "", address }) => {
        const where = address === undefined ? "" : `\nwith ${address} (${this.label(address)})`;
        const lines = `${summary}${where}\n${detail}`.trim().split(/\n+/);
        return `${this.stack}: Error: ${lines.join("\n  ")}`;
      })
      .join("\n");
  }

  /** Such as `dev: 57 added, 0 changed, 0 destroyed in 1 min 23 s`. */
  public get summary(): string {
    return `${this.stack}: ${this.result} in ${duration(this.now() - this.startedAt)}`;
  }

  /** Such as `dev 1 min 02 s: 41 of 57, aws_lb ingress/load-balancer (48 s) and 3 more`. */
  public toString(): string {
    const waiting = [...this.underWay].sort(([, one], [, other]) => one - other);
    const named = waiting
      .slice(0, NAMED)
      .map(([address, since]) => `${this.label(address)} (${duration(this.now() - since)})`);
    const more = waiting.length > NAMED ? ` and ${waiting.length - NAMED} more` : "";
    const counts =
      this.command === "apply" && this.planned !== undefined
        ? `${this.done} of ${this.planned}`
        : `terraform ${this.command}`;
    return `${this.stack} ${duration(this.now() - this.startedAt)}: ${[counts, ...named].join(", ")}${more}`;
  }
}
