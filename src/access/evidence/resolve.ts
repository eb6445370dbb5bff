import { attributes } from "./attributes";
import { placeOf, stackNamed, UnreadableError, type Stacks } from "./synthesis";

const REFERENCE = /(?<!\$)\$\{([^{}]*)\}/g;

/** What is left of a template once its references are taken out: an expression that is none, or a directive. */
const UNREAD_TEMPLATE = /(?<!\$)\$\{|(?<!%)%\{/;

/** A reference inside an expression that is more than it. */
const INNER_REFERENCE =
  /data\.terraform_remote_state\.[\w-]+\.outputs\.[\w-]+|(?<![\w.-])aws_\w+\.[\w-]+\.\w+/g;
const ESCAPE = /([$%])\1(?=\{)/g;
const RESOURCE = /^(aws_\w+)\.([^.]+)\.(\w+)$/;
const REMOTE = /^data\.terraform_remote_state\.([^.]+)\.outputs\.(.+)$/;
const TRIM_PREFIX = /^trimprefix\((.+), "([^"]*)"\)$/;

/**
 * A value of a stack, every reference in its texts replaced by the name or the ARN that it comes to.
 *
 * @throws UnreadableError that names the stack and a reference that comes to nothing known.
 */
export function resolve<Value>(stacks: Stacks, stackName: string, value: Value): Value {
  return deepMap(value, (text) => {
    const rest = text.replaceAll(REFERENCE, "");
    const start = rest.search(UNREAD_TEMPLATE);
    if (start >= 0)
      throw new UnreadableError(`stack ${stackName}: cannot resolve ${rest.slice(start, start + 120)}`);
    return text.replaceAll(REFERENCE, (reference, expression: string) => {
      const resolved = valueOf(stacks, stackName, expression.trim());
      if (resolved === undefined)
        throw new UnreadableError(`stack ${stackName}: cannot resolve ${reference}`);
      return resolved;
    });
  }) as Value;
}

/**
 * A value as Terraform reads it, as far as it is known: an expression that comes to nothing known stays,
 * and only the references inside it are replaced.
 */
export function resolveKnown<Value>(stacks: Stacks, stackName: string, value: Value): Value {
  const known = (expression: string) => valueOf(stacks, stackName, expression.trim());
  return deepMap(value, (text) => {
    const resolved = text.replaceAll(
      REFERENCE,
      (reference, expression: string) => known(expression) ?? reference,
    );
    const read = UNREAD_TEMPLATE.test(resolved)
      ? resolved.replaceAll(INNER_REFERENCE, (reference) => known(reference) ?? reference)
      : resolved;
    return read.replaceAll(ESCAPE, "$1");
  }) as Value;
}

function deepMap(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((one) => deepMap(one, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, deepMap(one, change)]));
}

function valueOf(stacks: Stacks, stackName: string, expression: string): string | undefined {
  const trimmed = TRIM_PREFIX.exec(expression);
  if (trimmed) return withoutPrefix(valueOf(stacks, stackName, trimmed[1] ?? ""), trimmed[2] ?? "");

  const [, type = "", id = "", attribute = ""] = RESOURCE.exec(expression) ?? [];
  const block = stackNamed(stacks, stackName).resource?.[type]?.[id];
  const own = block && attributes[type]?.(block, placeOf(stacks, stackName), id)[attribute];
  if (own !== undefined) return resolve(stacks, stackName, own);

  const [, remote, output = ""] = REMOTE.exec(expression) ?? [];
  return remote === undefined ? undefined : outputOf(stacks, stackName, remote, output);
}

const withoutPrefix = (text: string | undefined, prefix: string) =>
  text?.startsWith(prefix) ? text.slice(prefix.length) : text;

/** An output of the stack whose state a remote state reads: the one with that key. */
function outputOf(stacks: Stacks, stackName: string, remote: string, output: string): string | undefined {
  const source = stackNamed(stacks, stackName).data?.terraform_remote_state?.[remote];
  const { key } = (source?.config ?? {}) as { key?: unknown };
  const producer = Object.keys(stacks).find((name) => stacks[name]?.terraform?.backend?.s3?.key === key);
  const value = producer === undefined ? undefined : stacks[producer]?.output?.[output]?.value;
  return producer === undefined || typeof value !== "string" ? undefined : resolve(stacks, producer, value);
}
