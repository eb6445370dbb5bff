import { showPath, type Warn, type Warning } from "../../config/fault";
import type { Config } from "../../config/schema";
import { manyRoutes } from "../checks/ingress/listener-limits";
import { plainHttp } from "../checks/ingress/load-balancers";
import { visibleSecrets } from "./visible-secrets";
import { sidecarImages } from "./sidecar-images";
import { tasksWithoutNat } from "./tasks-without-nat";

/** What is allowed, and that a user should know. Each has a function of its own. */
const warnings: readonly Warn<Config>[] = [
  plainHttp,
  tasksWithoutNat,
  manyRoutes,
  sidecarImages,
  visibleSecrets,
];

/** Every warning about a configuration that has no faults, each once. */
export function warningsOf(config: Config): Warning[] {
  const all = warnings.flatMap((warn) => warn(config));
  const byText = all.map((warning) => [`${showPath(warning.path)} ${warning.text}`, warning] as const);
  return [...new Map(byText).values()];
}
