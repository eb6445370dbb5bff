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
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const { message } = error as Error;
    const [, position = "0"] = /position (\d+)/.exec(message) ?? [];
    const line = text.slice(0, Number(position)).split("\n").length;
    return {
      path: [],
      line,
      expected: "JSON",
      got: message,
      next: "fix it: the deploy action reads JSON only",
    };
  }
}
