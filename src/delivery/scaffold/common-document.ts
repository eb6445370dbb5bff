import type { PlaceholderValues } from "../build-script";
import { Placeholder, templateOf } from "./placeholders";

/** A document of one environment, and what the project's variables say there. */
export interface OwnDocument {
  readonly facts: PlaceholderValues;
  readonly content: unknown;
}

/** One document for all environments. */
export interface CommonDocument {
  readonly content: unknown;
  /** Values of its further placeholders in each environment, in their order. JSON, or nothing: its line goes. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** What a template is preferred for although all environments have the same: the names that codeseries gives. */
const NAMED =
  /^(family|executionRoleArn|taskRoleArn|.*\.options\.awslogs-(group|region)|(.*\.)?ContainerName)$/;
const CONTAINER_NAME = /^containerDefinitions\.[^.]*\.name$/;
const PORT = /(^|\.)(containerPort|hostPort|ContainerPort)$/;

/** What all documents have in common, with placeholders where they differ. */
export function commonDocument(documents: readonly OwnDocument[], prefix: string): CommonDocument {
  const common = new Common(documents, prefix);
  const content = common.of(
    documents.map((document) => document.content),
    [],
  );
  return { content, values: common.values };
}

/** Keys, and elements of lists as `0` or `0=name`. */
type Path = readonly string[];

class Common {
  public readonly values = new Map<string, readonly string[]>();

  constructor(
    private readonly documents: readonly OwnDocument[],
    private readonly prefix: string,
  ) {}

  /** @param values One for each document. */
  public of(values: readonly unknown[], path: Path): unknown {
    const [first] = values;
    const place = path.join(".");
    const port =
      PORT.test(place) &&
      values.every((value, index) => String(value) === this.facts(index)?.APPLICATION_PORT);
    if (port) return new Placeholder("APPLICATION_PORT");
    const same = values.every((value) => JSON.stringify(value) === JSON.stringify(first));
    const atom = typeof first !== "object" || first === null;
    const named =
      NAMED.test(place) || (CONTAINER_NAME.test(place) && first === this.facts(0)?.APPLICATION_NAME);
    if (same && atom && !named) return first;
    if (values.every((value) => typeof value === "string")) return this.text(values, path);
    if (values.every(Array.isArray)) return this.list(values as readonly unknown[][], path);
    if (values.every(isMapping)) return this.mapping(values, path);
    return this.further(values, path);
  }

  private facts(index: number): PlaceholderValues | undefined {
    return this.documents[index]?.facts;
  }

  private text(values: readonly string[], path: Path): unknown {
    const template = templateOf(
      this.documents.map(({ facts }, index) => ({ value: values[index] ?? "", facts })),
    );
    return template ?? this.further(values, path);
  }

  /**
   * Elements with names are compared by name, since the order of containers and of variables has no meaning.
   * What an environment lacks comes first, for the same reason as among keys.
   */
  private list(values: readonly (readonly unknown[])[], path: Path): unknown {
    const [first = []] = values;
    const shapes = values.map((list) => list.map(shapeOf));
    const everywhere = (shapes[0] ?? []).filter((shape) => shapes.every((list) => list.includes(shape)));
    const named = values.flat().every((element) => nameOf(element) !== undefined);
    if (named && everywhere.length > 0) {
      const all = [...new Set(shapes.flat())];
      const ordered = [...all.filter((shape) => !everywhere.includes(shape)), ...everywhere];
      return ordered.map((shape, index) => {
        const own = values.map((list) => list.find((element) => shapeOf(element) === shape));
        const place = [...path, `${index}=${shape}`];
        return everywhere.includes(shape) ? this.of(own, place) : this.further(own, place);
      });
    }
    if (shapes.some((list) => JSON.stringify(list) !== JSON.stringify(shapes[0])))
      return this.further(values, path);
    return first.map((_, index) =>
      this.of(
        values.map((list) => list[index]),
        [...path, String(index)],
      ),
    );
  }

  /** A key that an environment lacks comes first: its line goes, and the last line has no comma. */
  private mapping(values: readonly Record<string, unknown>[], path: Path): unknown {
    const keys = [...new Set(values.flatMap((value) => Object.keys(value)))];
    const everywhere = (key: string) => values.every((value) => key in value);
    if (keys.length > 0 && !keys.some(everywhere)) return this.further(values, path);
    const ordered = [...keys.filter((key) => !everywhere(key)), ...keys.filter(everywhere)];
    return Object.fromEntries(
      ordered.map((key) => {
        const own = values.map((value) => value[key]);
        const place = [...path, key];
        return [key, everywhere(key) ? this.of(own, place) : this.further(own, place)];
      }),
    );
  }

  /** A placeholder of its own, for a whole JSON value: a text with its quotes. */
  private further(values: readonly unknown[], path: Path): Placeholder {
    const base = `${this.prefix}_${wordsOf(path)}`.toUpperCase();
    let name = base;
    for (let number = 2; this.values.has(name); number++) name = `${base}_${number}`;
    this.values.set(
      name,
      values.map((value) => (value === undefined ? "" : jsonOf(value))),
    );
    return new Placeholder(name);
  }
}

/** The last key of a path, such as `cpu`; of a variable its name, such as `LOG_LEVEL`. */
function wordsOf(path: Path): string {
  const words = path.map((part) => part.replace(/^\d+=?/, "")).filter((word) => word !== "");
  const ofVariable = /^value(From)?$/.test(words.at(-1) ?? "") && words.length > 1;
  const own = words.at(ofVariable ? -2 : -1) ?? "";
  return own.replace(/[^A-Za-z0-9]+/g, "_");
}

const nameOf = (value: unknown) =>
  isMapping(value) && typeof value.name === "string" ? value.name : undefined;

/** What elements of lists are compared by. */
const shapeOf = (value: unknown) =>
  nameOf(value) ?? (isMapping(value) ? Object.keys(value).join() : typeof value);

/** The deploy action replaces text: nothing but a placeholder may look like one. */
export const jsonOf = (value: unknown) => JSON.stringify(value).replaceAll("<", "\\u003c");

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Placeholder);
