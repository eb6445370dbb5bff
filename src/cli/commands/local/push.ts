import { join, relative } from "node:path";
import { InputError } from "../../../errors";
import { packageFile } from "../../../process/package-file";
import { chosenDelivery } from "../../chosen-delivery";
import { defineCommand } from "../../command";
import { configFileOf } from "../../paths";

const EXAMPLE = "examples/awssdk-iam";

export const push = defineCommand({
  name: "push",
  summary: "pushes a folder as a commit, which starts a release",
  description: `Commits the files of a folder to the repository of a service in the embedded AWS, and pushes the commit to the
branch that is delivered to the environment. The folder itself is not changed, and need not be a Git repository.`,
  script: "npm run local -- push",
  arguments: {
    "[service]": "needed where there are several",
    "[folder]": `with a Dockerfile; ${EXAMPLE} if left out`,
  },
  options: {
    environment: { value: "<name>", description: "the environment; needed where there are several" },
    message: { value: "<text>", description: "the message of the commit" },
    tag: { value: "<name>", description: "a Git tag to push, too, for an environment that tags start" },
  },
  json: '{ "commit": id, "branch": name, "tag": name or null }',
  variables: ["CODESERIES_CONFIG", "CODESERIES_LOCAL"],
  exitCodes: { failed: "no embedded AWS is running, or the push was refused" },
  examples: ["npx codeseries local push awssdk-iam examples/awssdk-iam"],
  async run({ args: [service, folder = packageFile(EXAMPLE)], env, options, ui }) {
    const { loadSystem } = await import("../../../system/load");
    const { runningEmbedded } = await import("../../../local/use/running");
    const { pushFolder } = await import("../../../local/use/push");
    const { environment, tag } = options;
    const delivery = chosenDelivery(loadSystem(configFileOf(env)).system, service, environment);
    const { branch, filter, service: own } = delivery;
    if (filter && "tags" in filter && tag === undefined)
      throw new InputError(
        `--tag: ${delivery.environment.name} is started by Git tags ${filter.tags.join(", ")}, got none`,
      );
    runningEmbedded();
    const message = options.message ?? `Push ${relative(process.cwd(), join(folder))}`;
    const commit = pushFolder({ service: own, branch, folder, message, tag });
    ui.result(`${commit.slice(0, 8)} was pushed to ${branch} of ${own.name}`, {
      commit,
      branch,
      tag: tag ?? null,
    });
  },
});
