import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { localImage } from "../../ecr/image-name";
import type { BuildCall } from "./build-options";
import type { ImageEngine } from "./engine";
import { inspected, type BuildahInspect } from "./inspect";
import { notAvailable, Refusal } from "./refusal";
import { runProgram, type Shown } from "./run-program";
import { loginsOf, type DockerSettings } from "./settings";

const POLICY = JSON.stringify({ default: [{ type: "insecureAcceptAnything" }] });

/** Commands of buildah under the name that docker has for them. */
const BUILDAH: Readonly<Record<string, string>> = { images: "images", rmi: "rmi", tag: "tag" };

/** buildah and podman, which read the same files about registries: ECR's hosts lead to the local one. */
export class ContainersEngine implements ImageEngine {
  private readonly command: readonly string[];
  private readonly env: NodeJS.ProcessEnv;

  constructor(
    private readonly settings: DockerSettings,
    private readonly name: "buildah" | "podman",
  ) {
    this.command = name === "buildah" ? settings.buildah : ["podman"];
    const { folder, registryPort } = settings;
    mkdirSync(folder, { recursive: true });
    const file = (of: string, content: string) => {
      writeFileSync(join(folder, of), content, { mode: 0o600 });
      return join(folder, of);
    };
    const logins = Object.entries(loginsOf(settings).all());
    const auths = logins.map(([host, auth]) => [localImage(host, registryPort), { auth }] as const);
    const remapped = logins.map(
      ([host]) =>
        `[[registry]]\nprefix = "${host}"\nlocation = "${localImage(host, registryPort)}"\ninsecure = true\n`,
    );
    this.env = {
      ...process.env,
      BUILDAH_ISOLATION: "chroot",
      XDG_RUNTIME_DIR: folder,
      REGISTRY_AUTH_FILE: file("auth.json", JSON.stringify({ auths: Object.fromEntries(auths) })),
      CONTAINERS_REGISTRIES_CONF: file(
        "registries.conf",
        `unqualified-search-registries = ["docker.io"]\n${remapped.join("")}`,
      ),
    };
    file("policy.json", POLICY);
  }

  private get policy(): string[] {
    return ["--signature-policy", join(this.settings.folder, "policy.json")];
  }

  public async build(call: BuildCall): Promise<number> {
    if (call.unknown.length > 0) throw notAvailable(`build ${call.unknown.join(" ")}`, this.name);
    for (const name of new Set(call.withoutEffect))
      process.stderr.write(`docker: ${name} has no effect with ${this.name}\n`);
    const secrets = mkdtempSync(join(this.settings.folder, "secrets-"));
    try {
      const words = call.words.map((word, index) =>
        call.words[index - 1] === "--secret" ? secretFile(word, secrets) : word,
      );
      const isolation = this.name === "buildah" ? ["--isolation", "chroot"] : [];
      // A base image that is on this machine is not asked for in a registry.
      const options = ["build", ...isolation, "--pull=false", "--layers", ...this.policy];
      const { code } = await this.run([...options, ...words, call.context]);
      return code;
    } finally {
      rmSync(secrets, { recursive: true });
    }
  }

  public async push(image: string): Promise<string> {
    const digestFile = join(this.settings.folder, "digest");
    const target = `docker://${localImage(image, this.settings.registryPort)}`;
    const options = ["--tls-verify=false", "--digestfile", digestFile, ...this.policy];
    const { code } = await this.run(["push", "--quiet", ...options, image, target]);
    if (code !== 0) throw new Refusal(`docker: ${image} was not pushed`, code);
    return readFileSync(digestFile, "utf8").trim();
  }

  public async pull(image: string, options: readonly string[]): Promise<number> {
    const { code } = await this.run(["pull", ...options, ...this.policy, image]);
    return code;
  }

  public async inspect(image: string): Promise<object | undefined> {
    if (this.name === "podman") {
      const { code, text } = await this.run(["image", "inspect", image], { quiet: true });
      return code === 0 ? (JSON.parse(text) as object[])[0] : undefined;
    }
    const { code, text } = await this.run(["inspect", "--type", "image", image], { quiet: true });
    return code === 0 ? inspected(image, JSON.parse(text) as BuildahInspect) : undefined;
  }

  public async other(command: string, args: readonly string[]): Promise<number> {
    const own = this.name === "buildah" ? BUILDAH[command] : command;
    if (own === undefined) throw notAvailable(command, this.name);
    const { code } = await this.run([own, ...args]);
    return code;
  }

  private run(args: readonly string[], shown?: Shown) {
    return runProgram([...this.command, ...args], this.env, shown);
  }
}

/** buildah knows secrets of files only: `id=NAME,env=NAME` becomes `id=NAME,src=<file>`. */
function secretFile(text: string, folder: string): string {
  const parts = new Map(text.split(",").map((part) => part.split("=", 2) as [string, string]));
  const [id = "", name] = [parts.get("id"), parts.get("env")];
  const value = process.env[name ?? id];
  if (parts.has("src") || parts.has("source") || (name === undefined && value === undefined)) return text;
  if (value === undefined) throw new Refusal(`docker: the secret ${id} has no variable ${name ?? id}`);
  const file = join(folder, id);
  if (!existsSync(file)) writeFileSync(file, value, { mode: 0o600 });
  return `id=${id},src=${file}`;
}
