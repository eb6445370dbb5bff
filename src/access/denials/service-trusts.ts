import { onBehalfOf } from "../chain/context";
import { administratorOf, STRANGE_ACCOUNT } from "../parties";
import type { Context, Denial } from "../request";
import { tagged, type Scene } from "./rows";

/** A role, the service that may assume it, and what that service sends. */
interface ServiceTrust {
  readonly role: string;
  readonly owner: string;
  readonly service: string;
  readonly context: Context;
  /** What it sends for somebody else. */
  readonly wrong: Readonly<Record<string, Context>>;
}

/** Who must not take on a role that an AWS service assumes. */
export const serviceTrustDenials = (scene: Scene): Denial[] =>
  serviceTrusts(scene).flatMap(misusedServiceTrust);

function serviceTrusts({ own, others }: Scene): ServiceTrust[] {
  const { account, connection, deploymentGroup, project, region, roles, rule, shared, task } = own;
  const stranger = others[0] ?? own;
  const trust = (
    role: string,
    owner: string,
    service: string,
    arn: string,
    neighbour: string,
  ): ServiceTrust => ({
    role,
    owner,
    service,
    context: onBehalfOf(owner, arn),
    wrong: {
      "for another account's resource": onBehalfOf(STRANGE_ACCOUNT, arn.replace(owner, STRANGE_ACCOUNT)),
      "for another resource of the account": onBehalfOf(owner, neighbour),
      "for no resource at all": {},
    },
  });
  const elsewhere = task.replace(region, "xx-nowhere-1");
  return [
    ...(connection === undefined ? [trust(roles.trigger, shared, "events", rule, stranger.rule)] : []),
    {
      role: roles.pipeline,
      owner: shared,
      service: "codepipeline",
      context: { "aws:SourceAccount": shared },
      wrong: {
        "for another account's pipeline": { "aws:SourceAccount": STRANGE_ACCOUNT },
        "for no account at all": {},
      },
    },
    trust(roles.build, shared, "codebuild", project, stranger.project),
    trust(roles.codeDeploy, account, "codedeploy", deploymentGroup, stranger.deploymentGroup),
    trust(roles.execution, account, "ecs-tasks", task, elsewhere),
    trust(roles.task, account, "ecs-tasks", task, elsewhere),
  ];
}

function misusedServiceTrust({ context, owner, role, service, wrong }: ServiceTrust): Denial[] {
  const principal = `${service}.amazonaws.com`;
  const assume = { actions: ["sts:AssumeRole"], resource: role, owner };
  return [
    ...Object.entries(wrong).map(([what, sent]) => ({
      ...assume,
      reason: `${service} would act ${what}`,
      principal,
      context: sent,
    })),
    { ...assume, reason: "another service would act", principal: "lambda.amazonaws.com", context },
    { ...tagged(role, owner), principal, context },
    {
      ...assume,
      reason: "a person or program of the account would act as a service",
      principal: administratorOf(owner),
      granted: "identity",
    },
  ];
}
