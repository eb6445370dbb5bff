import type { S3Client } from "@aws-sdk/client-s3";
import { getBorderCharacters, table } from "table";
import type { Config } from "../config/schema";
import { accountOf, deliveriesOf } from "../config/settings";
import { deliveryNames } from "../naming/names";
import { readOutputs, type StackOutputs } from "../terraform/state/outputs";

/** Account, what, name or URL. */
export type Row = readonly [string, string, string];

const HEAD: Row = ["account", "what", "name or URL"];

const byService = (outputs: StackOutputs | undefined, name: string) =>
  (outputs?.get(name) ?? {}) as Partial<Record<string, string>>;

/** What a person looks for in the deployed system, and where it is. */
export function summaryRows(config: Config, outputs: ReadonlyMap<string, StackOutputs>): Row[] {
  const shared = outputs.get("shared");
  const account = (name: string) => `${name} ${accountOf(config, name).id}`;
  const home = account("shared");
  const deliveries = deliveriesOf(config).map((delivery) => ({
    ...delivery,
    names: deliveryNames(config, delivery.environment, delivery.service),
    at: account(config.environments[delivery.environment]?.account ?? delivery.environment),
    path: config.services[delivery.service]?.path ?? "",
    own: outputs.get(delivery.environment),
  }));
  return [
    [home, "Terraform state", `s3://${config.state.bucket}`],
    ...Object.entries(byService(shared, "clone_urls")).map(([service, url = ""]): Row => [
      home,
      `${service}: repository`,
      url,
    ]),
    ...deliveries.flatMap(({ environment, service, names, at, path, own }): Row[] => [
      [home, `${service} to ${environment}: pipeline`, names.pipeline],
      [home, `${service} to ${environment}: artifacts`, `s3://${names.artifactBucket}`],
      [
        at,
        `${service} in ${environment}: images`,
        byService(own, "container_repository_urls")[service] ?? "",
      ],
      [at, `${service} in ${environment}: ECS service`, `${names.cluster}/${names.service}`],
      [
        at,
        `${service} in ${environment}: deployments`,
        `${names.codeDeployApplication}/${names.deploymentGroup}`,
      ],
      [at, `${service} in ${environment}: URL`, `${String(own?.get("load_balancer_url"))}${path}`],
    ]),
  ];
}

/** The table that ends a deployment. */
export async function summary(s3: S3Client, config: Config): Promise<string> {
  const stacks = [...Object.keys(config.environments), "shared"];
  const outputs = await Promise.all(
    stacks.map(async (stack) => [stack, await readOutputs(s3, config.state.bucket, stack)] as const),
  );
  const rows = [HEAD, ...summaryRows(config, new Map(outputs))].map((row) => [...row]);
  const lines = { drawHorizontalLine: (line: number, count: number) => line <= 1 || line === count };
  return table(rows, { ...lines, border: getBorderCharacters("norc") }).trimEnd();
}
