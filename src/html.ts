const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A text for HTML, or for an attribute in double quotes. */
export const escapeHtml = (value: string) =>
  value.replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? character);

/**
 * A page without scripts or other files, for light and dark.
 *
 * @param style CSS.
 * @param body HTML.
 */
export const htmlPage = (title: string, style: string, body: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}</body></html>`;
