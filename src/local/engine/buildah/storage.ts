import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { localFile } from "../../folder";
import { imageOf, type Inspected } from "../docker/arguments";
import type { Image, RegistryCredentials } from "../engine";
import { buildahStorage } from "../kind";
import { outputOf } from "../run-program";

/** Whether this process may mount and make network devices by itself. */
export const isRoot = () => process.getuid?.() === 0;

/** Runs a command as root of a user namespace of its own, unless it is root already. */
export const asRoot = (command: readonly string[]): [string, ...string[]] =>
  isRoot() ? (command as [string, ...string[]]) : ["unshare", "--user", "--map-root-user", "--", ...command];

/** Milliseconds after which a pull is given up: without a network it would take minutes. */
const PULL_MS = 300_000;

/** Root can mount layers; other users copy them, without the owners of their files. */
const storage = () =>
  isRoot()
    ? buildahStorage("overlay")
    : [...buildahStorage("vfs"), "--storage-opt", "vfs.ignore_chown_errors=true"];

const ANY_SIGNATURE = { default: [{ type: "insecureAcceptAnything" }] };

/** A file of the settings of buildah in `.local`, which needs none of the machine. */
function setting(name: string, content: string): string {
  const file = localFile(`containers/${name}`);
  if (!existsSync(file)) {
    mkdirSync(localFile("containers"), { recursive: true });
    writeFileSync(file, content, { mode: 0o600 });
  }
  return file;
}

/** Calls buildah on the images and containers of `.local`. */
export async function buildah(args: readonly string[], input?: string): Promise<string> {
  const home = localFile("containers/home");
  mkdirSync(home, { recursive: true });
  const env = {
    ...process.env,
    HOME: home,
    XDG_RUNTIME_DIR: home,
    BUILDAH_ISOLATION: "chroot",
    CONTAINERS_REGISTRIES_CONF: setting("registries.conf", ""),
    REGISTRY_AUTH_FILE: setting("auth.json", "{}"),
  };
  const [file, ...rest] = asRoot(["buildah", ...storage(), ...args]);
  return outputOf(file, rest, { env, timeoutMs: PULL_MS, ...(input === undefined ? {} : { input }) });
}

/** Options of the commands that read an image from a registry. */
export const policy = () => ["--signature-policy", setting("policy.json", JSON.stringify(ANY_SIGNATURE))];

/** The login to an image's registry in the format of Docker's `config.json`. */
export function authFile(reference: string, { user, password }: RegistryCredentials): string {
  const [registry = ""] = reference.split("/");
  return JSON.stringify({ auths: { [registry]: { auth: btoa(`${user}:${password}`) } } });
}

/** Pulls an image. Our own registry has no TLS. */
export async function pullImage(reference: string, credentials?: RegistryCredentials): Promise<void> {
  const pull = ["pull", "--quiet", "--tls-verify=false", ...policy()];
  if (!credentials) {
    await buildah([...pull, reference]);
    return;
  }
  // Not as an option: every user of the machine can read the arguments of a process.
  const file = localFile(`containers/auth-${randomUUID()}.json`);
  mkdirSync(localFile("containers"), { recursive: true });
  writeFileSync(file, authFile(reference, credentials), { mode: 0o600 });
  try {
    await buildah([...pull, "--authfile", file, reference]);
  } finally {
    rmSync(file, { force: true });
  }
}

/** What an image says; undefined if it is not there. */
export async function inspectImage(reference: string): Promise<Image | undefined> {
  const output = await buildah(["inspect", "--type", "image", reference]).catch(() => undefined);
  if (output === undefined) return undefined;
  const { OCIv1, FromImageDigest } = JSON.parse(output) as {
    readonly OCIv1: { readonly config: Inspected["Config"] };
    readonly FromImageDigest: string;
  };
  const digest = [`${reference}@${FromImageDigest}`];
  return imageOf(reference, { RepoDigests: digest, ...(OCIv1.config && { Config: OCIv1.config }) });
}

/** What is mounted below a folder, the innermost first. @see proc_mounts(5) */
export const mountsBelow = (folder: string): string[] =>
  existsSync("/proc/self/mounts")
    ? readFileSync("/proc/self/mounts", "utf8")
        .split("\n")
        .map((line) => (line.split(" ")[1] ?? "").replaceAll("\\040", " "))
        .filter((path) => path.startsWith(`${folder}/`))
        .reverse()
    : [];
