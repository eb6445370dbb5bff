import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ecrHostOf, localImage } from "../../ecr/image-name";
import type { BuildCall } from "./build-options";
import { factsOf } from "./dockerfile";
import type { ImageEngine } from "./engine";
import { notAvailable, Refusal } from "./refusal";
import { Kept, loginsOf, type DockerSettings } from "./settings";

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const CONFIG = "application/vnd.oci.image.config.v1+json";
const LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

/** An archive of tar without a file: two blocks of zeros. */
const EMPTY_TAR = Buffer.alloc(1024);

const digestOf = (bytes: string | Buffer) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

const say = (text: string) => process.stderr.write(`STAND-IN ${text}\n`);

/** Without an engine: images that have what a Dockerfile says about ports and commands, and no file. */
export class StandInEngine implements ImageEngine {
  /** Configurations by name. */
  private readonly images: Kept;

  constructor(private readonly settings: DockerSettings) {
    this.images = new Kept(join(settings.folder, "images.json"));
  }

  public build({ context, file, tags, words }: BuildCall): Promise<number> {
    const path = file ?? join(context, "Dockerfile");
    if (!existsSync(path))
      throw new Refusal(`docker: failed to read dockerfile: open ${path}: no such file or directory`);
    const given = words.flatMap((word, index) => (words[index - 1] === "--build-arg" ? [word] : []));
    const values = given.map((word) => {
      const [name = "", ...value] = word.split("=");
      return [name, value.length > 0 ? value.join("=") : (process.env[name] ?? "")];
    });
    const { config, from } = factsOf(
      readFileSync(path, "utf8"),
      Object.fromEntries(values) as Record<string, string>,
    );
    say(`reads ${path} and runs none of its commands: there is no engine on this machine`);
    say(`the base image ${from} is not pulled`);
    const content = JSON.stringify({
      architecture: process.arch === "arm64" ? "arm64" : "amd64",
      os: "linux",
      created: new Date().toISOString(),
      config: { ...config, Labels: { ...config.Labels, "codeseries.stand-in": "true" } },
      rootfs: { type: "layers", diff_ids: [digestOf(EMPTY_TAR)] },
    });
    for (const tag of tags) {
      this.images.set(tag, content);
      say(`made ${tag}`);
    }
    return Promise.resolve(0);
  }

  public async push(image: string): Promise<string> {
    const config = this.images.all()[image];
    if (config === undefined) throw new Refusal(`An image does not exist locally with the tag: ${image}`);
    const layer = gzipSync(EMPTY_TAR);
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: { mediaType: CONFIG, digest: digestOf(config), size: Buffer.byteLength(config) },
      layers: [{ mediaType: LAYER, digest: digestOf(layer), size: layer.length }],
    });
    const [, repository = "", tag = "latest"] = /^(.+?)(?::([\w.-]+))?$/.exec(image) ?? [];
    for (const blob of [Buffer.from(config), layer])
      await this.send(repository, "POST", `blobs/uploads/?digest=${digestOf(blob)}`, blob);
    await this.send(repository, "PUT", `manifests/${tag}`, Buffer.from(manifest), MANIFEST);
    say(`pushed ${image}`);
    return digestOf(manifest);
  }

  private async send(
    repository: string,
    method: string,
    path: string,
    body?: Buffer,
    type = "application/octet-stream",
  ): Promise<Response> {
    const [, host = "", name = ""] =
      /^([^/]+\/)(.+)$/.exec(localImage(repository, this.settings.registryPort)) ?? [];
    const auth = loginsOf(this.settings).all()[ecrHostOf(repository) ?? ""] ?? "";
    const headers = { authorization: `Basic ${auth}`, "content-type": type, accept: MANIFEST };
    const answer = await fetch(`http://${host}v2/${name}/${path}`, { method, headers, body });
    if (answer.ok) return answer;
    const { errors = [] } = (await answer.json().catch(() => ({}))) as { errors?: { message?: string }[] };
    throw new Refusal(`docker: ${errors[0]?.message ?? `the registry answered ${answer.status}`}`);
  }

  public async pull(image: string): Promise<number> {
    const [, repository = "", reference = "latest"] =
      /^(.+?)(?:@(.+)|:([\w.-]+))?$/.exec(image)?.filter(Boolean) ?? [];
    const manifest = (await (await this.send(repository, "GET", `manifests/${reference}`)).json()) as {
      config: { digest: string };
    };
    const config = await this.send(repository, "GET", `blobs/${manifest.config.digest}`);
    this.images.set(image, await config.text());
    say(`pulled ${image}`);
    return 0;
  }

  public inspect(image: string): Promise<object | undefined> {
    const content = this.images.all()[image];
    if (content === undefined) return Promise.resolve(undefined);
    const { architecture, config, created, os } = JSON.parse(content) as Record<string, unknown>;
    return Promise.resolve({
      ...{ Id: digestOf(content), RepoTags: [image], RepoDigests: [], Created: created },
      ...{ Architecture: architecture, Os: os, Config: config },
    });
  }

  public other(command: string, args: readonly string[]): Promise<number> {
    const [from = "", to] = args.filter((word) => !word.startsWith("-"));
    if (command === "tag" && to !== undefined) {
      const content = this.images.all()[from];
      if (content === undefined) throw new Refusal(`Error response from daemon: No such image: ${from}`);
      this.images.set(to, content);
    } else if (command === "rmi") this.images.set(from, undefined);
    else if (command === "images") process.stdout.write(`${Object.keys(this.images.all()).join("\n")}\n`);
    else throw notAvailable(command, "none");
    return Promise.resolve(0);
  }
}
