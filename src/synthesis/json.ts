import { parseDocument } from "yaml";
import { InputError } from "../errors";

/**
 * The value of a JSON text.
 *
 * @throws InputError when it is not JSON, or an object has a key twice: `JSON.parse` keeps the last
 * value, but Terraform and AWS may use the first.
 */
export function parseJson(json: string, origin: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new InputError(`${origin}: expected JSON, got ${json.slice(0, 80)}: ${(error as Error).message}`);
  }
  // A text that JSON.stringify writes has no key twice, and the YAML parser is slow.
  if (JSON.stringify(value) === json) return value;
  const twice = parseDocument(json).errors.find(({ code }) => code === "DUPLICATE_KEY");
  if (!twice) return value;
  const key = /"(?:[^"\\]|\\.)*"/.exec(json.slice(twice.pos[0]))?.[0] ?? "";
  throw new InputError(`${origin}: the key ${key} occurs twice in one object`);
}
