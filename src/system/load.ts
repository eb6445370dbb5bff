import { loadConfig, type LoadedConfig } from "../config/load";
import { checks } from "./checks";
import { systemOf, type System } from "./system";

/** A configuration that passed every check, worked out. */
export interface LoadedSystem extends LoadedConfig {
  readonly system: System;
}

/**
 * Reads a configuration file and works it out.
 *
 * @throws ConfigError with every fault of the file, each at its line and column.
 */
export function loadSystem(file: string): LoadedSystem {
  const loaded = loadConfig(file, checks);
  return { ...loaded, system: systemOf(loaded.config) };
}
