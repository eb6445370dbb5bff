import type { PolicyJson, PolicyStatement } from "../read/policy-json";

/**
 * The simulator drops the keys of an encryption context, which would turn an allow into a denial. A tag
 * of the principal, any string too, stands in on both sides.
 */
export const knownKey = (key: string) =>
  key.replace(/^kms:EncryptionContext:/, "aws:PrincipalTag/EncryptionContext:");

/** A document with every key that the simulator drops replaced. */
export function withKnownKeys(document: PolicyJson): PolicyJson {
  const known = ({ Condition, ...statement }: PolicyStatement): PolicyStatement =>
    Condition === undefined
      ? statement
      : { ...statement, Condition: mapValues(Condition, (keys) => mapKeys(keys, knownKey)) };
  return { ...document, Statement: document.Statement.map(known) };
}

const mapValues = <From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

const mapKeys = <Value>(record: Readonly<Record<string, Value>>, change: (key: string) => string) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [change(key), value]));
