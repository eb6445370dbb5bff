import { scaledIn, type Account, type System } from "./system";

/** What an account holds that has a policy, by name. */
export interface Inventory {
  readonly account: Account;
  readonly roles: readonly string[];
  readonly buckets: readonly string[];
  /** With `alias/`. */
  readonly keyAliases: readonly string[];
  readonly containerRepositories: readonly string[];
  /** ARNs of SNS topics. */
  readonly topics: readonly string[];
  /** Resource policies of CloudWatch Logs. */
  readonly logPolicies: readonly string[];
  /** ARNs of managed policies for people. */
  readonly managedPolicies: readonly string[];
}

/** The inventory of each account that the system uses; an account id occurs once. */
export function inventoriesOf({
  deliveries,
  environments,
  notifications,
  operatorPolicies,
  promotions,
  shared,
  stateBucket,
}: System): Inventory[] {
  const accounts = new Map(
    [shared, ...environments.map(({ account }) => account)].reverse().map((account) => [account.id, account]),
  );
  return [...accounts.values()].reverse().map((account) => {
    const isShared = account.id === shared.id;
    const own = deliveries.filter((delivery) => delivery.account.id === account.id);
    const sources = isShared ? deliveries : [];
    const committed = sources.filter(({ service }) => service.source.connection === undefined);
    const topics = isShared ? notifications.filter(({ emails }) => emails) : [];
    const here = environments.filter((environment) => environment.account.id === account.id);
    return {
      account,
      roles: unique([
        ...sources.flatMap(({ names }) => [names.pipelineRole, names.buildRole]),
        ...committed.map(({ names }) => names.triggerRole),
        ...own.flatMap(({ names }) => [
          names.pushRole,
          names.deployRole,
          names.codeDeployRole,
          names.executionRole,
          names.taskRole,
        ]),
        ...here.filter(({ flowLogs }) => flowLogs).map(({ names }) => names.flowLogRole),
        ...promotions
          .filter(({ environment }) => here.includes(environment))
          .map(({ environment }) => environment.names.promotionRole),
        ...here
          .filter((environment) => scaledIn(own, environment).length > 0)
          .flatMap(({ names }) => [names.scalingMachineRole, names.scalingRuleRole]),
      ]),
      buckets: unique([
        ...sources.map(({ names }) => names.artifactBucket),
        ...here.flatMap(({ ingress }) => ingress.accessLogsBucket ?? []),
        ...(isShared ? [stateBucket] : []),
      ]),
      keyAliases: unique([
        ...sources.map(({ names }) => names.artifactKeyAlias),
        ...topics.map(({ environment }) => environment.names.notificationKeyAlias),
      ]),
      topics: topics.map(({ topicArn }) => topicArn),
      containerRepositories: unique(own.map(({ names }) => names.containerRepository)),
      logPolicies: unique(here.map(({ names }) => names.eventLogPolicy)),
      managedPolicies: unique([
        ...committed.map(({ arns }) => arns.developerPolicy),
        ...operatorPolicies.map(({ arn }) => arn).filter((arn) => arn.includes(`::${account.id}:`)),
      ]),
    };
  });
}

const unique = (values: readonly string[]) => [...new Set(values)];
