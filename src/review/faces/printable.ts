/** Control characters, and characters that change the direction of a text: they could hide what it says. */
// oxlint-disable-next-line no-control-regex
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** The longest text that a line shows whole. */
const LONG = 300;

/** A name or value of a plan for one line of a terminal or of a page. */
export function printable(text: string, longest = LONG): string {
  const visible = text.slice(0, longest).replaceAll(HIDDEN, "\ufffd");
  // Half of a character beyond the Basic Multilingual Plane is none.
  return text.length > longest ? `${visible.replace(/[\ud800-\udbff]$/, "")}…` : visible;
}
