import type { Config } from "../../config/schema";
import { systemOf } from "../../system/system";
import { namedOutside } from "./named";
import { networksOutside } from "./network";
import type { Outside } from "./outside";

/** What an ARN stands for, by its service and the type of its resource. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ["acm:certificate", "certificate"],
  ["codeconnections:connection", "connection"],
  ["codestar-connections:connection", "connection"],
  ["iam:policy", "policy"],
  ["kms:key", "key"],
  ["lambda:function", "function"],
  ["secretsmanager:secret", "secret"],
  ["ssm:parameter", "parameter"],
]);

/** Every text in a configuration that may be an ARN, except in the statements of a policy, which hold patterns. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  if (typeof value !== "object" || value === null || "actions" in value) return;
  for (const part of Object.values(value)) yield* textsIn(part);
}

function ofArn(text: string, home: string): Outside | undefined {
  const [arn, partition, service = "", region = "", account = "", ...rest] = text.split(":");
  const [type = ""] = rest.join(":").split(/[:/]/);
  const kind = KINDS.get(`${service}:${type}`);
  // AWS's own policies are in the embedded AWS.
  if (arn !== "arn" || partition !== "aws" || kind === undefined || account === "aws") return undefined;
  const at = { kind, account, region: region || home };
  switch (kind) {
    case "secret": {
      const [, name = "", key = ""] = rest;
      const id = `arn:aws:secretsmanager:${region}:${account}:secret:${name}`;
      return { ...at, id, keys: key === "" ? [] : [key] };
    }
    case "function":
      return { ...at, id: text.split(":").slice(0, 7).join(":") };
    case "parameter":
      return { ...at, id: rest.join(":").slice(type.length) };
    default:
      return { ...at, id: text };
  }
}

/** Everything that the configuration names and no stack makes, each once. */
export function outsideOf(config: Config): Outside[] {
  const system = systemOf(config);
  // The settings of a delivery have parameters by ARN that the file has by name.
  const texts = [...textsIn([config, system.deliveries.map(({ settings }) => settings)])];
  const arns = texts.flatMap((text) => ofArn(text, config.region) ?? []);
  const found = new Map<string, Outside>();
  for (const one of [...networksOutside(system), ...arns, ...namedOutside(system)]) {
    const key = [one.kind, one.account, one.region, one.id].join(" ");
    const keys = [...new Set([...(found.get(key)?.keys ?? []), ...(one.keys ?? [])])];
    found.set(key, one.keys ? { ...one, keys } : one);
  }
  return [...found.values()];
}
