import type { Check } from "../../config/fault";
import type { Config } from "../../config/schema";
import { isDelivered } from "../settings";

/** Builds in a VPC that is not there, and a VPC in an account that builds nothing. */
export const wrongBuildNetworks: Check<Config> = ({ accounts, services }) => [
  ...Object.entries(accounts)
    .filter(([name, { vpc }]) => name !== "shared" && vpc)
    .map(([name, { vpc }]) => ({
      path: ["accounts", name, "vpc"],
      expected: "no vpc: builds run in the account shared",
      got: vpc,
    })),
  ...Object.entries(services).flatMap(([service, { build, environments }]) =>
    [[[], build] as const, ...Object.keys(environments).map((name) => overrideAt(environments, name))]
      .filter(([, one]) => one?.vpc === true && accounts.shared?.vpc === undefined)
      .map(([at]) => ({
        path: ["services", service, ...at, "build", "vpc"],
        expected: "false, or accounts.shared.vpc with vpcId, subnetIds and securityGroupIds",
        got: true,
      })),
  ),
];

function overrideAt(environments: Config["services"][string]["environments"], name: string) {
  const over = environments[name];
  return [["environments", name], over === false ? undefined : over?.build] as const;
}

/** Approvals that would protect nothing. */
export const approvalsOfNothing: Check<Config> = ({ environments, services }) =>
  Object.entries(services).flatMap(([name, service]) => {
    const { approvals, connection } = service.source;
    const isProtected = Object.entries(environments).some(
      ([environment, { protect }]) => protect && isDelivered(service, environment),
    );
    if (approvals === 0 || (isProtected && !connection)) return [];
    const expected = connection
      ? "0 with source.connection: protect the branches at GitHub, GitLab or Bitbucket"
      : "0, or an environment with protect: true, whose branch is protected";
    return [{ path: ["services", name, "source", "approvals"], expected, got: approvals }];
  });

/** Filters of pushes, which CodePipeline has for connections only. */
export const filtersWithoutConnection: Check<Config> = ({ environments, services }) => {
  const committed = Object.entries(services).filter(([, { source }]) => source.connection === undefined);
  const tagged = Object.entries(environments).filter(([, { tags }]) => tags !== undefined);
  return [
    ...committed
      .filter(([, { source }]) => source.paths !== undefined)
      .map(([name, { source }]) => ({
        path: ["services", name, "source", "paths"],
        expected:
          "no paths without source.connection: a push to CodeCommit starts its pipelines, whichever files it changes",
        got: source.paths,
      })),
    ...tagged.flatMap(([name, { tags }]) => {
      const delivered = committed.filter(([, service]) => isDelivered(service, name));
      if (delivered.length === 0) return [];
      const from = delivered.map(([service]) => service).join(", ");
      return [
        {
          path: ["environments", name, "tags"],
          expected: `branch in place of tags: only a source.connection can start a pipeline by Git tags, and CodeCommit has the source of ${from}`,
          got: tags,
        },
      ];
    }),
  ];
};
