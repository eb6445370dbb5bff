import { readYaml } from "../../config/positions";
import { ConfigError } from "../../errors";
import type { Finding, Problem } from "./finding";

/** A finding before it is known in which environments. */
export type Found = Omit<Finding, "environments">;

export const placedIn = (file: string, problems: readonly Problem[]): Found[] =>
  problems.map((problem) => ({ file, ...problem }));

/** A YAML (or JSON) file, and what gives its problems their lines. */
export function parsed(file: string, text: string) {
  try {
    const source = readYaml(file, text);
    const placed = (problems: readonly Problem[]): Found[] =>
      problems.map((problem) => ({
        file,
        ...problem,
        line: problem.line ?? source.position(problem.path, problem.atKey).line,
      }));
    return { source, placed, problems: [] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const problems = error.lines.map((message): Found => {
      const [, line = "1", what = message] = /^.*?:(\d+):\d+ (?:not YAML: )?(.*)$/.exec(message) ?? [];
      return { file, path: [], line: Number(line), expected: "YAML", got: what, next: "fix it" };
    });
    return { placed: (found: readonly Problem[]) => placedIn(file, found), problems };
  }
}

/** @returns why a text is no JSON. */
export function syntaxOf(text: string): Problem | undefined {
  const got = jsonError(text);
  if (got === undefined) return undefined;
  const lines = text.split("\n");
  const index = lines.findIndex((_, last) => !isBeginning(lines.slice(0, last + 1).join("\n")));
  const line = index < 0 ? lines.length : index + 1;
  return { path: [], line, expected: "JSON", got, next: "fix it: the deploy action reads JSON only" };
}

function jsonError(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Whether JSON may begin so: the parser's only complaint is the end. Not every message has a position. */
function isBeginning(text: string): boolean {
  const message = jsonError(text) ?? "Unexpected end";
  const [, position] = /position (\d+)/.exec(message) ?? [];
  return message.includes("Unexpected end") || Number(position) >= text.length;
}
