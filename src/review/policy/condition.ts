import { covers, hasWildcard } from "./pattern";

/** One operator with one key: the value of the request must match one of these. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** An operator that holds if one of its values matches, and for which fewer values are stricter. */
export const isPositive = (operator: string) =>
  !/Not|IfExists$|^ForAllValues|LessThan|GreaterThan|^Null$/.test(operator);

/** An operator that holds if none of its values matches, and for which more values are stricter. */
const isNegative = (operator: string) => /^((String|Arn|Numeric|Date)Not|NotIpAddress)/.test(operator);

const hasPatterns = (operator: string) => /(StringLike|StringNotLike|ArnLike|ArnNotLike)$/.test(operator);

/** Such a condition also holds if the request has no such key. */
export const isOptional = ({ operator }: Condition) => operator.endsWith("IfExists");

/** The operator without its ending. ArnEquals is another name of ArnLike; without a wildcard, Like is Equals. */
function plain({ operator, values }: Condition): string {
  const base = operator.replace(/IfExists$/, "").replace(/Arn(Not)?Equals$/, "Arn$1Like");
  return values.some(hasWildcard) ? base : base.replace(/String(Not)?Like$/, "String$1Equals");
}

/** Whether condition x is at least as strict as y. Most conditions of different operators cannot be compared. */
export function implies(x: Condition, y: Condition): boolean {
  if (x.key !== y.key || (isOptional(x) && !isOptional(y))) return false;
  const [strict, loose] = [plain(x), plain(y)];
  if (strict !== loose && !(strict === "StringEquals" && loose === "StringLike")) return false;
  if (strict === loose && x.values.join("\n") === y.values.join("\n")) return true;
  const matches = (outer: string, inner: string) =>
    hasPatterns(loose) ? covers(outer, inner) : outer === inner;
  if (isNegative(loose)) return y.values.every((value) => x.values.some((one) => matches(one, value)));
  if (/^Numeric(Less|Greater)Than/.test(loose)) return isNearer(loose, x.values, y.values);
  return isPositive(loose) && x.values.every((value) => y.values.some((one) => matches(one, value)));
}

/** Whether a limit is below that of a LessThan, or above that of a GreaterThan. */
function isNearer(operator: string, strict: readonly string[], loose: readonly string[]): boolean {
  const [x, y] = [Number(strict[0]), Number(loose[0])];
  if (strict.length !== 1 || loose.length !== 1) return false;
  return operator.startsWith("NumericLess") ? x <= y : x >= y;
}
