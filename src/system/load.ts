import { loadConfig, type LoadedConfig } from "../config/load";
import { checks } from "./checks";
import { systemOf, type System } from "./system";
import { warningsOf } from "./warnings";

/** A configuration that passed every check, worked out. */
export interface LoadedSystem extends LoadedConfig {
  readonly system: System;
  /** What the file allows and a user should know, a line for each. */
  readonly warnings: readonly string[];
}

/**
 * Reads a configuration file and works it out.
 *
 * @throws ConfigError with every fault of the file, each at its line and column.
 */
export function loadSystem(file: string): LoadedSystem {
  const loaded = loadConfig(file, checks);
  const { config, show } = loaded;
  return { ...loaded, system: systemOf(config), warnings: show(warningsOf(config)) };
}
