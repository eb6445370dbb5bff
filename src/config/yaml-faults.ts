import { isAlias, isMap, isPair, isScalar, isSeq, visit, type Document, type YAMLError } from "yaml";

/** What keeps a text from being YAML, and where: an offset in the text. */
export interface YamlFault {
  readonly offset: number;
  readonly message: string;
}

/** The first character that indents a line after which `offset` lies and is a tab. */
function tabBefore(text: string, offset: number): number | undefined {
  const tab = /^ *\t/m.exec(text);
  const lineEnd = text.indexOf("\n", offset);
  if (!tab || (lineEnd !== -1 && tab.index > lineEnd)) return undefined;
  return tab.index + tab[0].length - 1;
}

function messageOf({ code, message, pos }: YAMLError, text: string): string {
  if (code === "MULTIPLE_DOCS") return "a second document starts here; a configuration is one document";
  if (code === "MULTILINE_IMPLICIT_KEY") return "no key, or one without a space after its colon";
  if (code !== "DUPLICATE_KEY") return message;
  const key = /^(["']?)([\w.-]+)\1/.exec(text.slice(pos[0]))?.[2];
  return key === undefined ? "this key stands twice in its mapping" : `${key} stands twice in its mapping`;
}

/**
 * The syntax errors of a document that have a cause of their own. The parser goes on after an error, and what
 * it then finds mostly follows from the first, but for keys that stand twice.
 */
export function syntaxFaults(document: Document, text: string): YamlFault[] {
  const { errors } = document;
  const first = errors.findIndex(({ code }) => code !== "DUPLICATE_KEY");
  const tab = errors[first] && tabBefore(text, errors[first].pos[0]);
  if (tab !== undefined)
    return [{ offset: tab, message: "a tab indents this line; YAML allows spaces only" }];
  const causes = first === -1 ? errors : errors.slice(0, first + 1);
  return causes.map((error) => ({ offset: error.pos[0], message: messageOf(error, text) }));
}

const isMerge = (key: unknown) =>
  isScalar(key) && typeof key.value === "symbol" && key.value.description === "<<";

/** The values that merge keys take over: of `<<: *a` and of `<<: [*a, *b]`. */
export function mergeSources(map: unknown): unknown[] {
  if (!isMap(map)) return [];
  const values = map.items.filter(({ key }) => isMerge(key)).map(({ value }) => value);
  return values.flatMap((value) => (isSeq(value) ? value.items : [value]));
}

/** Aliases without an anchor, and merge keys with something else than a mapping. */
export function referenceFaults(document: Document): YamlFault[] {
  const faults: YamlFault[] = [];
  const target = (node: unknown) => (isAlias(node) ? node.resolve(document) : node);
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) === undefined)
        faults.push({
          offset: alias.range?.[0] ?? 0,
          message: `*${alias.source}: expected an anchor &${alias.source} before it`,
        });
    },
    Map(_, map) {
      for (const pair of map.items) {
        if (!isPair(pair) || !isMerge(pair.key)) continue;
        const sources = isSeq(pair.value) ? pair.value.items : [pair.value];
        if (sources.some((source) => target(source) !== undefined && !isMap(target(source))))
          faults.push({
            offset: (isScalar(pair.key) ? pair.key.range?.[0] : undefined) ?? 0,
            message: "<<: expected an alias of a mapping, or a list of them",
          });
      }
    },
  });
  return faults;
}
