import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigError } from "../../src/errors";
import { loadSystem } from "../../src/system/load";

/** The shipped configuration, without the task and the deployment of its service: a test gives it its own. */
export const shippedYaml = readFileSync(join(__dirname, "..", "..", "codeseries.yaml"), "utf8").replace(
  /^ {4}(task|deployment): .*\n/gm,
  "",
);

/** The text with one part replaced; fails when it does not hold the part. */
export function edit(
  text: string,
  ...replacements: readonly (readonly [part: string, by: string])[]
): string {
  return replacements.reduce((before, [part, by]) => {
    if (!before.includes(part)) throw new Error(`the text does not hold "${part}"`);
    return before.replace(part, by);
  }, text);
}

/** The lines that a person reads when a file of this content, `c.yaml`, is loaded. None: it is fine. */
export function faultsIn(content: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), "codeseries-test-"));
  const file = join(folder, "c.yaml");
  writeFileSync(file, content);
  try {
    loadSystem(file);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.lines.map((line) => line.replace(`${folder}/`, ""));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The same for the shipped configuration, edited. */
export const faultsAfter = (...replacements: readonly (readonly [string, string])[]) =>
  faultsIn(edit(shippedYaml, ...replacements));
