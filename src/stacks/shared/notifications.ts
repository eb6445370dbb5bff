import { Construct } from "constructs";
import { NotificationTopic } from "../../constructs/operation/notification-topic";
import { ReleaseNotices } from "../../constructs/operation/release-notices";
import type { Notifications as Given } from "../../system/operation/notifications";
import type { System } from "../../system/system";

/** Messages about the releases to each environment that wants them. */
export class Notifications extends Construct {
  /** ARNs of the topics, by environment. */
  public readonly topicArns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { notifications, shared }: System) {
    super(scope, id);
    const arns = notifications.map((one) => [one.environment.name, this.create(one, shared.id)] as const);
    this.topicArns = Object.fromEntries(arns);
  }

  private create({ deliveries, emails, environment, topicArn }: Given, accountId: string): string {
    const scope = new Construct(this, environment.name);
    const made =
      emails &&
      new NotificationTopic(scope, "topic", {
        topicName: environment.names.notificationTopic,
        keyAlias: environment.names.notificationKeyAlias,
        topicArn,
        accountId,
        emails,
      });
    for (const { names, service } of deliveries)
      new ReleaseNotices(scope, service.name, {
        pipelineName: names.pipeline,
        deployStageName: names.deployStage,
        approval: environment.approval,
        service: service.name,
        environment: environment.name,
        ruleNames: {
          progress: names.progressRule,
          failure: names.failureRule,
          rollback: names.rollbackRule,
          approval: names.waitRule,
        },
        topicArn: made?.arn ?? topicArn,
        form: emails ? "text" : "chat",
        dependsOn: made?.ready ?? [],
      });
    return made?.arn ?? topicArn;
  }
}
