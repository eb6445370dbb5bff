import { parseDocument } from "yaml";
import { UnreadableError } from "./unreadable";

const MAX_SHOWN = 80;

/**
 * The value of a JSON text.
 *
 * @param origin Where the text is from, for the message.
 * @throws UnreadableError when it is not JSON, or an object has a key twice: `JSON.parse` keeps the last
 * value, but Terraform and AWS may use the first.
 */
export function parseJson(text: string, origin: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UnreadableError(
      `${origin}: expected JSON, got ${text.slice(0, MAX_SHOWN)}: ${(error as Error).message}`,
    );
  }
  // A text that JSON.stringify writes has no key twice, and the YAML parser is slow.
  if (JSON.stringify(value) === text) return value;
  const fault = parseDocument(text).errors.find(({ code }) => code === "DUPLICATE_KEY");
  if (fault)
    throw new UnreadableError(`${origin}: the key ${keyAt(text, fault.pos[0])} occurs twice in one object`);
  return value;
}

const keyAt = (text: string, position: number) => /"(?:[^"\\]|\\.)*"/.exec(text.slice(position))?.[0] ?? "";
