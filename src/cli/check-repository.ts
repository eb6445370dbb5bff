import { resolve } from "node:path";
import { checkRepository } from "../repository/check";
import type { Finding } from "../repository/finding";
import { Repository } from "../repository/repository";
import { loadSystem } from "../system/load";
import { configFileOf } from "./paths";
import { deliveriesOf, requireFolder } from "./repository-arguments";

/** @throws InputError if the service or the folder does not exist. */
export function findingsIn(
  env: NodeJS.ProcessEnv,
  service: string,
  folder: string,
): { readonly environments: readonly string[]; readonly findings: readonly Finding[] } {
  const deliveries = deliveriesOf(loadSystem(configFileOf(env)).system, service);
  requireFolder(folder);
  return {
    environments: deliveries.map(({ environment }) => environment.name),
    findings: checkRepository(new Repository(resolve(folder)), deliveries),
  };
}
