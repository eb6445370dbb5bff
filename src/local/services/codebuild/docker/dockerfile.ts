/** What the text of a Dockerfile says about its last stage. */
export interface DockerfileFacts {
  readonly from: string;
  readonly config: {
    readonly Env: readonly string[];
    readonly Cmd?: readonly string[];
    readonly Entrypoint?: readonly string[];
    readonly ExposedPorts: Readonly<Record<string, object>>;
    readonly Labels: Readonly<Record<string, string>>;
    readonly WorkingDir: string;
    readonly User: string;
  };
}

/** `["a", "b"]`, or a line for the shell. */
function commandOf(text: string): string[] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed)) return parsed.map(String);
  } catch {
    // A line for the shell.
  }
  return ["/bin/sh", "-c", text];
}

/** `A=1 B="two words"`, or the old form `A 1`. */
function pairsOf(text: string): (readonly [string, string])[] {
  const pairs = [...text.matchAll(/([\w.-]+)=("(?:[^"\\]|\\.)*"|\S*)/g)];
  if (pairs.length > 0) return pairs.map(([, name = "", value = ""]) => [name, value.replace(/^"|"$/g, "")]);
  const [name = "", ...rest] = text.split(/\s+/);
  return [[name, rest.join(" ")]];
}

/** Reads a Dockerfile without building it: variables are those of ARG and ENV; a stage knows nothing of its base. */
export function factsOf(
  text: string,
  buildArguments: Readonly<Record<string, string>> = {},
): DockerfileFacts {
  const lines = text
    .replace(/^\s*#.*$/gm, "")
    .replace(/\\\r?\n/g, " ")
    .split("\n");
  const variables = new Map<string, string>();
  const expand = (value: string) =>
    value.replace(/\$\{?(\w+)\}?/g, (whole, name: string) => variables.get(name) ?? whole);
  let from = "";
  let config: { -readonly [Key in keyof DockerfileFacts["config"]]: DockerfileFacts["config"][Key] } =
    empty();
  for (const line of lines) {
    const [, word = "", given = ""] = /^\s*(\w+)\s+(.*?)\s*$/.exec(line) ?? [];
    const rest = expand(given);
    if (/^FROM$/i.test(word)) [from, config] = [rest.replace(/^--\S+\s+/, "").split(/\s+/)[0] ?? "", empty()];
    if (/^ARG$/i.test(word)) {
      const [name = "", value = ""] = rest.split("=");
      variables.set(name, buildArguments[name] ?? value);
    }
    if (/^ENV$/i.test(word))
      for (const [name, value] of pairsOf(rest)) {
        variables.set(name, value);
        config = { ...config, Env: [...config.Env, `${name}=${value}`] };
      }
    if (/^LABEL$/i.test(word))
      config = { ...config, Labels: { ...config.Labels, ...Object.fromEntries(pairsOf(rest)) } };
    if (/^EXPOSE$/i.test(word))
      for (const port of rest.split(/\s+/))
        config = {
          ...config,
          ExposedPorts: { ...config.ExposedPorts, [port.includes("/") ? port : `${port}/tcp`]: {} },
        };
    if (/^CMD$/i.test(word)) config = { ...config, Cmd: commandOf(rest) };
    if (/^ENTRYPOINT$/i.test(word)) config = { ...config, Entrypoint: commandOf(rest) };
    if (/^WORKDIR$/i.test(word)) config = { ...config, WorkingDir: rest };
    if (/^USER$/i.test(word)) config = { ...config, User: rest };
  }
  return { from, config };
}

const empty = (): DockerfileFacts["config"] => ({
  Env: [],
  ExposedPorts: {},
  Labels: {},
  WorkingDir: "/",
  User: "",
});
