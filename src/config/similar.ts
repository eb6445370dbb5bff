import { closest, distance } from "fastest-levenshtein";

/** How a word is compared: `health_check` and `HealthCheck` are one word. */
const plain = (word: string) => word.toLowerCase().replaceAll(/[_.-]/g, "");

const letters = (word: string) => Array.from(word).sort().join("");

/** The word of a list that is meant by another one: it differs in few letters, or only in their order. */
export function similar(word: string, words: readonly string[]): string | undefined {
  const given = plain(word);
  const candidates = words.filter((one) => one !== word);
  if (candidates.length === 0) return undefined;
  const swapped = candidates.find((one) => letters(plain(one)) === letters(given));
  if (swapped !== undefined) return swapped;
  const meant = closest(given, candidates.map(plain));
  const isLike = distance(given, meant) <= Math.max(1, Math.floor(meant.length / 3));
  return isLike ? candidates.find((one) => plain(one) === meant) : undefined;
}
