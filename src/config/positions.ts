import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document } from "yaml";
import { ConfigError } from "../errors";
import type { Path } from "./fault";

/** A place in a file; both numbers start at 1. */
export interface Position {
  readonly line: number;
  readonly col: number;
}

/** `codeseries.yaml:12:7` */
export const showPosition = (name: string, { line, col }: Position) => `${name}:${line}:${col}`;

/** A YAML file's content, and the position of each part. */
export interface Source {
  readonly content: unknown;
  /** The position of the value (or key) at a path, or of its nearest parent. */
  position(path: Path, atKey?: boolean): Position;
}

/** Reads YAML 1.2. @throws ConfigError with each syntax error, at its line and column. */
export function readYaml(name: string, text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0)
    throw new ConfigError(
      document.errors.map(
        ({ pos, message }) => `${showPosition(name, lines.linePos(pos[0]))} not YAML: ${message}`,
      ),
    );

  return {
    content: contentOf(name, document),
    position(path, atKey = false) {
      const { depth, key, value } = nearest(document.contents, path);
      const node = key && !atKey && depth === path.length && isNode(value) ? value : key;
      return lines.linePos(isNode(node) ? (node.range?.[0] ?? 0) : 0);
    },
  };
}

/** The plain content. Aliases that expand without bound are an attack, or a mistake. */
function contentOf(name: string, document: Document): unknown {
  try {
    const content: unknown = document.toJS({ maxAliasCount: 100 });
    JSON.stringify(content);
    return content;
  } catch (error) {
    throw new ConfigError([`${name}: not a configuration: ${(error as Error).message.split("\n")[0] ?? ""}`]);
  }
}

interface Entry {
  readonly key?: unknown;
  readonly value?: unknown;
}

/** The deepest entry on the path that the file holds, and its depth. */
function nearest(root: unknown, path: Path): Entry & { readonly depth: number } {
  let entry: Entry = { value: root };
  for (const [depth, key] of path.entries()) {
    const next = entryOf(entry.value, key);
    if (!isNode(next?.key)) return { ...entry, depth };
    entry = next;
  }
  return { ...entry, depth: path.length };
}

function entryOf(node: unknown, key: string | number): Entry | undefined {
  if (isMap(node))
    return node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
  return isSeq(node) && typeof key === "number"
    ? { key: node.items[key], value: node.items[key] }
    : undefined;
}
