import { groupBy } from "../../group-by";

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A text, escaped. */
export const text = (value: string) =>
  value.replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? character);

/** The id of a section, from its title. */
export const anchor = (title: string) => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

export const code = (value: string) => `<code>${text(value)}</code>`;
export const json = (value: unknown) => `<pre>${text(JSON.stringify(value, undefined, 2))}</pre>`;

/** A list that opens: each reason once, with what it is about. */
export function reasonsHtml<One>(
  title: string,
  all: readonly One[],
  read: (one: One) => { readonly reason: string; readonly about: string; readonly holds: boolean },
): string {
  const rows = [...groupBy(all.map(read), ({ reason }) => reason)].map(([reason, own]) => {
    const about = [...new Set(own.map((one) => one.about))].join(", ");
    const state = own.every(({ holds }) => holds) ? "holds" : "fails";
    return `<li class="${state}"><b>${text(reason)}</b> <span class="who">${text(about)}</span></li>`;
  });
  return `<details class="reasons"><summary>${title}</summary><ul>${rows.join("")}</ul></details>`;
}
