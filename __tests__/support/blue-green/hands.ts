import type { Embedded } from "../../../src/local/reconcile/embedded";
import {
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { ControllerLoop } from "../../../src/local/reconcile/controller";
import { placeOf, StaleDocument } from "../../../src/local/reconcile/documents";

interface TaskSet {
  readonly id: string;
  readonly arn: string;
  readonly status: string;
  readonly computedDesiredCount: number;
  readonly loadBalancers: readonly { readonly targetGroupArn: string }[];
  readonly runningCount: number;
}

interface Target {
  readonly targetGroupArn: string;
  readonly state: string;
}

/** What the controller of ECS and the load balancer do, without tasks: all run at once, and are healthy. */
export class Hands {
  /** Target groups whose targets are not healthy. */
  public readonly unhealthy = new Set<string>();
  private readonly registered = new Set<string>();
  private readonly stop = new AbortController();
  private loop: ControllerLoop | undefined;

  constructor(private readonly embedded: Embedded) {}

  public start(): void {
    const { changes } = this.embedded;
    const reconcile = () =>
      this.work().catch((error: unknown) => {
        if (!(error instanceof StaleDocument)) throw error;
      });
    const loop = new ControllerLoop({ name: "hands", everyMs: 500, reconcile }, (error) => {
      this.embedded.say("hands", String(error));
    });
    void changes.watch((revision) => {
      loop.wake(revision);
    }, this.stop.signal);
    this.loop = loop;
  }

  public async end(): Promise<void> {
    this.stop.abort();
    await this.loop?.end();
  }

  private async work(): Promise<void> {
    const { changes, documents } = this.embedded;
    const newest = await changes.newest();
    for (const service of await documents.list<{ taskSets: TaskSet[] }>("ecs-service")) {
      const taskSets = service.document.taskSets.filter(({ status }) => status !== "DRAINING");
      for (const taskSet of taskSets) await this.register(placeOf(service), taskSet);
      const running = taskSets.map((one) => ({ ...one, runningCount: one.computedDesiredCount }));
      if (JSON.stringify(running) !== JSON.stringify(service.document.taskSets))
        await documents.write("ecs-service", service, { ...service.document, taskSets: running });
    }
    for (const one of await documents.list<Target>("elbv2-target-health")) {
      const wanted = this.unhealthy.has(one.document.targetGroupArn) ? "unhealthy" : "healthy";
      if (["initial", "healthy", "unhealthy"].includes(one.document.state) && one.document.state !== wanted)
        await documents.write("elbv2-target-health", one, { ...one.document, state: wanted });
    }
    await changes.actedOn("elb", newest);
  }

  /** A target for each task, with an address of its own. */
  private async register(place: ReturnType<typeof placeOf>, taskSet: TaskSet): Promise<void> {
    const elb = this.embedded.clients.asService(ElasticLoadBalancingV2Client, place);
    for (let task = 0; task < taskSet.computedDesiredCount; task++) {
      const name = `${taskSet.id} ${task}`;
      if (this.registered.has(name)) continue;
      this.registered.add(name);
      const Id = `10.0.${this.registered.size >> 8}.${this.registered.size & 255}`;
      const TargetGroupArn = taskSet.loadBalancers[0]?.targetGroupArn;
      await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id, Port: 80 }] }));
    }
  }
}
