import { accessSync, constants, existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { writeProgram } from "../temporary-folder";
import { SharedProvider } from "./server";

/** The paths in a folder; none if it does not exist. */
const below = (folder: string) =>
  existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];

function terraformOfMachine(): string {
  for (const folder of (process.env.PATH ?? "").split(delimiter))
    try {
      accessSync(join(folder, "terraform"), constants.X_OK);
      return join(folder, "terraform");
    } catch {
      continue;
    }
  throw new Error("terraform is not on the PATH");
}

/**
 * Puts a `terraform` into a folder of programs that uses a shared provider for the operator of an embedded AWS.
 * With other credentials, and for commands that need no provider or install it, it is the machine's.
 */
export function shareProvider(
  project: { readonly folder: string; readonly programs: string },
  env: () => NodeJS.ProcessEnv,
): SharedProvider {
  const stacks = join(project.folder, "out", "stacks");
  const cache = process.env.TF_PLUGIN_CACHE_DIR ?? join(project.folder, "local", "plugin-cache");
  const program = () => {
    // <version>/<platform>/terraform-provider-aws_<version>, as terraform init puts it there.
    const files = below(join(cache, "registry.terraform.io/hashicorp/aws")).flatMap(below).flatMap(below);
    const found = files.find((file) => basename(file).startsWith("terraform-provider-aws_"));
    if (found === undefined) throw new Error(`${cache} has no provider`);
    return found;
  };
  const types = new Set<string>();
  // A type that is in no configuration any more can still be in a state.
  const typesInUse = () => {
    for (const file of readdirSync(stacks, { recursive: true, encoding: "utf8" }))
      if (file.endsWith(".tf.json"))
        for (const [, type = ""] of readFileSync(join(stacks, file), "utf8").matchAll(/"(aws_\w+)"/g))
          types.add(type);
    return types;
  };
  const socket = join(project.folder, "provider.sock");
  const provider = new SharedProvider({ socket, program, env, types: typesInUse });
  const real = terraformOfMachine();
  writeProgram(
    join(project.programs, "terraform"),
    `case " $* " in
  *" plan "* | *" apply "* | *" destroy "* | *" show "*)
    if [ -z "$AWS_SESSION_TOKEN" ] && grep -q "\\"$AWS_ACCESS_KEY_ID\\"" '${project.folder}/local/emulator.json'
    then export TF_REATTACH_PROVIDERS='${provider.reattach}'
    fi ;;
esac
exec '${real}' "$@"`,
  );
  return provider;
}
