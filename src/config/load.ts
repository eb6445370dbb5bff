import { readFileSync } from "node:fs";
import { ConfigError } from "../errors";
import { decode } from "./decode";
import { showFault, showPath, type Check, type Fault, type Warning } from "./fault";
import { parseConfig } from "./parse";
import { readYaml, showPosition } from "./positions";
import type { Config } from "./schema";

function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
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
  /** These warnings as lines, each with its line and column. */
  readonly show: (warnings: readonly Warning[]) => string[];
}

/**
 * Reads a configuration file.
 *
 * @throws ConfigError with every fault of the file, each at its line and column.
 */
export function loadConfig(file: string, checks: readonly Check<Config>[]): LoadedConfig {
  const source = readYaml(file, decode(file, read(file)));
  const { content } = source;
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    const got = content == null ? "an empty file" : Array.isArray(content) ? "a list" : "plain text";
    throw new ConfigError([`${file}: expected a mapping, got ${got}`]);
  }

  const placed = <One extends Pick<Fault, "path" | "atKey">>(
    found: readonly One[],
    text: (one: One) => string,
  ) =>
    found
      .map((one) => ({ text: text(one), at: source.position(one.path, one.atKey) }))
      .sort((a, b) => a.at.line - b.at.line || a.at.col - b.at.col)
      .map(({ at, text: line }) => `${showPosition(file, at)} ${line}`);
  const errorOf = (faults: readonly Fault[]) => new ConfigError(placed(faults, showFault));
  const show = (warnings: readonly Warning[]) =>
    placed(warnings, ({ path, text }) => `${showPath(path)}: ${text}`);
  const { config, faults } = parseConfig(content, checks);
  if (!config) throw errorOf(faults);
  return { config, errorOf, show };
}
