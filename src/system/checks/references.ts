import type { Check, Fault } from "../../config/fault";
import type { Config } from "../../config/schema";

/** Names of accounts and environments that the file does not have. */
export const unknownReferences: Check<Config> = ({ accounts, environments, services }) => {
  const known = Object.keys(accounts);
  const faults: Fault[] = [];
  for (const [name, { account }] of Object.entries(environments)) {
    if (known.length === 0 || known.includes(account ?? name)) continue;
    const expected =
      account === undefined
        ? `an account named ${name}, or account: one of ${known.join(", ")}`
        : `one of ${known.join(", ")}`;
    faults.push({
      path: account === undefined ? ["environments", name] : ["environments", name, "account"],
      expected,
      got: account,
      atKey: account === undefined,
    });
  }
  if (Object.keys(environments).length === 0) return faults;
  for (const [service, { environments: overridden }] of Object.entries(services))
    for (const name of Object.keys(overridden))
      if (!Object.hasOwn(environments, name))
        faults.push({
          path: ["services", service, "environments", name],
          expected: `one of ${Object.keys(environments).join(", ")}`,
          got: name,
          atKey: true,
        });
  return faults;
};
