import { STRANGE_ACCOUNT, type Parties } from "../parties";
import type { Denial } from "../request";
import { byPrincipal, tagged, type Scene } from "./rows";

/** Who must not take on a role that another role assumes, across the accounts. */
export const roleTrustDenials = (scene: Scene): Denial[] => [
  ...crossAccountTrusts(scene),
  ...rolesTakenOn(scene),
];

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
      { ...tagged(role, account), principal: right, granted: "identity" as const },
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
      roles.map((resource) => byPrincipal({ ...tagged(resource, own.account), principal })),
    ),
  ];
}
