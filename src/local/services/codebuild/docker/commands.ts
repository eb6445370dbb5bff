import { readFileSync } from "node:fs";
import { HOST } from "../../../emulator/port";
import { ecrHostOf } from "../../ecr/image-name";
import { parseBuild } from "./build-options";
import type { ImageEngine } from "./engine";
import { format } from "./inspect";
import { notAvailable, Refusal } from "./refusal";
import { loginsOf, pushedOf, type DockerSettings } from "./settings";

/** Commands of `docker image …` that are commands of their own. */
const OF_IMAGES: Readonly<Record<string, string>> = {
  ...{
    build: "build",
    push: "push",
    pull: "pull",
    tag: "tag",
    inspect: "inspect",
    ls: "images",
    list: "images",
  },
  ...{ rm: "rmi", remove: "rmi" },
};

/** The `docker` of a build: ECR's names lead to the local registry, and everything else to the engine. */
export class Docker {
  constructor(
    private readonly settings: DockerSettings,
    private readonly engine: ImageEngine,
  ) {}

  /** Runs a command line, and gives its exit code. @throws Refusal */
  public async run([command = "help", ...args]: readonly string[]): Promise<number> {
    const [first = "", ...rest] = args;
    if (command === "image" && OF_IMAGES[first] !== undefined) return this.run([OF_IMAGES[first], ...rest]);
    if (command === "buildx" && first === "build") return this.build(["buildx", "build"], rest);
    // One builder is here, and it can be used.
    if (command === "buildx" && ["create", "use", "inspect", "ls", "version"].includes(first)) return 0;
    if (command === "builder" && first === "build") return this.build(["build"], rest);
    switch (command) {
      case "build":
        return this.build(["build"], args);
      case "login":
        return this.login(args);
      case "logout":
        loginsOf(this.settings).set(ecrHostOf(first) ?? "", undefined);
        return 0;
      case "push":
        return this.push(args);
      case "pull":
        return this.pull(args);
      case "inspect":
        return this.inspect(args);
      case "version":
      case "info":
      case "--version":
      case "-v":
        process.stdout.write(`Docker version 27.0.0, build codeseries (engine ${this.settings.engine})\n`);
        return 0;
      default:
        return this.engine.other(command, args);
    }
  }

  private async build(command: readonly string[], args: readonly string[]): Promise<number> {
    const call = parseBuild(args);
    const code = await this.engine.build(call, command, args);
    if (code === 0 && call.push) for (const tag of call.tags) await this.push([tag]);
    return code;
  }

  private async login(args: readonly string[]): Promise<number> {
    const host = ecrHostOf(args.at(-1) ?? "");
    if (host === undefined) return this.engine.other("login", args);
    const valueOf = (...names: string[]) => {
      const index = args.findIndex((word) => names.includes(word));
      const assigned = args.find((word) => names.some((name) => word.startsWith(`${name}=`)));
      return assigned?.replace(/^[^=]*=/, "") ?? (index < 0 ? undefined : args[index + 1]);
    };
    const fromInput = args.includes("--password-stdin");
    const password = fromInput ? readFileSync(0, "utf8").trim() : (valueOf("-p", "--password") ?? "");
    const user = valueOf("-u", "--username") ?? "";
    const auth = Buffer.from(`${user}:${password}`).toString("base64");
    const registry = `http://${HOST}:${this.settings.registryPort}/v2/`;
    const { ok, status } = await fetch(registry, { headers: { authorization: `Basic ${auth}` } });
    if (!ok)
      throw new Refusal(
        `Error response from daemon: login attempt to https://${host}/v2/ failed with status: ${status}`,
      );
    loginsOf(this.settings).set(host, auth);
    process.stdout.write("Login Succeeded\n");
    return 0;
  }

  private async push(args: readonly string[]): Promise<number> {
    const image = args.at(-1) ?? "";
    const host = this.requireEcr("push", image);
    if (args.some((word) => ["-a", "--all-tags"].includes(word)))
      throw notAvailable("push --all-tags", this.settings.engine);
    if (loginsOf(this.settings).all()[host] === undefined) throw new Refusal("no basic auth credentials");
    const [, tag = "latest"] = /[^/]:([\w.-]+)$/.exec(image) ?? [];
    process.stdout.write(`The push refers to repository [${image.replace(/:[\w.-]+$/, "")}]\n`);
    const digest = await this.engine.push(image);
    pushedOf(this.settings).set(image, digest);
    process.stdout.write(`${tag}: digest: ${digest}\n`);
    return 0;
  }

  private requireEcr(command: string, image: string): string {
    const host = ecrHostOf(image);
    if (host === undefined)
      throw new Refusal(`docker ${command} ${image}: only ECR is available in the embedded AWS`);
    return host;
  }

  private async pull(args: readonly string[]): Promise<number> {
    const image = args.at(-1) ?? "";
    if (ecrHostOf(image) === undefined) return this.engine.other("pull", args);
    return this.engine.pull(image, args.slice(0, -1));
  }

  private async inspect(args: readonly string[]): Promise<number> {
    const given = args.findIndex((word) => /^(-f|--format)$/.test(word));
    const template =
      args.find((word) => word.startsWith("--format="))?.slice("--format=".length) ??
      (given < 0 ? undefined : args[given + 1]);
    const image = args
      .filter((word, index) => !word.startsWith("-") && index !== given + 1 - Number(given < 0))
      .at(-1);
    const found = await this.engine.inspect(image ?? "");
    if (!found) throw new Refusal(`Error: No such object: ${image ?? ""}`);
    const digest = pushedOf(this.settings).all()[image ?? ""];
    const repository = (image ?? "").replace(/:[\w.-]+$/, "");
    const value = digest === undefined ? found : { ...found, RepoDigests: [`${repository}@${digest}`] };
    const text = template === undefined ? JSON.stringify([value], undefined, 4) : format(template, value);
    if (text === undefined)
      throw new Refusal(`docker inspect: the template ${template ?? ""} has no value here`);
    process.stdout.write(`${text}\n`);
    return 0;
  }
}
