import type { ContainerSpec, ContainerState, Image, TaskSpec } from "../engine";

/** What `docker image inspect` says of an image, as far as it is used. */
export interface Inspected {
  readonly RepoDigests?: readonly string[] | null;
  readonly Config?: {
    readonly Entrypoint?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
    readonly Env?: readonly string[] | null;
    readonly User?: string;
    readonly WorkingDir?: string;
  };
}

/** `NAME=value` as an object; a value may contain `=`. */
export const variablesOf = (lines: readonly string[]) =>
  Object.fromEntries(
    lines.map((line) => {
      const end = line.indexOf("=");
      return end < 0 ? [line, ""] : [line.slice(0, end), line.slice(end + 1)];
    }),
  );

export function imageOf(reference: string, inspected: Inspected | undefined): Image {
  const { Entrypoint, Cmd, Env, User, WorkingDir } = inspected?.Config ?? {};
  const digest =
    /@(sha256:.*)$/.exec(reference)?.[1] ?? /@(sha256:.*)$/.exec(inspected?.RepoDigests?.[0] ?? "")?.[1];
  return {
    reference,
    digest,
    entrypoint: Entrypoint ?? [],
    command: Cmd ?? [],
    environment: variablesOf(Env ?? []),
    user: User ?? "",
    workingDirectory: WorkingDir === undefined || WorkingDir === "" ? "/" : WorkingDir,
  };
}

/** Variables of a container that would change what the program itself does. */
const OF_THE_PROGRAM =
  /^(PATH|HOME|TMPDIR|LD_.*|DOCKER_.*|CONTAINER_.*|CONTAINERS_.*|XDG_.*|HTTPS?_PROXY|NO_PROXY)$/i;

/** Arguments of `docker run`. Values of variables, which may be secret, go through the environment. */
export function runArguments(
  folder: string,
  { id, ports }: TaskSpec,
  container: ContainerSpec,
  first: string | undefined,
): { args: string[]; env: Record<string, string> } {
  const [entrypoint = "", ...command] = container.arguments;
  const network =
    first === undefined
      ? [
          ...ports.flatMap((port) => ["--publish", `127.0.0.1::${port}`]),
          ...["--add-host", "host.docker.internal:host-gateway"],
        ]
      : ["--network", `container:codeseries-${id}-${first}`];
  const variables = Object.entries(container.environment);
  return {
    args: [
      ...["run", "--detach", "--name", `codeseries-${id}-${container.name}`],
      ...["--label", `codeseries.folder=${folder}`, "--label", `codeseries.task=${id}`],
      ...network,
      ...variables.flatMap(([name, value]) => [
        "--env",
        OF_THE_PROGRAM.test(name) ? `${name}=${value}` : name,
      ]),
      ...container.mounts.flatMap(({ source, path, readOnly }) => [
        "--volume",
        `${source}:${path}${readOnly ? ":ro" : ""}`,
      ]),
      ...(container.user === "" ? [] : ["--user", container.user]),
      ...["--workdir", container.workingDirectory],
      ...(container.readonlyRoot ? ["--read-only"] : []),
      ...(container.memoryMiB === undefined ? [] : ["--memory", `${container.memoryMiB}m`]),
      ...(container.cpus === undefined ? [] : ["--cpus", String(container.cpus)]),
      ...["--entrypoint", entrypoint],
      container.image.reference,
      ...command,
    ],
    env: Object.fromEntries(variables.filter(([name]) => !OF_THE_PROGRAM.test(name))),
  };
}

/** The lines of `docker ps` with name, state and status. */
export function statesOf(output: string): ContainerState[] {
  return output.split("\n").flatMap((line) => {
    const [name = "", state = "", status = ""] = line.split("\t");
    const [, task, container] = /^codeseries-([0-9a-f]{32})-(.+)$/.exec(name) ?? [];
    if (task === undefined || container === undefined) return [];
    const exitCode = /^Exited \((\d+)\)/i.exec(status)?.[1];
    const running = !["exited", "dead", "stopped"].includes(state.toLowerCase());
    return [{ task, container, running, ...(exitCode === undefined ? {} : { exitCode: Number(exitCode) }) }];
  });
}
