const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A text for HTML, or for an attribute in double quotes. */
export const escapeHtml = (value: string) =>
  value.replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
