import { tokensOf, type Token } from "./tokens";

/** An expression of metric math, as a tree. */
export type Node =
  | { readonly type: "number"; readonly value: number }
  /** A metric or another expression by its id, or `REPEAT` and the like as an argument of a function. */
  | { readonly type: "name"; readonly name: string }
  | { readonly type: "negative"; readonly of: Node }
  | { readonly type: "binary"; readonly operator: string; readonly left: Node; readonly right: Node }
  | { readonly type: "call"; readonly name: string; readonly arguments: readonly Node[] };

/** From those that bind least to those that bind most. `^` is the tightest. */
const LEVELS: readonly (readonly string[])[] = [
  ["||", "OR"],
  ["&&", "AND"],
  ["==", "!=", "<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "/"],
  ["^"],
];

/**
 * Reads an expression.
 *
 * @throws Error if it is none.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function parseExpression(expression: string): Node {
  const parser = new Parser(tokensOf(expression));
  const node = parser.binary(0);
  parser.end();
  return node;
}

class Parser {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  public end(): void {
    const left = this.tokens[this.at];
    if (left) throw new Error(`the expression goes on with ${String(left.value)} where it should end`);
  }

  public binary(level: number): Node {
    const operators = LEVELS[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    for (
      let next = this.tokens[this.at];
      next && operators.includes(String(next.value));
      next = this.tokens[this.at]
    ) {
      this.at += 1;
      left = { type: "binary", operator: String(next.value), left, right: this.binary(level + 1) };
    }
    return left;
  }

  private unary(): Node {
    if (this.takes("-")) return { type: "negative", of: this.unary() };
    if (this.takes("(")) {
      const node = this.binary(0);
      this.expect(")");
      return node;
    }
    const token = this.tokens[this.at];
    this.at += 1;
    if (token?.kind === "number") return { type: "number", value: token.value };
    if (token?.kind !== "name")
      throw new Error(`the expression lacks a value${token ? ` before ${token.value}` : ""}`);
    if (!this.takes("(")) return { type: "name", name: token.value };
    return { type: "call", name: token.value.toUpperCase(), arguments: this.list() };
  }

  private list(): Node[] {
    if (this.takes(")")) return [];
    const found = [this.binary(0)];
    while (this.takes(",")) found.push(this.binary(0));
    this.expect(")");
    return found;
  }

  private takes(operator: string): boolean {
    const token = this.tokens[this.at];
    const is = token?.kind === "operator" && token.value === operator;
    if (is) this.at += 1;
    return is;
  }

  private expect(operator: string): void {
    if (!this.takes(operator)) throw new Error(`the expression lacks ${operator}`);
  }
}
