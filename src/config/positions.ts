import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document } from "yaml";
import { ConfigError } from "../errors";
import type { Path } from "./fault";
import { mergeSources, referenceFaults, syntaxFaults } from "./yaml-faults";

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
  /**
   * The position of the value (or key) at a path, or of its nearest parent: where it is written, so that of
   * an alias or a merged key it is in the anchor.
   */
  position(path: Path, atKey?: boolean): Position;
}

/** Reads YAML 1.2 with merge keys. @throws ConfigError with each syntax error, at its line and column. */
export function readYaml(name: string, text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const syntax = syntaxFaults(document, text);
  const faults = syntax.length > 0 ? syntax : referenceFaults(document);
  if (faults.length > 0)
    throw new ConfigError(
      faults.map(
        ({ offset, message }) => `${showPosition(name, lines.linePos(offset))} not YAML: ${message}`,
      ),
    );

  return {
    content: contentOf(name, document),
    position(path, atKey = false) {
      const { depth, key, value } = nearest(document, path);
      const node = key && !atKey && depth === path.length && isNode(value) ? value : key;
      return lines.linePos(isNode(node) ? (node.range?.[0] ?? 0) : 0);
    },
  };
}

/** More than any configuration has, and few enough to be expanded at once. */
const MAX_ALIASES = 1000;

/** The plain content. Aliases that expand without bound are an attack, or a mistake. */
function contentOf(name: string, document: Document): unknown {
  try {
    const content: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
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
function nearest(document: Document, path: Path): Entry & { readonly depth: number } {
  let entry: Entry = { value: document.contents };
  for (const [depth, key] of path.entries()) {
    const next = entryOf(document, entry.value, key);
    if (!isNode(next?.key)) return { ...entry, depth };
    entry = next;
  }
  return { ...entry, depth: path.length };
}

/** A mapping's own entry goes before those that it merges, and the first of these before the others. */
function entryOf(document: Document, at: unknown, key: string | number): Entry | undefined {
  const node = isAlias(at) ? at.resolve(document) : at;
  if (isMap(node)) {
    const own = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
    if (own) return own;
    for (const source of mergeSources(node)) {
      const merged = entryOf(document, source, key);
      if (merged) return merged;
    }
    return undefined;
  }
  return isSeq(node) && typeof key === "number"
    ? { key: node.items[key], value: node.items[key] }
    : undefined;
}
