import { duration } from "../process/reporter";
import { readPlanned, readResourceEvent, readResult } from "./resource-event";

/** How many of the resources being made are named; the longest at it come first. */
const NAMED = 2;

/** Where one stack's apply stands, from what Terraform says. */
export class StackProgress {
  private readonly underWay = new Map<string, number>();
  private begun: number | undefined;
  private planned = 0;
  private done = 0;

  /** How the apply ended; nothing, while it has not. */
  public result: string | undefined;

  /** @param labels How to call a resource, by its address. */
  constructor(
    public readonly stack: string,
    private readonly labels: ReadonlyMap<string, string>,
    private readonly now: () => number = Date.now,
  ) {}

  /** The stack's clock starts when Terraform looks at its first resource, not when it is initialised. */
  public take(line: string): void {
    const event = readResourceEvent(line);
    if (event || /: (Reading|Refreshing state)\.\.\.|^Terraform used /.test(line)) this.begun ??= this.now();
    if (event?.phase === "begun") this.underWay.set(event.address, this.now());
    if (event?.phase === "ended") {
      this.underWay.delete(event.address);
      this.done += 1;
    }
    this.planned = readPlanned(line) ?? this.planned;
    this.result ??= readResult(line);
  }

  public get isUnderWay(): boolean {
    return this.begun !== undefined && this.result === undefined;
  }

  public get elapsed(): string {
    return duration(this.now() - (this.begun ?? this.now()));
  }

  /** Such as `dev 1 min 02 s: 41 of 57, aws_lb ingress/load-balancer (48 s) and 3 more`. */
  public toString(): string {
    const waiting = [...this.underWay].sort(([, one], [, other]) => one - other);
    const named = waiting
      .slice(0, NAMED)
      .map(([address, since]) => `${this.labels.get(address) ?? address} (${duration(this.now() - since)})`);
    const more = waiting.length > NAMED ? ` and ${waiting.length - NAMED} more` : "";
    const counts = this.planned === 0 ? "planning" : `${this.done} of ${this.planned}`;
    return `${this.stack} ${this.elapsed}: ${[counts, ...named].join(", ")}${more}`;
  }
}
