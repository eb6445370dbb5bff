/** A call of `docker build` or `docker buildx build`. */
export interface BuildCall {
  readonly tags: readonly string[];
  readonly file?: string;
  readonly context: string;
  readonly push: boolean;
  readonly quiet: boolean;
  /** Options as words for an engine: without what pulls a newer base image and without what pushes. */
  readonly words: readonly string[];
  /** Options that have no effect with buildah and podman. */
  readonly withoutEffect: readonly string[];
  /** Options that this program does not know. */
  readonly unknown: readonly string[];
}

/** Options that have a value, and that buildah and podman have too. */
const VALUES = [
  ...[
    "--tag",
    "--file",
    "--build-arg",
    "--target",
    "--platform",
    "--label",
    "--secret",
    "--ssh",
    "--network",
  ],
  ...["--output", "--iidfile", "--add-host", "--build-context", "--shm-size", "--ulimit", "--memory"],
];
const FLAGS = ["--no-cache", "--quiet", "--squash"];

/** Those of BuildKit that change how an image is built, and not the image. */
const VALUES_WITHOUT_EFFECT = [
  ...["--cache-from", "--cache-to", "--progress", "--provenance", "--sbom", "--attest", "--builder"],
  ...["--metadata-file", "--isolation"],
];
const FLAGS_WITHOUT_EFFECT = ["--load", "--rm", "--force-rm", "--compress"];

const SHORT: Readonly<Record<string, string>> = {
  "-t": "--tag",
  "-f": "--file",
  "-o": "--output",
  "-q": "--quiet",
  "-m": "--memory",
};

const isRegistry = (output: string) => /(^|,)type=(registry|image,.*push=true)/.test(output);

/** @param args What follows `build`. */
export function parseBuild(args: readonly string[]): BuildCall {
  const found = { tags: [] as string[], file: undefined as string | undefined, push: false, quiet: false };
  const [words, withoutEffect, unknown, positional]: [string[], string[], string[], string[]] = [
    [],
    [],
    [],
    [],
  ];
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? "";
    if (!word.startsWith("-") || word === "-") {
      positional.push(word);
      continue;
    }
    const [given = "", ...assigned] = word.split("=");
    const name = SHORT[given] ?? given;
    const hasValue = VALUES.includes(name) || VALUES_WITHOUT_EFFECT.includes(name);
    const value = assigned.length > 0 ? assigned.join("=") : hasValue ? (args[++index] ?? "") : undefined;
    if (name === "--pull") continue;
    if (name === "--push") found.push = value !== "false";
    else if (name === "--output" && isRegistry(value ?? "")) found.push = true;
    else if (name === "--output" && /^type=(docker|image)/.test(value ?? "")) withoutEffect.push(name);
    else if (VALUES_WITHOUT_EFFECT.includes(name) || FLAGS_WITHOUT_EFFECT.includes(name))
      withoutEffect.push(name);
    else if (VALUES.includes(name)) words.push(name, value ?? "");
    else if (FLAGS.includes(name)) words.push(value === undefined ? name : `${name}=${value}`);
    else unknown.push(name);
    if (name === "--tag") found.tags.push(value ?? "");
    if (name === "--file") found.file = value;
    if (name === "--quiet") found.quiet = true;
  }
  return { ...found, context: positional.at(-1) ?? ".", words, withoutEffect, unknown };
}

/** The words that Docker itself gets: all but what pulls a newer base image and what pushes. */
export const wordsOfDocker = (args: readonly string[]) =>
  args.filter((word, index) => {
    if (/^--(pull|push)(=.*)?$/.test(word)) return false;
    const output = /^(-o|--output)$/;
    if (output.test(word)) return !isRegistry(args[index + 1] ?? "");
    if (output.test(args[index - 1] ?? "")) return !isRegistry(word);
    return !/^--output=/.test(word) || !isRegistry(word.slice("--output=".length));
  });
