import { attributeOf } from "./attributes";
import { documentText } from "./policy-document";
import { placeOf, stackNamed, type Stacks } from "./stacks";
import { UnreadableError } from "./unreadable";

const REFERENCE = /(?<!\$)\$\{([^{}]*)\}/g;

/** What remains of a template without its references: an expression that is not a reference, or a directive. */
const UNREAD_TEMPLATE = /(?<!\$)\$\{|(?<!%)%\{/;

const RESOURCE = /^(aws_\w+)\.([^.]+)\.(\w+)$/;
const REMOTE = /^data\.terraform_remote_state\.([^.]+)\.outputs\.(.+)$/;
const TRIM_PREFIX = /^trimprefix\((.+), "([^"]*)"\)$/;

/**
 * A text of a stack, with every reference replaced by the name or the ARN that it stands for.
 *
 * @throws UnreadableError that names the stack and a reference that is not known.
 */
export function resolve(stacks: Stacks, stack: string, text: string): string {
  if (UNREAD_TEMPLATE.test(text.replaceAll(REFERENCE, "")))
    throw new UnreadableError(`stack ${stack}: cannot resolve ${text.slice(0, 120)}`);
  return text.replaceAll(REFERENCE, (reference, expression: string) => {
    const value = valueOf(stacks, stack, expression.trim());
    if (value === undefined) throw new UnreadableError(`stack ${stack}: cannot resolve ${reference}`);
    return value;
  });
}

/** A text as AWS gets it: `$${` is Terraform's escape for `${`. */
export const unescapeTemplate = (text: string) => text.replaceAll(/([$%])\1(?=\{)/g, "$1");

function valueOf(stacks: Stacks, stack: string, expression: string): string | undefined {
  const [, inner, prefix = ""] = TRIM_PREFIX.exec(expression) ?? [];
  if (inner !== undefined) {
    const text = valueOf(stacks, stack, inner);
    return text?.startsWith(prefix) ? text.slice(prefix.length) : text;
  }
  const [, type = "", id = "", attribute = ""] = RESOURCE.exec(expression) ?? [];
  const block = stackNamed(stacks, stack).resource?.[type]?.[id];
  const own = block && attributeOf({ type, id, block }, placeOf(stacks, stack), attribute);
  if (own !== undefined) return resolve(stacks, stack, own);

  const [, remote, output = ""] = REMOTE.exec(expression) ?? [];
  return remote === undefined
    ? documentText(stacks, stack, expression)
    : outputOf(stacks, stack, remote, output);
}

/** An output of the stack whose state a remote state reads: the one with that key. */
function outputOf(stacks: Stacks, stack: string, remote: string, output: string): string | undefined {
  const { config } = stackNamed(stacks, stack).data?.terraform_remote_state?.[remote] ?? {};
  const { key } = (config ?? {}) as { readonly key?: unknown };
  const producer = Object.keys(stacks).find((name) => stacks[name]?.terraform?.backend?.s3?.key === key);
  const value = producer === undefined ? undefined : stacks[producer]?.output?.[output]?.value;
  return producer === undefined || typeof value !== "string" ? undefined : resolve(stacks, producer, value);
}
