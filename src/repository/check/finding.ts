import { showFault, type Fault } from "../../config/fault";

/** One thing in a file that does not fit the infrastructure. */
export interface Problem extends Fault {
  /** What to do. */
  readonly next: string;
  /** Whether a release works nevertheless. */
  readonly warning?: boolean;
  /** Starts at 1. Without it, the line of the path counts. */
  readonly line?: number;
}

/** A problem in an application's repository. */
export interface Finding extends Problem {
  /** Relative to the repository. */
  readonly file: string;
  /** The environments whose delivery has the problem. */
  readonly environments: readonly string[];
}

/** `codeseries/codedeploy/taskdef.json:2: family: expected "bys-dev-td-api", got "api"; … [dev, stg]` */
export function showFinding({ environments, file, line, next, ...fault }: Finding): string {
  const place = line === undefined ? file : `${file}:${line}`;
  const text = showFault(fault);
  const what = fault.path.length === 0 ? text.slice(text.indexOf("expected")) : text;
  return `${place}: ${what}; ${next} [${environments.join(", ")}]`;
}

/** The value that AWS needs, as a file has it. */
export const exactly = (value: unknown) => JSON.stringify(value);

export const problem = (path: Problem["path"], expected: string, got: unknown, next: string): Problem => ({
  path,
  expected,
  got,
  next,
});

/** The place of an issue, and what is there. */
export function at(path: readonly PropertyKey[], content: unknown): Pick<Problem, "path" | "got"> {
  const keys = path.map((key) => (typeof key === "number" ? key : String(key)));
  const got = keys.reduce<unknown>(
    (value, key) => (value as Readonly<Record<string, unknown>> | null | undefined)?.[key],
    content,
  );
  return { path: keys, got };
}

/** The lines of a file that contain a text, as often as they do. */
export function linesWith(file: string, wanted: string): number[] {
  return file.split("\n").flatMap((line, index) =>
    line
      .split(wanted)
      .slice(1)
      .map(() => index + 1),
  );
}
