import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { packageFile } from "../../../process/package-file";
import type { Entry, Stage } from "./entry";

/** The files of the catalogue, in the order of a release. `pipeline` has entries of two stages. */
const FILES: readonly Stage[] = [
  "source",
  "artifact",
  "build",
  "pipeline",
  "deploy-action",
  "codedeploy",
  "ecs-service",
  "ecs-task",
  "load-balancer",
];

type Written = Pick<Entry, "id" | "cause" | "signals" | "confirm" | "remedy"> & Partial<Entry>;

const entryOf = (stage: Stage, written: Written): Entry => ({
  stage,
  role: "cause",
  match: "all",
  possible: [],
  alike: [],
  over: [],
  seen: true,
  ...written,
});

/** The ways in which a release fails, as `templates/why/*.yaml` has them. */
export const catalogue = (): readonly Entry[] =>
  FILES.flatMap((stage) =>
    (parse(readFileSync(packageFile(`templates/why/${stage}.yaml`), "utf8")) as Written[]).map((written) =>
      entryOf(stage, written),
    ),
  );
