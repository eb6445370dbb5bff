import { parse } from "yaml";
import { provideBaseImage } from "../../__tests__/support/buildspec-runner/base-images";
import { EmbeddedProject } from "../../__tests__/support/embedded-project";
import { shippedYaml } from "../../__tests__/support/faults";
import { chosenDelivery } from "../../src/cli/chosen-delivery";
import type { Embedded } from "../../src/local/reconcile/embedded";
import { runningEmbedded } from "../../src/local/use/running";
import { serviceUrl } from "../../src/local/use/service-url";
import { loadSystem } from "../../src/system/load";
import type { Delivery } from "../../src/system/system";

/** A deployed system that releases run on. */
export interface Soaked {
  readonly embedded: Embedded;
  readonly delivery: Delivery;
  readonly url: string;
  readonly configFile: string;
  /** Shows what was measured. */
  readonly say: (line: string) => void;
}

/** The images of the public registry that the application is built from, made of this machine's programs. */
function provideImages(project: EmbeddedProject): void {
  const containers = project.file("local", "containers");
  const root = ["--root", `${containers}/storage`, "--runroot", `${containers}/run`];
  provideBaseImage(project.folder, "node", "whole", [...root, "--storage-driver", "overlay"]);
}

/** Deploys the system, and deletes it after the work. */
export async function withSystem<Result>(
  engine: "buildah" | "none",
  work: (soaked: Soaked) => Promise<Result>,
): Promise<Result> {
  const project = new EmbeddedProject();
  try {
    project.configure(parse(shippedYaml));
    const { code, err } = await project.local("up", "--engine", engine).ended;
    if (code !== 0) throw new Error(err);
    if (engine === "buildah") provideImages(project);
    process.env.CODESERIES_LOCAL = project.file("local");
    return await work(await runningSystem(project.file("codeseries.yaml"), console.log));
  } finally {
    await project.end();
  }
}

/** The system that runs in `CODESERIES_LOCAL`. */
export async function runningSystem(configFile: string, say: Soaked["say"]): Promise<Soaked> {
  const embedded = runningEmbedded();
  const delivery = chosenDelivery(loadSystem(configFile).system);
  const { url } = await serviceUrl(embedded, delivery);
  return { embedded, delivery, url, configFile, say };
}
