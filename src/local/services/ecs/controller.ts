import type { Engine } from "../../engine/engine";
import { noteEngine } from "../../engine/notes";
import type { Controller } from "../../reconcile/controller";
import type { Embedded } from "../../reconcile/embedded";
import { ECS_SERVICE, type Service, type ServiceDocument } from "./document";
import { ServiceReconciliation } from "./service/reconcile-service";
import { Tasks } from "./service/tasks";

/** How often the containers of tasks are looked at. */
const WATCH_MS = 500;

/** The scheduler and the agent of ECS: runs the tasks of the task sets of every service. */
class EcsController implements Controller {
  public readonly name = "ecs";
  public readonly everyMs = WATCH_MS;
  private readonly tasks: Tasks;
  /** Service events that are not written yet, by the ARN of the service. */
  private readonly events = new Map<string, string[]>();
  private seen: number | undefined;
  private due = 0;

  constructor(
    private readonly embedded: Embedded,
    engine: Engine,
  ) {
    this.tasks = new Tasks(embedded, engine, ({ id }, message) => this.eventsOf(id).push(message));
    noteEngine(engine.name);
    for (const limit of engine.limits) embedded.say("ecs", `engine ${engine.name}: ${limit}`);
  }

  private eventsOf(id: string): string[] {
    const known = this.events.get(id) ?? [];
    this.events.set(id, known);
    return known;
  }

  public async reconcile(newest: number): Promise<void> {
    const healthChanged = await this.tasks.watch();
    if (newest === this.seen && !healthChanged && Date.now() < this.due) return;
    const services = await this.embedded.documents.list<ServiceDocument>(ECS_SERVICE);
    await this.tasks.removeUnknown(services);
    let due = Infinity;
    for (const service of services) due = Math.min(due, await this.reconcileService(service));
    this.due = due;
    this.seen = newest;
  }

  /** Waits until no task is being started or ended; a process may end without it. */
  public settled(): Promise<void> {
    return this.tasks.settled();
  }

  /** Acts on the service as it is now, whatever was listed. @returns when it is due again. */
  public async reconcileService(listed: Service): Promise<number> {
    const service = await this.embedded.documents.read<ServiceDocument>(ECS_SERVICE, listed);
    if (!service) return Infinity;
    const events = this.eventsOf(service.id);
    return new ServiceReconciliation(this.embedded, this.tasks, service, events).run();
  }
}

/** The controller of ECS. @see EcsController */
export const ecsController = (embedded: Embedded, engine: Engine): EcsController =>
  new EcsController(embedded, engine);
