import { implies, type Condition } from "./condition";
import { covers, hasWildcard } from "./pattern";
import type { Atom, Document, Opaque } from "./statement";

/** What one set of documents allows more, and less, than another. */
export interface Delta {
  /** Allowed now. */
  readonly granted: readonly Atom[];
  /** Denied no longer. */
  readonly undenied: readonly Atom[];
  /** Allowed no longer. */
  readonly revoked: readonly Atom[];
  /** Denied now. */
  readonly denied: readonly Atom[];
  /** Statements with NotAction, NotResource or NotPrincipal that are new, or gone. */
  readonly opaqueAdded: readonly Opaque[];
  readonly opaqueRemoved: readonly Opaque[];
}

export const isStricter = (inner: readonly Condition[], outer: readonly Condition[]) =>
  outer.every((one) => inner.some((other) => implies(other, one)));

/** An account's root only delegates to its roles, so a grant to a role is more than one to the root. */
const coversPrincipal = (outer: string, inner: string) => outer === inner || outer === "*";

/** Whether everything but the conditions of an atom is within another. */
export const isWithin = (inner: Atom, outer: Atom) =>
  inner.effect === outer.effect &&
  coversPrincipal(outer.principal, inner.principal) &&
  covers(outer.action, inner.action) &&
  covers(outer.resource, inner.resource);

const isInside = (inner: Atom, outer: Atom) =>
  isWithin(inner, outer) && isStricter(inner.conditions, outer.conditions);

/** The atoms of an effect that are inside none of the other document's. */
function beyond(effect: Atom["effect"], { atoms }: Document, others: Document): readonly Atom[] {
  const index = indexOf(others);
  const isCovered = (atom: Atom) =>
    [index.exact.get(keyOf(atom)) ?? [], index.patterns].some((some) =>
      some.some((one) => isInside(atom, one)),
    );
  return atoms.filter((atom) => atom.effect === effect && !isCovered(atom));
}

/** Atoms without a pattern can cover only those with the same action and resource. */
interface Index {
  readonly exact: ReadonlyMap<string, readonly Atom[]>;
  readonly patterns: readonly Atom[];
}

const INDEXES = new WeakMap<Document, Index>();

const keyOf = ({ action, effect, resource }: Atom) => `${effect} ${action} ${resource}`;

function indexOf(document: Document): Index {
  const known = INDEXES.get(document);
  if (known) return known;
  const exact = new Map<string, Atom[]>();
  const patterns: Atom[] = [];
  for (const atom of document.atoms) {
    const own = exact.get(keyOf(atom));
    if (hasWildcard(atom.action) || hasWildcard(atom.resource)) patterns.push(atom);
    else if (own) own.push(atom);
    else exact.set(keyOf(atom), [atom]);
  }
  const index = { exact, patterns };
  INDEXES.set(document, index);
  return index;
}

/**
 * Compares by meaning: each part of a statement must be inside one part on the other side. Order, ids, case
 * of actions, and how statements are split do not matter. Everything that is gained is found; a part that
 * only several parts together cover counts as gained. Each part is worked out when it is asked for.
 */
export function deltaOf(before: Document, after: Document): Delta {
  const without = (some: readonly Opaque[], others: readonly Opaque[]) =>
    some.filter(
      ({ effect, json }) => !others.some((other) => other.effect === effect && other.json === json),
    );
  return {
    get granted() {
      return beyond("Allow", after, before);
    },
    get undenied() {
      return beyond("Deny", before, after);
    },
    get revoked() {
      return beyond("Allow", before, after);
    },
    get denied() {
      return beyond("Deny", after, before);
    },
    get opaqueAdded() {
      return without(after.opaque, before.opaque);
    },
    get opaqueRemoved() {
      return without(before.opaque, after.opaque);
    },
  };
}

export const isUnchanged = (delta: Delta) =>
  Object.values(delta).every((part: readonly unknown[]) => part.length === 0);

export const joined = (documents: readonly Document[]): Document => {
  return {
    atoms: documents.flatMap(({ atoms }) => atoms),
    opaque: documents.flatMap(({ opaque }) => opaque),
  };
};
