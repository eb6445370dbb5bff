import type { Delivery } from "../delivery";
import type { Environment } from "../parts";

/** A managed policy for people, on some deliveries of one environment. */
export interface OperatorPolicy {
  /** Readers see releases. Operators see them, decide about them and start them. */
  readonly whose: "readers" | "operators";
  /** Where it acts: on pipelines in the shared account, or on deployments in the environment's. */
  readonly on: "pipelines" | "deployments";
  readonly environment: Environment;
  readonly name: string;
  readonly arn: string;
  readonly deliveries: readonly Delivery[];
  /** Whether they copy images to the environment, and from it. */
  readonly promotes: boolean;
}

type Kind = Pick<OperatorPolicy, "on" | "whose">;

const KINDS: readonly Kind[] = (["pipelines", "deployments"] as const).flatMap((on) =>
  (["readers", "operators"] as const).map((whose) => ({ on, whose })),
);

/** IAM allows 6,144 characters; the actions, and what an environment has once, take the rest. */
const MAX_ARN_CHARACTERS = { pipelines: 4_700, deployments: 3_200 } as const;
/** Quotes, a comma, and the suffix of a log group. */
const AROUND_AN_ARN = 5;

/** The policies for people of an environment. A policy that would be too long is divided by services. */
export const operatorPoliciesOf = (
  environment: Environment,
  deliveries: readonly Delivery[],
  promotable: boolean,
) =>
  KINDS.flatMap((kind) =>
    parts(deliveries, kind).map((part, index): OperatorPolicy => {
      const first = firstName(environment, kind);
      const name = index === 0 ? first : `${first}-${index + 1}`;
      const account = kind.on === "pipelines" ? part[0].shared : environment.account;
      return {
        ...kind,
        environment,
        name,
        arn: `arn:aws:iam::${account.id}:policy/${name}`,
        deliveries: part,
        promotes: promotable && kind.on === "deployments" && kind.whose === "operators",
      };
    }),
  );

function firstName({ names }: Environment, { on, whose }: Kind): string {
  if (on === "pipelines") return whose === "readers" ? names.pipelineReaders : names.pipelineOperators;
  return whose === "readers" ? names.deploymentReaders : names.deploymentOperators;
}

/** ARN of the action of a pipeline that waits for a person; undefined if nobody must approve. */
export const approvalArnOf = ({ arns, environment, names }: Delivery) =>
  environment.approval ? `${arns.pipeline}/${names.approvalStage}/Approve` : undefined;

/** ARN of the source's repository; undefined if the source is behind a connection. */
export const sourceArnOf = ({ arns, service }: Delivery) =>
  service.source.connection ? undefined : arns.repository;

function parts(deliveries: readonly Delivery[], { on, whose }: Kind) {
  const found: [Delivery, ...Delivery[]][] = [];
  let free = 0;
  for (const delivery of deliveries) {
    const size = arnsOf(delivery, { on, whose }).reduce((sum, arn) => sum + arn.length + AROUND_AN_ARN, 0);
    const last = found.at(-1);
    if (last && size <= free) last.push(delivery);
    else {
      found.push([delivery]);
      free = MAX_ARN_CHARACTERS[on];
    }
    free -= size;
  }
  return found;
}

/** Every ARN that a delivery adds to a policy. */
function arnsOf(delivery: Delivery, { on, whose }: Kind): string[] {
  const { arns } = delivery;
  const operators = whose === "operators";
  if (on === "pipelines") {
    const { buildLogGroup, buildProject, pipeline } = arns;
    const approval = operators ? (approvalArnOf(delivery) ?? "") : "";
    return [pipeline, buildProject, buildLogGroup, sourceArnOf(delivery) ?? "", approval];
  }
  const { application, containerRepository, deploymentGroup, ecsService, serviceLogGroup } = arns;
  const { deploymentConfig, roles, taskDefinition } = arns;
  const released = [deploymentConfig, taskDefinition, roles.execution, roles.task];
  return [
    application,
    containerRepository,
    deploymentGroup,
    ecsService,
    serviceLogGroup,
    ...(operators ? released : []),
  ];
}
