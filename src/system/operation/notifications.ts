import type { Config } from "../../config/schema";
import { regionalArn } from "../arns";
import type { Delivery } from "../delivery";
import type { Account, Environment } from "../parts";

/** Messages about the releases to one environment. */
export interface Notifications {
  readonly environment: Environment;
  readonly deliveries: readonly Delivery[];
  /** In the shared account. */
  readonly topicArn: string;
  /** Of a topic that is made here, for these addresses. Undefined for a topic of the user's. */
  readonly emails?: readonly string[];
}

/** The messages of every environment that has any. */
export const notificationsOf = (
  { region }: Config,
  shared: Account,
  environments: readonly Environment[],
  deliveries: readonly Delivery[],
): Notifications[] =>
  environments.flatMap((environment) => {
    const { names, notifications } = environment;
    if (!notifications) return [];
    const own = deliveries.filter((delivery) => delivery.environment === environment);
    if ("topicArn" in notifications)
      return [{ environment, deliveries: own, topicArn: notifications.topicArn }];
    const topicArn = regionalArn({ accountId: shared.id, region }, "sns", names.notificationTopic);
    return [{ environment, deliveries: own, topicArn, emails: notifications.email }];
  });
