import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { homedir } from "node:os";
import { HOST } from "../../../emulator/port";
import { ecrHostOf, localImage, withoutLocal } from "../../ecr/image-name";
import { wordsOfDocker, type BuildCall } from "./build-options";
import type { ImageEngine } from "./engine";
import { Refusal } from "./refusal";
import { runProgram, type Shown } from "./run-program";
import { loginsOf, type DockerSettings } from "./settings";

/** The machine's own Docker. An image of ECR has the registry's name only while it is pushed or pulled. */
export class DockerEngine implements ImageEngine {
  private readonly env: NodeJS.ProcessEnv;

  constructor(private readonly settings: DockerSettings) {
    const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== settings.bin);
    this.env = { ...process.env, PATH: path.join(delimiter) };
  }

  public async build(_: BuildCall, command: readonly string[], args: readonly string[]): Promise<number> {
    return (await this.run([...command, ...wordsOfDocker(args)])).code;
  }

  public async push(image: string): Promise<string> {
    const local = localImage(image, this.settings.registryPort);
    const { code, text } = await this.renamed(image, local, () => this.run(["push", local], image));
    const [, digest] = /digest: (sha256:[0-9a-f]{64})/.exec(text) ?? [];
    if (code !== 0 || digest === undefined) throw new Refusal(`docker: ${image} was not pushed`, code || 1);
    return digest;
  }

  private async renamed<Result>(from: string, to: string, work: () => Promise<Result>): Promise<Result> {
    const { code } = await this.run(["tag", from, to]);
    if (code !== 0) throw new Refusal(`An image does not exist locally with the tag: ${from}`, code);
    try {
      return await work();
    } finally {
      await this.run(["rmi", to], undefined, { quiet: true });
    }
  }

  public async pull(image: string, options: readonly string[]): Promise<number> {
    const local = localImage(image, this.settings.registryPort);
    const { code } = await this.run(["pull", ...options, local], image);
    if (code !== 0) return code;
    const tagged = await this.run(["tag", local, image]);
    await this.run(["rmi", local], undefined, { quiet: true });
    return tagged.code;
  }

  public async inspect(image: string): Promise<object | undefined> {
    const { code, text } = await this.run(["image", "inspect", image], undefined, { quiet: true });
    return code === 0 ? (JSON.parse(text) as object[])[0] : undefined;
  }

  public async other(command: string, args: readonly string[]): Promise<number> {
    return (await this.run([command, ...args])).code;
  }

  /** @param image The image of ECR whose login is used. */
  private run(args: readonly string[], image?: string, shown: Shown = {}) {
    const rewrite = (text: string) => withoutLocal(text, this.settings.registryPort);
    const login = image === undefined ? [] : ["--config", this.configFor(image)];
    return runProgram(["docker", ...login, ...args], this.env, { rewrite, ...shown });
  }

  /** The user's configuration with the login of an image's host: Docker knows one login for each registry. */
  private configFor(image: string): string {
    const { folder, registryPort } = this.settings;
    const own = process.env.DOCKER_CONFIG ?? join(homedir(), ".docker");
    const target = join(folder, "config");
    mkdirSync(target, { recursive: true });
    // Contexts and plug-ins.
    for (const name of existsSync(own) ? readdirSync(own) : [])
      if (name !== "config.json" && !existsSync(join(target, name)))
        symlinkSync(join(own, name), join(target, name));
    const file = join(own, "config.json");
    const config = existsSync(file)
      ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>)
      : {};
    const auth = loginsOf(this.settings).all()[ecrHostOf(image) ?? ""];
    const auths = { [`${HOST}:${registryPort}`]: { auth } };
    const kept = { ...config, auths, credsStore: undefined, credHelpers: undefined };
    writeFileSync(join(target, "config.json"), JSON.stringify(kept), { mode: 0o600 });
    return target;
  }
}
