import { bucketArn } from "./arns";
import type { System } from "./system";

/** The object in the state bucket that holds a stack's Terraform state. */
export const stateKey = ({ statePrefix }: Pick<System, "statePrefix">, stack: string) =>
  `${statePrefix}/${stack}.tfstate`;

/** The ARN of that object. */
export const stateArn = (system: Pick<System, "stateBucket" | "statePrefix">, stack: string) =>
  `${bucketArn(system.stateBucket)}/${stateKey(system, stack)}`;

/** The object that exists while a state is locked. @see https://developer.hashicorp.com/terraform/language/backend/s3#state-locking */
export const lockKey = (system: Pick<System, "statePrefix">, stack: string) =>
  `${stateKey(system, stack)}.tflock`;

/** What a stack's output `system` says about the system that the state is of. */
export interface SystemRecord {
  readonly organization: string;
  readonly region: string;
  /** Account ids: of `shared`, and of each environment by its name. */
  readonly accounts: Readonly<Record<string, string>>;
  /** Names of ECS clusters, by environment. */
  readonly clusters: Readonly<Record<string, string>>;
  /** The services of the stack, in the order of the alphabet. */
  readonly services: readonly string[];
}

/** The record of one stack. That of an environment says nothing about the others, so that these can change. */
export function systemRecord(system: System, stack: string): SystemRecord {
  const isOfStack = ({ name }: { readonly name: string }) => stack === "shared" || name === stack;
  const environments = system.environments.filter(isOfStack);
  const deliveries = system.deliveries.filter(({ environment }) => isOfStack(environment));
  const byEnvironment = (of: (environment: System["environments"][number]) => string) =>
    Object.fromEntries(environments.map((environment) => [environment.name, of(environment)]));
  return {
    organization: system.organization,
    region: system.region,
    accounts: { shared: system.shared.id, ...byEnvironment(({ account }) => account.id) },
    clusters: byEnvironment(({ names }) => names.cluster),
    services: [...new Set(deliveries.map(({ service }) => service.name))].sort(),
  };
}

/**
 * ARNs of which a state of the system holds at least one, for the states of the first version, which have no
 * output `system`. The state of the bucket is the same for every system.
 */
export const telltaleArns = (system: System, stack: string): string[] =>
  stack === "shared"
    ? system.deliveries.map(({ arns }) => arns.pipeline)
    : system.deliveries
        .filter(({ environment }) => environment.name === stack)
        .map(({ arns }) => arns.cluster);
