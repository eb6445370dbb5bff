import { mkdirSync, writeFileSync } from "node:fs";
import { EmbeddedProject } from "../support/embedded-project";

const BUCKET = "upgrade-states";
const STACKS = ["bootstrap", "dev", "shared"];
const ACCOUNT = "111111111111";

/** One account and one service, without NAT gateway and flow logs: few resources. */
const configuration = (state: object = {}, organization = "acme") => ({
  organization,
  region: "eu-central-1",
  state: { bucket: BUCKET, ...state },
  accounts: { shared: { id: ACCOUNT } },
  environments: {
    dev: {
      account: "shared",
      branch: "main",
      cluster: "main",
      protect: false,
      network: { cidr: "10.0.0.0/16", nat: "none", flowLogs: false },
    },
  },
  services: { web: { port: 8080, path: "/", healthCheckPath: "/" } },
});

const system = new EmbeddedProject();
afterAll(() => system.end());

const s3 = (operation: string, parameters: object) => system.aws(ACCOUNT, "s3", operation, parameters);
const read = (Key: string) =>
  JSON.parse((s3("get_object", { Bucket: BUCKET, Key }) as { Body: string }).Body) as {
    outputs: Record<string, unknown>;
    resources: unknown[];
  };

/** Stacks whose plans would create, change or destroy a resource. Outputs may change. */
async function changing(): Promise<string[]> {
  const plans = await Promise.all(
    STACKS.map(async (stack) => {
      const init = await system.terraform(stack, "init", "-reconfigure", "-no-color");
      const { code, err, out } = await system.terraform(stack, "plan", "-detailed-exitcode", "-no-color");
      const isEmpty = code === 0 || (code === 2 && !/^Plan: /m.test(out));
      return init.code === 0 && isEmpty ? [] : [`${stack}: ${init.err}${out}${err}`];
    }),
  );
  return plans.flat();
}

describe("a system of the first version", () => {
  beforeAll(async () => {
    system.configure(configuration({ prefix: "codeseries" }));
    const { fault } = await system.local().ended;
    expect(fault).toBe("");
    // The first version has no output that says which system a state is of.
    for (const stack of STACKS) {
      const Key = `codeseries/${stack}.tfstate`;
      const state = read(Key);
      expect(state.outputs).toHaveProperty("system.value.organization", "acme");
      Reflect.deleteProperty(state.outputs, "system");
      s3("put_object", { Bucket: BUCKET, Key, Body: JSON.stringify(state) });
    }
  });

  it("keeps its states with state.prefix: codeseries, and no resource changes", async () => {
    expect(await changing()).toEqual([]);
  });

  it("is not created a second time under the new keys: bootstrap and local name both ways", async () => {
    system.configure(configuration());
    for (const { code, err } of [await system.bootstrap(), await system.local().ended]) {
      expect(err).toMatch(
        /codeseries\/dev\.tfstate is the state of this system, and there is none yet at codeseries\/acme\/dev\.tfstate\n.*set state\.prefix: codeseries .*, or move the states as in .*state-keys\.md/,
      );
      expect(code).toBe(2);
    }
  });

  it("is upgraded by moving its states, and no resource changes", async () => {
    for (const stack of STACKS) {
      const CopySource = `${BUCKET}/codeseries/${stack}.tfstate`;
      s3("copy_object", { Bucket: BUCKET, CopySource, Key: `codeseries/acme/${stack}.tfstate` });
      s3("delete_object", { Bucket: BUCKET, Key: `codeseries/${stack}.tfstate` });
    }
    const { err, fault } = await system.local().ended;
    expect(fault).toBe("");
    for (const stack of STACKS)
      expect(err).toMatch(new RegExp(`^${stack}: (no changes|0 added, 0 changed, 0 destroyed) in `, "m"));
    expect(read("codeseries/acme/dev.tfstate").outputs).toHaveProperty("system.value.services", ["web"]);
  });
});

describe("a second system in the bucket", () => {
  it("uses the bucket as it is, under keys of its own", async () => {
    system.configure(configuration({}, "contoso"));
    const { code, out } = await system.bootstrap();
    expect(out).toContain(
      `State bucket ${BUCKET}: used as it is, because codeseries/acme/bootstrap.tfstate manages it`,
    );
    expect(code).toBe(0);
  });

  it("is refused under the keys of the first, before anything changes", async () => {
    system.configure(configuration({ prefix: "codeseries/acme" }, "contoso"));
    for (const { code, err } of [await system.bootstrap(), await system.local().ended]) {
      expect(err).toContain(
        `s3://${BUCKET}/codeseries/acme/bootstrap.tfstate is the state of another system: the organization is acme there and contoso in the configuration`,
      );
      expect(code).toBe(2);
    }
    expect(read("codeseries/acme/dev.tfstate").resources.length).toBeGreaterThan(30);
  });

  it("is not reviewed, and a review of it is not applied", async () => {
    const record = { version: 1, commit: null, unplanned: [], stacks: [] };
    mkdirSync(system.file("out", "review"), { recursive: true });
    writeFileSync(system.file("out", "review", "record.json"), JSON.stringify(record));
    const before = read("codeseries/acme/dev.tfstate");
    for (const command of ["review", "apply"]) {
      const { code, err, out } = await system.codeseries([command], system.env()).ended;
      expect([code, out]).toEqual([2, ""]);
      expect(err).toContain(
        `s3://${BUCKET}/codeseries/acme/bootstrap.tfstate is the state of another system: the organization is acme there and contoso in the configuration`,
      );
    }
    expect(read("codeseries/acme/dev.tfstate")).toEqual(before);
  });
});
