import type { Delivery } from "./delivery";
import type { Environment } from "./parts";

/** A managed policy for operators of some deliveries, all of one environment. */
export interface OperatorPolicy {
  /** Where it acts: on pipelines in the shared account, or on deployments in the environment's. */
  readonly on: "pipelines" | "deployments";
  readonly environment: Environment;
  readonly name: string;
  readonly arn: string;
  readonly deliveries: readonly Delivery[];
}

/** IAM allows 6,144 characters; the actions take the rest. */
const MAX_ARN_CHARACTERS = 4_800;
/** Quotes, a comma, and the suffix of a log group. */
const AROUND_AN_ARN = 5;

/** The policies for operators of an environment. A policy that would be too long is divided by services. */
export const operatorPoliciesOf = (environment: Environment, deliveries: readonly Delivery[]) =>
  (["pipelines", "deployments"] as const).flatMap((on) => {
    const { names } = environment;
    const first = on === "pipelines" ? names.pipelineOperators : names.deploymentOperators;
    return parts(deliveries, on).map((part, index): OperatorPolicy => {
      const name = index === 0 ? first : `${first}-${index + 1}`;
      const account = on === "pipelines" ? part[0].shared : environment.account;
      return { on, environment, name, arn: `arn:aws:iam::${account.id}:policy/${name}`, deliveries: part };
    });
  });

/** ARN of the action of a pipeline that waits for a person; undefined if nobody must approve. */
export const approvalArnOf = ({ arns, environment, names }: Delivery) =>
  environment.approval ? `${arns.pipeline}/${names.approvalStage}/Approve` : undefined;

function parts(deliveries: readonly Delivery[], on: OperatorPolicy["on"]) {
  const found: [Delivery, ...Delivery[]][] = [];
  let free = 0;
  for (const delivery of deliveries) {
    const {
      application,
      buildLogGroup,
      buildProject,
      deploymentGroup,
      ecsService,
      pipeline,
      serviceLogGroup,
    } = delivery.arns;
    const arns =
      on === "pipelines"
        ? [pipeline, approvalArnOf(delivery) ?? "", buildProject, buildLogGroup]
        : [application, deploymentGroup, ecsService, serviceLogGroup];
    const size = arns.reduce((sum, arn) => sum + arn.length + AROUND_AN_ARN, 0);
    const last = found.at(-1);
    if (last && size <= free) last.push(delivery);
    else {
      found.push([delivery]);
      free = MAX_ARN_CHARACTERS;
    }
    free -= size;
  }
  return found;
}
