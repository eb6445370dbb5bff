import type { DeliveryClients } from "../../../aws/delivery-clients";
import type { Delivery } from "../../../system/system";

const messageOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";

/** Reads one delivery. A call that fails leaves a gap in the evidence, which is noted; the rest goes on. */
export class Reader {
  private readonly gaps: string[] = [];

  constructor(
    public readonly clients: DeliveryClients,
    public readonly delivery: Delivery,
  ) {}

  /** The calls that failed, with the reason. */
  public get unread(): readonly string[] {
    return [...new Set(this.gaps)];
  }

  /** @param call Such as `ecs:DescribeTasks`. */
  public async try<T>(call: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      const message = messageOf(error);
      this.gaps.push(message.includes(call.split(":")[1] ?? call) ? message : `${call}: ${message}`);
      return undefined;
    }
  }
}
