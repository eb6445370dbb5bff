import type { Fault } from "../../config/fault";

/** Secrets that have the name of a variable of the same container: it can have one value only. */
export const namedTwice = ({ secrets, variables }: { secrets: object; variables: object }): Fault[] =>
  Object.keys(secrets)
    .filter((name) => Object.hasOwn(variables, name))
    .map((name) => ({
      path: ["secrets", name],
      expected: "a name that is not also in variables",
      got: name,
      atKey: true,
    }));
