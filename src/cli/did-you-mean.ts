/** How many letters two words differ by: changed, missing or added ones. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const letter of one) {
    const [first = 0] = row;
    const next = [first + 1];
    for (let index = 0; index < other.length; index++)
      next.push(
        Math.min(
          (next[index] ?? 0) + 1,
          (row[index + 1] ?? 0) + 1,
          (row[index] ?? 0) + (letter === other[index] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** A question about the name that is most like a wrong one; nothing if none is. */
export function didYouMean(wrong: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((name) => ({ name, letters: distance(wrong, name) }))
    .filter(({ letters, name }) => letters <= name.length / 2)
    .sort((one, other) => one.letters - other.letters);
  return best && `did you mean ${best.name}?`;
}
