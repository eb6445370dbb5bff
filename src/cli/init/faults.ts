import { showFault, showPath } from "../../config/fault";
import { parseConfig } from "../../config/parse";
import { checks } from "../../system/checks";
import { flagOf } from "../command";
import { filled } from "../template";
import { configuration } from "./configuration-file";
import { INIT_OPTIONS, initValues, type InitValues } from "./options";

/** The faults of the configuration that the options give, one line for each bad option. */
export function initFaults(given: Partial<InitValues>): string[] {
  const values = initValues(given);
  const content: unknown = configuration(values).toJS();
  // Physical names are made of these values: a bad value gives bad names, which need no line of their own.
  const own = parseConfig(content).faults;
  const lines = new Map<string, string>();
  for (const fault of own.length > 0 ? own : parseConfig(content, checks).faults) {
    const key = showPath(fault.path);
    const option = INIT_OPTIONS.find(({ keys }) => keys.some((template) => filled(template, values) === key));
    const line = showFault(option === undefined ? fault : { ...fault, path: [flagOf(option.name)] });
    lines.set(option?.name ?? key, line);
  }
  // A default that is made of a bad value needs no line either.
  for (const { name, fallback } of INIT_OPTIONS)
    if (given[name] === undefined && [...lines.keys()].some((source) => fallback.includes(`{${source}}`)))
      lines.delete(name);
  return [...lines.values()];
}
