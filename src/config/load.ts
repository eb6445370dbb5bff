import { readFileSync } from "node:fs";
import { ConfigError } from "../errors";
import { showFault, type Check, type Fault } from "./fault";
import { parseConfig } from "./parse";
import { readYaml, showPosition } from "./positions";
import type { Config } from "./schema";

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "no such file" : message;
    throw new ConfigError([
      `${file}: cannot be read: ${reason}; CODESERIES_CONFIG names the configuration file`,
    ]);
  }
}

/** A configuration, and a way to point into the file that it came from. */
export interface LoadedConfig {
  readonly config: Config;
  /** The error that shows these faults, each at its line and column. */
  readonly errorOf: (faults: readonly Fault[]) => ConfigError;
}

/**
 * Reads a configuration file.
 *
 * @throws ConfigError with every fault of the file, each at its line and column.
 */
export function loadConfig(file: string, checks: readonly Check<Config>[]): LoadedConfig {
  const source = readYaml(file, read(file));
  const { content } = source;
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    const got = content == null ? "an empty file" : Array.isArray(content) ? "a list" : "plain text";
    throw new ConfigError([`${file}: expected a mapping, got ${got}`]);
  }

  const errorOf = (faults: readonly Fault[]) => {
    const placed = faults.map((fault) => ({ fault, at: source.position(fault.path, fault.atKey) }));
    placed.sort((a, b) => a.at.line - b.at.line || a.at.col - b.at.col);
    return new ConfigError(placed.map(({ fault, at }) => `${showPosition(file, at)} ${showFault(fault)}`));
  };
  const { config, faults } = parseConfig(content, checks);
  if (!config) throw errorOf(faults);
  return { config, errorOf };
}
