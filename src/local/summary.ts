import type { S3Client } from "@aws-sdk/client-s3";
import { getBorderCharacters, table } from "table";
import { stateKey } from "../system/state";
import type { Account, System } from "../system/system";
import { readState } from "../terraform/state/stored";

/** Account, what, name or URL. */
export type Row = readonly [string, string, string];

const HEAD: Row = ["account", "what", "name or URL"];

/** The outputs of a deployed stack, by name. */
type Outputs = ReadonlyMap<string, unknown>;

const byService = (outputs: Outputs | undefined, name: string) =>
  (outputs?.get(name) ?? {}) as Partial<Record<string, string>>;

/** The main resources of a deployed system, and where they are. */
export function summaryRows(system: System, outputs: ReadonlyMap<string, Outputs>): Row[] {
  const account = ({ id, name }: Account) => `${name} ${id}`;
  const home = account(system.shared);
  const cloneUrls = byService(outputs.get("shared"), "clone_urls");
  return [
    [home, "Terraform state", `s3://${system.stateBucket}`],
    ...Object.entries(cloneUrls).map(([service, url = ""]): Row => [home, `${service}: repository`, url]),
    ...system.deliveries.flatMap(({ account: own, environment, names, service, settings }): Row[] => {
      const at = account(own);
      const deployed = outputs.get(environment.name);
      const to = `${service.name} to ${environment.name}`;
      const here = `${service.name} in ${environment.name}`;
      return [
        [home, `${to}: pipeline`, names.pipeline],
        [home, `${to}: artifacts`, `s3://${names.artifactBucket}`],
        [at, `${here}: images`, byService(deployed, "container_repository_urls")[service.name] ?? ""],
        [at, `${here}: ECS service`, `${names.cluster}/${names.service}`],
        [at, `${here}: deployments`, `${names.codeDeployApplication}/${names.deploymentGroup}`],
        [at, `${here}: URL`, `${String(deployed?.get("load_balancer_url"))}${settings.path}`],
      ];
    }),
  ];
}

async function readOutputs(s3: S3Client, system: System, stack: string): Promise<Outputs> {
  const { outputs = {} } = (await readState(s3, system.stateBucket, stateKey(system, stack))) ?? {};
  return new Map(Object.entries(outputs).map(([name, output]) => [name, output?.value]));
}

/** The table that ends a deployment. @param more rows after those of the system. */
export async function summary(s3: S3Client, system: System, more: readonly Row[]): Promise<string> {
  const stacks = [...system.environments.map(({ name }) => name), "shared"];
  const outputs = await Promise.all(
    stacks.map(async (stack) => [stack, await readOutputs(s3, system, stack)] as const),
  );
  const rows = [HEAD, ...summaryRows(system, new Map(outputs)), ...more].map((row) => [...row]);
  const lines = { drawHorizontalLine: (line: number, count: number) => line <= 1 || line === count };
  return table(rows, { ...lines, border: getBorderCharacters("norc") }).trimEnd();
}
