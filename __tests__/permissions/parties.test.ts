import { systemOf } from "../../src/system/system";
import { partiesOf, unrelatedParties } from "../../src/permissions/parties";
import { configFile } from "../support/synth-app";

const parties = systemOf(configFile("__tests__/fixtures/three-environments.yaml")).deliveries.map((one) =>
  partiesOf(one),
);

/** Every ARN in a value. */
const arnsIn = (value: unknown) => JSON.stringify(value).match(/arn:aws:[^"]+/g) ?? [];

describe("the parties to a delivery", () => {
  it("name the alias of a key that does not exist", () => {
    expect(parties[0]?.keyArn).toBe("arn:aws:kms:eu-central-1:111111111111:key/no-key-with-alias-acme-web");
  });

  it("share no resource with unrelated ones", () => {
    const all = new Set(parties.flatMap((one) => arnsIn([one.arns, one.examples, one.keyArn, one.service])));
    for (const own of parties) {
      const unrelated = arnsIn(unrelatedParties(own));
      expect(unrelated.length).toBeGreaterThan(30);
      expect(unrelated.filter((arn) => all.has(arn))).toEqual([]);
    }
  });

  it("keep the accounts of the one that they are unrelated to", () => {
    const [own] = parties;
    const unrelated = own && unrelatedParties(own);
    expect(unrelated?.arns.roles.build).toContain("::111111111111:role/");
    expect(unrelated?.arns.roles.deploy).toContain(`::${own?.account.id ?? ""}:role/`);
  });
});
