import { systemOf } from "../../src/system/system";
import { EXTERNAL_ACCOUNT_ID, partiesOf, unrelatedParties } from "../../src/permissions/parties";
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

  it.each(["222222222222", EXTERNAL_ACCOUNT_ID])(
    "share no resource with unrelated ones in account %s",
    (accountId) => {
      for (const own of parties) {
        const { arns, examples, hookArns, keyArn, parameterArns, secretArns, service } = unrelatedParties(
          own,
          accountId,
        );
        const unrelated = arnsIn([
          arns,
          examples,
          hookArns,
          keyArn,
          parameterArns,
          secretArns,
          service.source,
        ]);
        expect(unrelated.length).toBeGreaterThan(30);
        const all = new Set(
          parties.flatMap((one) => arnsIn([one.arns, one.examples, one.keyArn, one.service])),
        );
        expect(unrelated.filter((arn) => all.has(arn))).toEqual([]);
      }
    },
  );

  it("keep the accounts of the one that they are unrelated to", () => {
    const [own] = parties;
    const unrelated = own && unrelatedParties(own, EXTERNAL_ACCOUNT_ID);
    expect(unrelated?.arns.roles.build).toContain("::111111111111:role/");
    expect(unrelated?.arns.roles.deploy).toContain(`::${EXTERNAL_ACCOUNT_ID}:role/`);
  });
});
