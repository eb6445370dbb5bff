import { isAllowed } from "../../../src/permissions/check/answers";
import { policiesOfStacks } from "../../../src/permissions";
import { systemOf } from "../../../src/system/system";
import { configFile, synthApp } from "../../support/synth-app";
import { checkGuards } from "../../permissions/mutations/check";

const config = configFile("__tests__/fixtures/three-environments.yaml");
const whole = systemOf(config);
/** One service to two environments. */
const system = {
  ...whole,
  deliveries: whole.deliveries.filter(
    ({ environment, service }) => service.name === "web" && environment.name !== "stg",
  ),
};
const policies = policiesOfStacks(synthApp(config));

/** Why the policies are refused if a role may do something more. */
async function reasonsIf(role: string, Action: string, Resource: string): Promise<string[]> {
  const roles = policies.roles.map((one) =>
    one.arn.endsWith(role)
      ? {
          ...one,
          identity: [
            ...one.identity,
            {
              name: "more",
              document: {
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action, Resource } as const],
              },
            },
          ],
        }
      : one,
  );
  const { forbidden } = await checkGuards(system, { ...policies, roles });
  return [...new Set(forbidden.filter(({ decision }) => isAllowed(decision)).map(({ call }) => call.reason))];
}

const files = (environment: string) => `arn:aws:s3:::acme-shared-s3-codeseries-web-${environment}/delivery/*`;
const build = "/acme-shared-iam-cdb-web-dev-role";
const pipeline = "/acme-shared-iam-cdpl-web-dev-role";

describe("the delivery files", () => {
  it.each<[string, string, string, string, string]>([
    ["written by their build", build, "s3:PutObject", "dev", "a release would change the delivery files"],
    [
      "written by their pipeline",
      pipeline,
      "s3:PutObject",
      "dev",
      "a release would change the delivery files",
    ],
    ["deleted by their build", build, "s3:DeleteObject", "dev", "a release would delete the delivery files"],
    ["read by another build", build, "s3:GetObject", "prd", "another delivery would read the delivery files"],
    [
      "written by another build",
      build,
      "s3:PutObject",
      "prd",
      "another delivery would change the delivery files",
    ],
  ])("must not be %s", async (_, role, action, environment, reason) => {
    expect(await reasonsIf(role, action, files(environment))).toEqual([reason]);
  });
});
