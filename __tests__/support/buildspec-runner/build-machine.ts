import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BASE_IMAGES, must, provideBaseImage, type BaseImage } from "./base-images";

/** Who calls AWS, by access key. */
export interface Caller {
  readonly arn: string;
  readonly account: string;
  /** `action` or `action resource`; a `*` at the end of either stands for any text. */
  readonly allow: readonly string[];
}

export interface MachineAws {
  readonly cliVersion: 1 | 2;
  readonly callers: Readonly<Record<string, Caller>>;
  /** Access keys of the roles that can be assumed, by ARN. */
  readonly roles: Readonly<Record<string, string>>;
  /** Revisions by family. */
  readonly taskDefinitions?: Readonly<Record<string, number>>;
}

const SHIMS = join(__dirname, "shims");

/** A machine for builds: programs, images, a registry, S3 and the project's cache, all in one folder. */
export class BuildMachine {
  public readonly folder = mkdtempSync(join(tmpdir(), "codeseries-build-"));
  public readonly home = this.path("home");
  public readonly source = this.path("source");
  private readonly buildah = [
    "--root",
    this.path("images"),
    "--runroot",
    this.path("images.run"),
    "--storage-driver",
    "vfs",
  ];

  constructor(aws: MachineAws) {
    for (const name of ["bin", "home", "registry", "s3"]) mkdirSync(this.path(name));
    this.program("docker", `exec bash ${join(SHIMS, "docker.sh")} "$@"`);
    this.program("aws", `exec node ${join(SHIMS, "aws.mjs")} "$@"`);
    this.program("gradle", `exec bash ${join(SHIMS, "gradle.sh")} "$@"`);
    this.setAws(aws);
  }

  public path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  public setAws(aws: MachineAws): void {
    writeFileSync(this.path("aws.json"), JSON.stringify(aws));
  }

  /** Puts a program first on the path of builds. */
  public program(name: string, script: string): void {
    writeFileSync(this.path("bin", name), `#!/bin/bash\n${script}\n`);
    chmodSync(this.path("bin", name), 0o755);
  }

  /** @param content A hollow image has no program: enough for builds that run none. */
  public provide(image: BaseImage, content: "whole" | "hollow" = "whole"): void {
    provideBaseImage(this.folder, image, content, this.buildah);
  }

  /** Creates an ECR repository. */
  public repository(host: string, name: string, tags: "MUTABLE" | "IMMUTABLE" = "IMMUTABLE"): void {
    const folder = this.path("registry", host, name);
    mkdirSync(folder, { recursive: true });
    if (tags === "IMMUTABLE") writeFileSync(join(folder, "immutable"), "");
  }

  /** Gives a tag to an image that was never pushed. */
  public tag(host: string, name: string, tag: string): void {
    const folder = this.path("registry", host, name, "tags");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, tag), `sha256:${"0".repeat(64)}`);
  }

  /** Digests by tag. */
  public tags(host: string, name: string): Record<string, string> {
    const folder = this.path("registry", host, name, "tags");
    const tags = existsSync(folder) ? readdirSync(folder) : [];
    return Object.fromEntries(tags.map((tag) => [tag, readFileSync(join(folder, tag), "utf8")]));
  }

  /** What a new build container holds: the base images, the source and nothing of an earlier build. */
  public begin(repository: string): void {
    for (const name of ["source", "home", "logins", "calls", "shell"])
      rmSync(this.path(name), { recursive: true, force: true });
    for (const name of ["home", "shell"]) mkdirSync(this.path(name));
    writeFileSync(this.path("calls"), "");
    cpSync(repository, this.source, { recursive: true });
    this.removeBuiltImages();
  }

  private removeBuiltImages(): void {
    if (!existsSync(this.path("images"))) return;
    const bases: readonly string[] = Object.values(BASE_IMAGES);
    const list = must("buildah", [
      ...this.buildah,
      "images",
      "--all",
      "--format",
      "{{.ID}} {{.Name}}:{{.Tag}}",
    ]);
    const images = list.split("\n").map((line) => line.trim().split(/\s+/));
    const built = images.filter(([id, name]) => id !== "" && !bases.includes(name ?? ""));
    const ids = [...new Set(built.map(([id = ""]) => id))];
    if (ids.length > 0) must("buildah", [...this.buildah, "rmi", "--force", ...ids]);
  }

  /** Lines such as `docker push <image> as <access key>`, in their order. */
  public calls(): string[] {
    return readFileSync(this.path("calls"), "utf8")
      .split("\n")
      .filter((line) => line !== "");
  }

  /** Makes a container of an image that was built, and gives how to run a command in it. */
  public container(image: string): readonly string[] {
    const name = must("buildah", [...this.buildah, "from", "--pull-never", image]).trim();
    return ["buildah", ...this.buildah, "run", "--isolation", "chroot", name, "--"];
  }

  public dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
