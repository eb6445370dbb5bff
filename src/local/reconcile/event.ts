import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import type { Place } from "../../aws/embedded-clients";
import type { Embedded } from "./embedded";

/** An event of a service. */
export interface ServiceEvent {
  /** Such as `aws.ecs`. */
  readonly source: string;
  /** Such as `ECS Task State Change`. */
  readonly type: string;
  /** ARNs. */
  readonly resources: readonly string[];
  readonly detail: object;
}

/** Tells EventBridge of an event. An error is told, and changes nothing. */
export async function emit({ clients, say }: Embedded, place: Place, event: ServiceEvent): Promise<void> {
  const { detail, resources, source, type } = event;
  const entry = {
    Source: source,
    DetailType: type,
    Resources: [...resources],
    Detail: JSON.stringify(detail),
  };
  try {
    await clients.asService(EventBridgeClient, place).send(new PutEventsCommand({ Entries: [entry] }));
  } catch (error) {
    say(source.replace("aws.", ""), `the event ${type} was not taken: ${String(error)}`);
  }
}
