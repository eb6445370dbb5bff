import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";

interface Buildspec {
  readonly version: number;
  readonly phases: Record<string, { readonly commands: readonly string[] }>;
  readonly artifacts: { readonly "base-directory": string; readonly files: readonly string[] };
  readonly reports?: { readonly tests: { readonly "base-directory": string } };
}

export interface BuildRun {
  readonly status: number;
  readonly stderr: string;
  /** Calls of `aws` and `docker` with the access key of each: `docker push … as BUILDKEY`. */
  readonly calls: readonly string[];
  /** The files of the output artifact. */
  readonly artifacts: Readonly<Record<string, string>>;
  /** Every file in the folder of the artifact. */
  readonly output: readonly string[];
  /** Files in the folder of the results of tests. */
  readonly reports: readonly string[];
  /** What a later command and the pipeline see. */
  readonly exported: string;
}

/** What the stubs do: each part of the script of `aws` by its first two words, and of `docker` by its first. */
export interface Stubs {
  readonly aws?: Readonly<Record<string, string>>;
  readonly docker?: Readonly<Record<string, string>>;
}

const AWS: Readonly<Record<string, string>> = {
  "sts assume-role": 'printf "PUSHKEY\\tPUSHSECRET\\tPUSHTOKEN\\n"',
  "ecr get-login-password": "echo password",
};

const program = (name: string, words: number, answers: Readonly<Record<string, string>>) =>
  [
    "#!/bin/sh",
    `echo "${name} $*" as "$AWS_ACCESS_KEY_ID" >> "$CALLS"`,
    // `aws ecr --region <region> describe-images` names the region in between.
    '[ "$2" = --region ] && { first="$1"; region="$3"; shift 3; set -- "$first" "$@"; }',
    `case "${words === 2 ? "$1 $2" : "$1"}" in`,
    ...Object.entries(answers).map(([call, script]) => `  "${call}") ${script} ;;`),
    "esac",
    "",
  ].join("\n");

/**
 * Runs a buildspec as CodeBuild does, with stubs for AWS and Docker. Each command has a shell of its own, which
 * sees the exported variables of the commands before.
 *
 * @param files The files of the repository.
 */
export function runBuildspec(
  buildspec: string,
  env: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
  { aws = {}, docker = {} }: Stubs = {},
): BuildRun {
  const { artifacts, phases, reports } = parse(buildspec) as Buildspec;
  const folder = mkdtempSync(join(tmpdir(), "codeseries-build-"));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  try {
    for (const [file, text] of Object.entries(files)) write(`source/${file}`, text);
    write("bin/aws", program("aws", 2, { ...AWS, ...aws }));
    write("bin/docker", program("docker", 1, { login: "cat > /dev/null", ...docker }));
    for (const name of ["aws", "docker"]) chmodSync(join(folder, "bin", name), 0o755);
    write("calls", "");
    write("exported", "");
    let status = 0;
    let stderr = "";
    for (const command of Object.values(phases).flatMap((phase) => phase.commands)) {
      const script = `source "$EXPORTED"\n${command}\nstatus=$?\nexport -p > "$EXPORTED"\nexit $status`;
      const ran = spawnSync("bash", ["--norc", "-c", script], {
        cwd: join(folder, "source"),
        encoding: "utf8",
        env: {
          AWS_ACCESS_KEY_ID: "BUILDKEY",
          CODEBUILD_BUILD_NUMBER: "7",
          ...env,
          CALLS: join(folder, "calls"),
          EXPORTED: join(folder, "exported"),
          PATH: `${join(folder, "bin")}:${process.env.PATH ?? ""}`,
        },
      });
      stderr += ran.stderr;
      status = ran.status ?? 1;
      if (status !== 0) break;
    }
    const read = (file: string) => readFileSync(join(folder, file), "utf8");
    const list = (path: string) =>
      existsSync(join(folder, path)) ? readdirSync(join(folder, path)).sort() : [];
    const base = join("source", artifacts["base-directory"]);
    return {
      status,
      stderr,
      calls: read("calls").split("\n").filter(Boolean),
      output: list(base),
      reports: reports ? list(join("source", reports.tests["base-directory"])) : [],
      artifacts:
        status === 0 ? Object.fromEntries(artifacts.files.map((file) => [file, read(join(base, file))])) : {},
      exported: read("exported"),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
