import { edit, faultsIn, shippedYaml } from "../support/faults";
import { systemOfYaml } from "../support/synth-app";

const more = (name: string, source: string) =>
  `  ${name}:\n    port: 8080\n    path: /${name}\n    healthCheckPath: /health\n    source: ${source}\n`;
const shared = `${shippedYaml}${more("two", "{ repository: awssdk-iam }")}${more("three", "{ repository: other }")}`;

describe("several services in one CodeCommit repository", () => {
  it("are no fault, whichever of their keys names it", () => {
    expect(faultsIn(shared)).toEqual([]);
    expect(faultsIn(edit(shared, ["state:", "names: { repository: monorepo }\nstate:"]))).toEqual([]);
  });

  it("have one repository and one developers' policy", () => {
    const { deliveries, repositories } = systemOfYaml(shared);
    expect(repositories.map(({ name, services }) => [name, services.map((one) => one.name)])).toEqual([
      ["awssdk-iam", ["awssdk-iam", "two"]],
      ["other", ["three"]],
    ]);
    const [one, two] = deliveries;
    expect(two?.arns.repository).toBe(one?.arns.repository);
    expect(two?.arns.developerPolicy).toBe(one?.arns.developerPolicy);
  });

  it("still need names of their own for everything else", () => {
    expect(faultsIn(edit(shared, ["state:", 'names: { pipeline: "{environment}" }\nstate:']))).toHaveLength(
      1,
    );
  });

  it("must spell its name alike: IAM does not tell the policies of two spellings apart", () => {
    expect(faultsIn(edit(shared, ["{ repository: awssdk-iam }", "{ repository: AWSSDK-iam }"]))).toEqual([
      expect.stringMatching(
        /services\.two: expected developerPolicy of services\.two to have another IAM policy/,
      ),
    ]);
  });

  it("may have another source elsewhere behind a connection", () => {
    const connection =
      "{ connection: { arn: arn:aws:codeconnections:ap-northeast-2:202949997891:connection/1234abcd, repository: acme/app } }";
    const { repositories } = systemOfYaml(
      `${shippedYaml}${more("two", connection)}${more("three", connection)}`,
    );
    expect(repositories.map(({ name }) => name)).toEqual(["awssdk-iam"]);
  });
});
