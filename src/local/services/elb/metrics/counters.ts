/** The requests of one period, of a load balancer or of one of its target groups. */
export interface Counts {
  requests: number;
  /** Answers of targets by their class: 2 for 2xx. */
  readonly target: [number, number, number, number, number, number];
  /** Answers of the load balancer itself by status. */
  readonly elb: Map<number, number>;
  connectionErrors: number;
  redirects: number;
  fixedResponses: number;
  /** Seconds from the request to the first byte of the answer of the target. */
  readonly responseTimes: Spread;
}

/** A set of values as CloudWatch keeps it. */
export interface Spread {
  count: number;
  sum: number;
  minimum: number;
  maximum: number;
}

export const newSpread = (): Spread => ({ count: 0, sum: 0, minimum: Infinity, maximum: -Infinity });

export function addTo(spread: Spread, value: number): void {
  spread.count += 1;
  spread.sum += value;
  spread.minimum = Math.min(spread.minimum, value);
  spread.maximum = Math.max(spread.maximum, value);
}

export const newCounts = (): Counts => ({
  requests: 0,
  target: [0, 0, 0, 0, 0, 0],
  elb: new Map(),
  connectionErrors: 0,
  redirects: 0,
  fixedResponses: 0,
  responseTimes: newSpread(),
});

/** Whose counts: the dimension of the load balancer, and of the target group if it is about one. */
export interface CountedBy {
  readonly loadBalancer: string;
  readonly targetGroup?: string;
}

/** Counts, by whose they are. */
type Counted = Map<string, { readonly by: CountedBy; readonly counts: Counts }>;

/** The counts of the current minute, and of the current second. */
export class Counters {
  private minute: Counted = new Map();
  private second: Counted = new Map();

  /** Counts one thing for the load balancer, and for the target group if there is one. */
  public count(by: CountedBy, add: (counts: Counts) => void): void {
    for (const counted of [this.minute, this.second]) {
      add(countsOf(counted, { loadBalancer: by.loadBalancer }));
      if (by.targetGroup !== undefined) add(countsOf(counted, by));
    }
  }

  /** The counts until now; those of the next minute begin. */
  public takeMinute(): { readonly by: CountedBy; readonly counts: Counts }[] {
    const taken = [...this.minute.values()];
    this.minute = new Map();
    return taken;
  }

  /** The same of a second. */
  public takeSecond(): { readonly by: CountedBy; readonly counts: Counts }[] {
    const taken = [...this.second.values()];
    this.second = new Map();
    return taken;
  }
}

function countsOf(counted: Counted, by: CountedBy): Counts {
  const key = `${by.loadBalancer} ${by.targetGroup ?? ""}`;
  const known = counted.get(key);
  if (known) return known.counts;
  const counts = newCounts();
  counted.set(key, { by, counts });
  return counts;
}
