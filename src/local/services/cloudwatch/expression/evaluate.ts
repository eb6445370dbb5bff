import { FUNCTIONS } from "./functions";
import type { Node } from "./parse";
import type { Known, Value } from "./value";

/**
 * The value of an expression. An operation on a period without data has no value there; a division by zero has
 * none either.
 *
 * @throws Error for an id or a function that is unknown.
 */
export function evaluate(node: Node, known: Known): Value {
  switch (node.type) {
    case "number":
      return node.value;
    case "name": {
      const value = known.get(node.name);
      if (value === undefined)
        throw new Error(`the expression names ${node.name}, which no metric has as its id`);
      return value;
    }
    case "negative":
      return each([evaluate(node.of, known)], ([one]) => -one);
    case "binary": {
      const operation = OPERATIONS[node.operator];
      if (!operation) throw new Error(`the expression has the unknown operator ${node.operator}`);
      return each([evaluate(node.left, known), evaluate(node.right, known)], ([one, other]) =>
        operation(one, other),
      );
    }
    case "call": {
      const call = FUNCTIONS[node.name];
      if (!call) throw new Error(`the embedded AWS does not have the function ${node.name} of metric math`);
      return call(node.arguments, (one) => evaluate(one, known));
    }
  }
}

const truth = (is: boolean) => (is ? 1 : 0);

const OPERATIONS: Readonly<Record<string, (one: number, other: number) => number | undefined>> = {
  "+": (one, other) => one + other,
  "-": (one, other) => one - other,
  "*": (one, other) => one * other,
  "/": (one, other) => (other === 0 ? undefined : one / other),
  "^": (one, other) => one ** other,
  "==": (one, other) => truth(one === other),
  "!=": (one, other) => truth(one !== other),
  "<": (one, other) => truth(one < other),
  "<=": (one, other) => truth(one <= other),
  ">": (one, other) => truth(one > other),
  ">=": (one, other) => truth(one >= other),
  "&&": (one, other) => truth(one !== 0 && other !== 0),
  AND: (one, other) => truth(one !== 0 && other !== 0),
  "||": (one, other) => truth(one !== 0 || other !== 0),
  OR: (one, other) => truth(one !== 0 || other !== 0),
};

type Numbers = readonly [number, number];

/** Applies an operation to each period in which every operand has a value. */
function each(operands: readonly Value[], operation: (values: Numbers) => number | undefined): Value {
  const lengths = operands.flatMap((one) => (typeof one === "number" ? [] : [one.length]));
  const at = (index: number) => {
    const values = operands.map((one) => (typeof one === "number" ? one : one[index]));
    const present = values.filter((one): one is number => one !== undefined);
    if (present.length < values.length) return undefined;
    const [one = NaN, other = NaN] = present;
    return operation([one, other]);
  };
  if (lengths.length === 0) return at(0) ?? [];
  return Array.from({ length: Math.max(...lengths) }, (_, index) => at(index));
}
