const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A text, as HTML takes it. */
export const text = (value: string) =>
  value.replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? character);

/** The id of a section, by its title. */
export const anchor = (title: string) => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

export const code = (value: string) => `<code>${text(value)}</code>`;
export const json = (value: unknown) => `<pre>${text(JSON.stringify(value, undefined, 2))}</pre>`;
