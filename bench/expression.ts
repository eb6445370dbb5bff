/** `${aws_kms_key.key.arn}`: an attribute of a block, addressed as Terraform does. */
export interface Reference {
  readonly kind: "reference";
  /** `aws_kms_key.key` or `data.aws_iam_policy_document.trust`. */
  readonly address: string;
  readonly attribute: string;
}

/** `${element(…, 0)}`: a Terraform function. */
export interface Call {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly Argument[];
}

export type Expression = Reference | Call;
export type Argument = Expression | string | number;

/** An expression inside a string; `$${` is no such thing, and braces in quotes end none. */
const EXPRESSION = /(?<!\$)\$\{((?:[^}"]|"[^"]*")*)\}/;
const CALL = /^(\w+)\((.*)\)$/;
const REFERENCE = /^((?:data\.)?\w+\.[\w-]+)\.(.+)$/;
/** What stands between the commas; a call within a call is nobody's. */
const ARGUMENT = /"[^"]*"|[^\s,"()]+/g;

function parseArgument(text: string): Argument {
  if (text.startsWith('"')) return text.slice(1, -1);
  return /^\d+$/.test(text) ? Number(text) : parseExpression(text);
}

function parseExpression(text: string): Expression {
  const [, name, args] = CALL.exec(text) ?? [];
  if (name !== undefined && args !== undefined)
    return { kind: "call", name, args: (args.match(ARGUMENT) ?? []).map(parseArgument) };
  const [, address, attribute] = REFERENCE.exec(text) ?? [];
  if (address !== undefined && attribute !== undefined) return { kind: "reference", address, attribute };
  throw new Error(`no reference and no call of a function: ${text}`);
}

/** The literal parts and the expressions of a string, in their order. */
export function parseString(text: string): (string | Expression)[] {
  return text
    .split(EXPRESSION)
    .map((part, index) => (index % 2 === 0 ? part : parseExpression(part)))
    .filter((part) => part !== "");
}

/** Every reference of an expression. */
export function referencesOf(expression: Expression): Reference[] {
  if (expression.kind === "reference") return [expression];
  return expression.args.flatMap((argument) => (typeof argument === "object" ? referencesOf(argument) : []));
}
