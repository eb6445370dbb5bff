/** The `docker` that the commands of a build find first. */
import { Docker } from "./commands";
import { ContainersEngine } from "./containers";
import { DockerEngine } from "./docker-engine";
import type { ImageEngine } from "./engine";
import { Refusal } from "./refusal";
import { readSettings, type DockerSettings } from "./settings";
import { StandInEngine } from "./stand-in";

function engineOf(settings: DockerSettings): ImageEngine {
  switch (settings.engine) {
    case "docker":
      return new DockerEngine(settings);
    case "none":
      return new StandInEngine(settings);
    default:
      return new ContainersEngine(settings, settings.engine);
  }
}

async function main(): Promise<void> {
  try {
    const settings = readSettings();
    process.exitCode = await new Docker(settings, engineOf(settings)).run(process.argv.slice(2));
  } catch (error) {
    const { message, stack } = error as Error;
    process.stderr.write(`${error instanceof Refusal ? message : (stack ?? message)}\n`);
    process.exitCode = error instanceof Refusal ? error.exitCode : 1;
  }
}

void main();
