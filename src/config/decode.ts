import { ConfigError } from "../errors";

const SAVE = "save the file as UTF-8, without changes to its text";

/** The text of a file in UTF-8, without a byte order mark. @throws ConfigError that names the encoding. */
export function decode(name: string, bytes: Uint8Array): string {
  const refuse = (got: string) => new ConfigError([`${name}: expected UTF-8, got ${got}: ${SAVE}`]);
  const [first, second] = bytes;
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  // Keys are ASCII, so that in UTF-16 without a mark one of the first two bytes is zero.
  if (marked || (first === 0) !== (second === 0)) throw refuse("UTF-16");
  if (bytes.includes(0)) throw refuse("a binary file");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refuse("another encoding");
  }
}
