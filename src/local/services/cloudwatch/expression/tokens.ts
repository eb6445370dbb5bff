export type Token =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly value: string }
  | { readonly kind: "operator"; readonly value: string };

const TOKEN = /\s*(?:(\d+(?:\.\d*)?|\.\d+)|([A-Za-z][A-Za-z0-9_]*)|(>=|<=|==|!=|&&|\|\||[-+*/^<>(),]))/y;

/**
 * The tokens of an expression of metric math.
 *
 * @throws Error at a character that begins none.
 */
export function tokensOf(expression: string): Token[] {
  const text = expression.trimEnd();
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new Error(`the expression has an unknown character at ${at}: ${text}`);
    const [, digits, name, operator] = match;
    if (digits !== undefined) tokens.push({ kind: "number", value: Number(digits) });
    else if (name !== undefined) tokens.push({ kind: "name", value: name });
    else tokens.push({ kind: "operator", value: operator ?? "" });
  }
  return tokens;
}
