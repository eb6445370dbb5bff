import type { Plan } from "./plan";
import { at, blocksOf, isRecord } from "./values";

/** What the configuration gives to each attribute of each resource, by `<address> <attribute>`, in all modules. */
export const expressionsOf = ({ configuration }: Plan): ReadonlyMap<string, unknown> =>
  new Map(expressionsIn(at(configuration, "root_module"), ""));

function expressionsIn(module: unknown, prefix: string): (readonly [string, unknown])[] {
  const own = blocksOf(at(module, "resources")).flatMap(({ address, expressions }) =>
    Object.entries(isRecord(expressions) ? expressions : {}).map(
      ([attribute, expression]) => [`${prefix}${String(address)} ${attribute}`, expression] as const,
    ),
  );
  const calls = Object.entries(at(module, "module_calls") ?? {});
  return [
    ...own,
    ...calls.flatMap(([name, call]) => expressionsIn(at(call, "module"), `${prefix}module.${name}.`)),
  ];
}
