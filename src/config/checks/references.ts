import type { Check, Fault } from "../fault";
import type { Config } from "../schema";

/** Names of accounts and environments that the file does not have. */
export const unknownReferences: Check<Config> = ({ accounts, environments, services }) => {
  const known = Object.keys(accounts);
  const faults: Fault[] = [];
  for (const [name, { account }] of Object.entries(environments)) {
    if (known.includes(account ?? name)) continue;
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
  for (const [service, { environments: overridden }] of Object.entries(services))
    for (const name of Object.keys(overridden))
      if (!(name in environments))
        faults.push({
          path: ["services", service, "environments", name],
          expected: `one of ${Object.keys(environments).join(", ")}`,
          got: name,
          atKey: true,
        });
  return faults;
};

/** A certificate that the environment's load balancer cannot use: an ALB takes those of its own account and region. */
export const wrongPlaces: Check<Config> = ({ accounts, environments, region }) =>
  Object.entries(environments).flatMap(([name, { account, ingress }]) => {
    const id = accounts[account ?? name]?.id;
    const { certificateArn } = ingress;
    if (certificateArn === undefined || id === undefined) return [];
    const place = `arn:aws:acm:${region}:${id}:`;
    return certificateArn.startsWith(place)
      ? []
      : [
          {
            path: ["environments", name, "ingress", "certificateArn"],
            expected: `a certificate of ${place}…`,
            got: certificateArn,
          },
        ];
  });
