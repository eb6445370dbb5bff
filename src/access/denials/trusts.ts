import { onBehalfOf } from "../chain/context";
import { administratorOf, STRANGE_ACCOUNT, type Parties } from "../parties";
import type { Context, Denial } from "../request";
import { byPrincipal, type Scene } from "./rows";

/** A role, the service that may assume it, and what that service sends. */
interface ServiceTrust {
  readonly role: string;
  readonly owner: string;
  readonly service: string;
  readonly context: Context;
  /** What it sends for somebody else. */
  readonly wrong: Readonly<Record<string, Context>>;
}

/** Who must not take on a role. */
export const trustDenials = (scene: Scene): Denial[] => [
  ...serviceTrusts(scene).flatMap(misusedServiceTrust),
  ...crossAccountTrusts(scene),
  ...rolesTakenOn(scene),
];

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
    {
      ...assume,
      reason: "a session would carry tags, or a name, of somebody's choice",
      principal,
      actions: ["sts:TagSession", "sts:SetSourceIdentity"],
      context,
    },
    {
      ...assume,
      reason: "a person or program of the account would act as a service",
      principal: administratorOf(owner),
      granted: "identity",
    },
  ];
}

/** The roles that the shared account takes on in the environment's, as their own trusts see it. */
function crossAccountTrusts({ own, others }: Scene): Denial[] {
  const { account, roles } = own;
  const trusted: readonly (readonly [role: string, right: string, wrong: readonly string[]])[] = [
    [roles.push, roles.build, [roles.pipeline, ...others.map((other) => other.roles.build)]],
    [roles.deploy, roles.pipeline, [roles.build, ...others.map((other) => other.roles.pipeline)]],
  ];
  return trusted.flatMap(([role, right, wrong]) => {
    const assume = { actions: ["sts:AssumeRole"], resource: role, owner: account };
    const name = right.slice(right.indexOf(":role/"));
    const everywhere = [
      ...new Set(wrong),
      roles.trigger,
      `arn:aws:iam::${STRANGE_ACCOUNT}${name}`,
      roles.task,
      roles.execution,
      roles.codeDeploy,
    ];
    return [
      ...everywhere
        .filter((principal) => principal !== right)
        .map((principal) => ({
          ...assume,
          reason: "another role would release, or push, in its place",
          principal,
          granted: "identity" as const,
        })),
      {
        ...assume,
        reason: "a session would carry tags, or a name, of somebody's choice",
        principal: right,
        actions: ["sts:TagSession", "sts:SetSourceIdentity"],
        granted: "identity" as const,
      },
      { ...assume, reason: "a service would act without the pipeline", principal: "codebuild.amazonaws.com" },
    ];
  });
}

/** Whom a role may not become, as its own policies see it. */
function rolesTakenOn({ own, others }: Scene): Denial[] {
  const mayBecome: Readonly<Record<string, readonly string[]>> = {
    [own.roles.build]: [own.roles.push],
    [own.roles.pipeline]: [own.roles.deploy],
  };
  const crossing = (parties: Parties) => [parties.roles.push, parties.roles.deploy];
  const targets = [own, ...others].flatMap((parties) =>
    crossing(parties).map((resource) => ({ resource, owner: parties.account })),
  );
  return [
    ...Object.values(own.roles).flatMap((principal) =>
      targets
        .filter(({ resource }) => resource !== principal && !mayBecome[principal]?.includes(resource))
        .map((target) =>
          byPrincipal({
            ...target,
            reason: "a role would release, or push, for another delivery",
            principal,
            actions: ["sts:AssumeRole"],
          }),
        ),
    ),
    ...Object.entries(mayBecome).flatMap(([principal, roles]) =>
      roles.map((resource) =>
        byPrincipal({
          reason: "a session would carry tags, or a name, of somebody's choice",
          principal,
          actions: ["sts:TagSession", "sts:SetSourceIdentity"],
          resource,
          owner: own.account,
        }),
      ),
    ),
  ];
}
