import type { Embedded } from "../../../reconcile/embedded";
import type { Table } from "../table/table";
import type { Group } from "../targets/target";
import type { Counters } from "./counters";
import { minuteMs, publish } from "./publish";
import { TrafficFile } from "./traffic-file";

const SECOND_MS = 1_000;

/** Reports what is counted: each scaled minute to CloudWatch, each second to the file of the traffic. */
export class Reports {
  private timer: NodeJS.Timeout | undefined;
  private readonly live: NodeJS.Timeout;
  private readonly file: TrafficFile;
  private groups: ReadonlyMap<string, Group> = new Map();

  constructor(
    private readonly embedded: Embedded,
    private readonly counters: Counters,
    private readonly tables: () => readonly Table[],
  ) {
    this.file = new TrafficFile(embedded.file);
    this.live = setInterval(() => {
      try {
        this.file.write(counters.takeSecond(), 1);
      } catch (error) {
        embedded.say("elb", `the traffic is not written: ${String(error)}`);
      }
    }, SECOND_MS);
  }

  /** Begins with the first load balancer. */
  public follow(groups: ReadonlyMap<string, Group>): void {
    this.groups = groups;
    if (this.timer === undefined && this.tables().length > 0) this.next();
  }

  public end(): void {
    clearTimeout(this.timer);
    clearInterval(this.live);
  }

  /** A minute begins at a multiple of its length, as the periods of alarms do. */
  private next(): void {
    const length = minuteMs(this.embedded);
    const begin = Math.floor(Date.now() / length) * length;
    this.timer = setTimeout(
      () => {
        this.next();
        void this.report(new Date(begin));
      },
      begin + length + 1 - Date.now(),
    );
  }

  private async report(at: Date): Promise<void> {
    const counted = this.counters.takeMinute();
    try {
      for (const { place, listeners, groups } of this.tables()) {
        const own = new Set(listeners.map(({ loadBalancer }) => loadBalancer.dimension));
        const here = [...groups.keys()].flatMap((arn) => this.groups.get(arn) ?? []);
        await publish(this.embedded, {
          place,
          at,
          counted: counted.filter(({ by }) => own.has(by.loadBalancer)),
          groups: here,
        });
      }
    } catch (error) {
      this.embedded.say("elb", `metrics are not written: ${String(error)}`);
    }
  }
}
