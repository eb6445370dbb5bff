import { InputError } from "../../../src/errors";
import { stateKey, systemRecord, telltaleArns } from "../../../src/system/state";
import { systemOf, type System } from "../../../src/system/system";
import { requireOwnStates } from "../../../src/terraform/state/ownership";
import { fakeS3 } from "../../support/fake-s3";
import { edit, shippedYaml } from "../../support/faults";
import { configFile, systemOfYaml } from "../../support/synth-app";

const system = systemOf(configFile("codeseries.yaml"));
const STACKS = ["bootstrap", "dev", "shared"];

/** A state with resources, of a system, or without the output that says which. */
const stateOf = (of: System | undefined, stack = "dev", resources: unknown[] = [{ type: "aws_vpc" }]) => ({
  outputs: of && { system: { value: systemRecord(of, stack) } },
  resources,
});
const edited = (...change: Parameters<typeof edit>[1][]) => systemOfYaml(edit(shippedYaml, ...change));

const refusal = (objects: Record<string, unknown>, of = system, accept = false) =>
  requireOwnStates(fakeS3(objects), of, STACKS, accept).then(
    () => undefined,
    (error: unknown) => {
      expect(error).toBeInstanceOf(InputError);
      return error as InputError;
    },
  );

describe("the keys of states", () => {
  it("hold the organization, or the prefix that the configuration gives", () => {
    expect(stateKey(system, "dev")).toBe("codeseries/bys/dev.tfstate");
    const first = edited(["state:", "state:\n  prefix: codeseries"]);
    expect(stateKey(first, "dev")).toBe("codeseries/dev.tfstate");
  });
});

describe("a state", () => {
  it("of this system is used, and so is an empty one, or none", async () => {
    expect(await refusal({})).toBeUndefined();
    expect(await refusal({ "codeseries/bys/dev.tfstate": stateOf(system) })).toBeUndefined();
    const other = edited(["organization: bys", "organization: acme"]);
    expect(await refusal({ "codeseries/bys/dev.tfstate": stateOf(other, "dev", []) })).toBeUndefined();
  });

  it.each<[string, System, string]>([
    [
      "organization",
      edited(["organization: bys", "organization: acme"]),
      "the organization is acme there and bys in the configuration",
    ],
    [
      "region",
      edited(["ap-northeast-2", "eu-central-1"]),
      "the region is eu-central-1 there and ap-northeast-2 in the configuration",
    ],
    [
      "account",
      edited(["558846431111", "111111111111"]),
      "the account of dev is 111111111111 there and 558846431111 in the configuration",
    ],
    [
      "services",
      edited(["  awssdk-iam:", "  orders:"]),
      "its services are orders, and none of them is in the configuration",
    ],
  ])("of another %s is refused in one sentence, unless it is accepted", async (_, other, reason) => {
    const objects = { "codeseries/bys/dev.tfstate": stateOf(other) };
    expect(await refusal(objects)).toMatchObject({
      message: `s3://bys-shared-s3-tfstate/codeseries/bys/dev.tfstate is the state of another system: ${reason}`,
      next: expect.stringContaining("--accept-state") as string,
      exitCode: 2,
    });
    expect(await refusal(objects, system, true)).toBeUndefined();
  });

  it("may have one service more, or one less", async () => {
    const more = edited([
      "  awssdk-iam:",
      "  orders: { port: 1, path: /o, healthCheckPath: /o }\n  awssdk-iam:",
    ]);
    expect(await refusal({ "codeseries/bys/dev.tfstate": stateOf(more) })).toBeUndefined();
    expect(await refusal({ "codeseries/bys/dev.tfstate": stateOf(system) }, more)).toBeUndefined();
  });

  it("of the first version says by its ARNs which system it is of", async () => {
    const first = edited(["state:", "state:\n  prefix: codeseries"]);
    for (const stack of ["dev", "shared"]) {
      const [arn] = telltaleArns(system, stack);
      const Key = `codeseries/${stack}.tfstate`;
      const own = { [Key]: stateOf(undefined, stack, [{ instances: [{ attributes: { arn } }] }]) };
      expect(await refusal(own, first)).toBeUndefined();
      expect(await refusal({ [Key]: stateOf(undefined) }, first)).toMatchObject({
        message: expect.stringContaining(`another system: it holds none of ${String(arn)}`) as string,
      });
    }
  });
});

describe("a state that the first version left under its key", () => {
  const own = (stack: string) =>
    stateOf(undefined, stack, [{ instances: [{ attributes: { arn: telltaleArns(system, stack)[0] } }] }]);

  it("stops the command, which names both ways", async () => {
    expect(await refusal({ "codeseries/dev.tfstate": own("dev") })).toMatchObject({
      message:
        "s3://bys-shared-s3-tfstate/codeseries/dev.tfstate is the state of this system, and there is none yet at codeseries/bys/dev.tfstate",
      next: expect.stringMatching(
        /^set state\.prefix: codeseries to use it where it is, or move the states as in .*docs\/runbooks\/state-keys\.md$/,
      ) as string,
      exitCode: 2,
    });
    expect(await refusal({ "codeseries/shared.tfstate": own("shared") })).toBeInstanceOf(InputError);
  });

  it("does not when it is of another system, was moved, or is empty", async () => {
    const Key = "codeseries/dev.tfstate";
    expect(await refusal({ [Key]: stateOf(undefined) })).toBeUndefined();
    expect(await refusal({ [Key]: stateOf(edited(["bys\n", "acme\n"])) })).toBeUndefined();
    expect(await refusal({ [Key]: { resources: [] } })).toBeUndefined();
    expect(await refusal({ "codeseries/bootstrap.tfstate": stateOf(undefined) })).toBeUndefined();
    const moved = { [Key]: own("dev"), "codeseries/bys/dev.tfstate": stateOf(system) };
    expect(await refusal(moved)).toBeUndefined();
  });
});
