import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { Failure } from "../errors";
import { variable } from "../process/variable";

const AWS_PROVIDER = join("registry.terraform.io", "hashicorp", "aws");

/** Folders where packages and images install tools; a mirror is one of them, or a folder in it. */
const CONVENTIONAL_PARENTS = ["/opt", "/usr/share", "/usr/local/share", "/var/lib", "/srv"];

function children(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    // A folder that does not exist, or that we cannot read, is not a usable mirror.
    return [];
  }
}

/** Where Terraform itself searches, on Linux and macOS. @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories */
const impliedMirrors = (home: string) => [
  join(home, ".terraform.d", "plugins"),
  join(home, ".local", "share", "terraform", "plugins"),
  join(home, "Library", "Application Support", "io.terraform", "plugins"),
  "/usr/local/share/terraform/plugins",
  "/usr/share/terraform/plugins",
];

/**
 * A filesystem mirror with the AWS provider: the one in `CODESERIES_PROVIDER_MIRROR`, else one of
 * Terraform's implied mirrors, else one in a conventional folder. Undefined if the registry is used.
 *
 * @throws Failure if the variable names a folder without the provider.
 */
export function findProviderMirror(
  env: Readonly<Record<string, string | undefined>>,
  home = homedir(),
): string | undefined {
  const given = variable(env, "CODESERIES_PROVIDER_MIRROR");
  const holdsProvider = (folder: string) => existsSync(join(folder, AWS_PROVIDER));
  if (given !== undefined && !holdsProvider(given))
    throw new Failure(
      `CODESERIES_PROVIDER_MIRROR: expected a folder that contains ${AWS_PROVIDER}, got "${given}"`,
    );
  const places = [
    ...impliedMirrors(home),
    ...CONVENTIONAL_PARENTS.flatMap((parent) => [parent, ...children(parent)]),
  ];
  return given ?? places.find(holdsProvider);
}

/** A Terraform CLI configuration that installs providers from a mirror, and does not check for updates. */
export const mirrorConfiguration = (mirror: string) => `disable_checkpoint = true

provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ["registry.terraform.io/*/*"]
  }
}
`;
