import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Pair,
} from "yaml";
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
      const found = nearest(document.contents, path);
      const value = found?.depth === path.length && !atKey ? found.value : undefined;
      const node = value ?? found?.key;
      return lines.linePos(node?.range?.[0] ?? 0);
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

interface Found {
  readonly key: Node | undefined;
  readonly value: Node | undefined;
  readonly depth: number;
}

/** The deepest entry on the path that the file holds. */
function nearest(root: Node | null, path: Path): Found | undefined {
  let found: Found | undefined;
  let node: Node | null | undefined = root;
  for (const [index, key] of path.entries()) {
    let next: Found | undefined;
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find((item) => isKey(item.key, key));
      if (pair && isNode(pair.key))
        next = { key: pair.key, value: isNode(pair.value) ? pair.value : undefined, depth: index + 1 };
    } else if (isSeq(node) && typeof key === "number") {
      const item = node.items[key];
      if (isNode(item)) next = { key: item, value: item, depth: index + 1 };
    }
    if (!next) break;
    found = next;
    node = next.value;
  }
  return found;
}

const isKey = (node: unknown, key: string | number) => isScalar(node) && String(node.value) === String(key);
