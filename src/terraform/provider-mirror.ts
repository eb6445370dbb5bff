import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { Failure } from "../process/failure";
import { variable } from "../process/variable";

const AWS_PROVIDER = join("registry.terraform.io", "hashicorp", "aws");

/** Folders where packages and images of tools put things; a mirror is a child of one, or it itself. */
const CONVENTIONAL_PARENTS = ["/opt", "/usr/share", "/usr/local/share", "/var/lib", "/srv"];

function children(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name));
  } catch {
    // A folder that is not there, or not ours to read, holds no mirror for us.
    return [];
  }
}

/** Where Terraform itself looks, on Linux and macOS. @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories */
const impliedMirrors = (home: string) => [
  join(home, ".terraform.d", "plugins"),
  join(home, ".local", "share", "terraform", "plugins"),
  join(home, "Library", "Application Support", "io.terraform", "plugins"),
  "/usr/local/share/terraform/plugins",
  "/usr/share/terraform/plugins",
];

/**
 * A filesystem mirror that holds the AWS provider: what `CODESERIES_PROVIDER_MIRROR` names, then the
 * mirrors that Terraform implies, then the conventional places. Nothing: the registry serves.
 *
 * @throws Failure when the variable names a folder without the provider.
 */
export function findProviderMirror(
  env: Readonly<Record<string, string | undefined>>,
  home = homedir(),
): string | undefined {
  const given = variable(env, "CODESERIES_PROVIDER_MIRROR");
  const holdsProvider = (folder: string) => existsSync(join(folder, AWS_PROVIDER));
  if (given !== undefined && !holdsProvider(given))
    throw new Failure(
      `CODESERIES_PROVIDER_MIRROR: expected a folder that holds ${AWS_PROVIDER}, got "${given}"`,
    );
  const places = [
    ...impliedMirrors(home),
    ...CONVENTIONAL_PARENTS.flatMap((parent) => [parent, ...children(parent)]),
  ];
  return given ?? places.find(holdsProvider);
}

/** A Terraform CLI configuration that installs providers from a mirror, and asks nobody for updates. */
export const mirrorConfiguration = (mirror: string) => `disable_checkpoint = true

provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ["registry.terraform.io/*/*"]
  }
}
`;
