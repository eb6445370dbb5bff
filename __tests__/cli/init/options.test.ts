import { parseConfig } from "../../../src/config/parse";
import { readYaml } from "../../../src/config/positions";
import { configurationFile } from "../../../src/cli/init/configuration-file";
import { initFaults } from "../../../src/cli/init/faults";
import { flagOf } from "../../../src/cli/command";
import { INIT_OPTIONS, initValues, type InitValues } from "../../../src/cli/init/options";
import { checks } from "../../../src/system/checks";

const GIVEN: InitValues = {
  organization: "contoso",
  region: "eu-central-1",
  stateBucket: "contoso-state",
  sharedAccount: "123456789012",
  environment: "prd",
  account: "210987654321",
  branch: "release/2.x",
  service: "shop",
  repository: "shop-api",
  port: "3000",
  path: "/shop",
  healthCheckPath: "/shop/health",
};

const configOf = (values: InitValues) =>
  parseConfig(readYaml("codeseries.yaml", configurationFile(values)).content, checks).config;

describe("the configuration that codeseries init writes", () => {
  it("is valid without a single option", () => {
    expect(initFaults({})).toEqual([]);
    expect(configOf(initValues({}))).toMatchObject({
      organization: "acme",
      services: { web: { port: 8080 } },
    });
  });

  it("holds every option's value", () => {
    expect(configOf(GIVEN)).toMatchObject({
      organization: "contoso",
      region: "eu-central-1",
      state: { bucket: "contoso-state" },
      accounts: { shared: { id: "123456789012" }, prd: { id: "210987654321" } },
      environments: { prd: { branch: "release/2.x" } },
      services: {
        shop: {
          source: { repository: "shop-api" },
          port: 3000,
          path: "/shop",
          healthCheckPath: "/shop/health",
        },
      },
    });
  });

  it("takes the bucket's name, the repository and the health check path from other options", () => {
    const { stateBucket, repository, healthCheckPath } = initValues({
      organization: "contoso",
      service: "shop",
      path: "/shop",
    });
    expect({ stateBucket, repository, healthCheckPath }).toEqual({
      stateBucket: "contoso-shared-s3-tfstate",
      repository: "shop",
      healthCheckPath: "/shop",
    });
  });
});

it.each(["null", "true", "x1"])("text stays text in the file: %s", (organization) => {
  expect(configOf(initValues({ organization }))).toMatchObject({ organization });
});

describe("a bad option of codeseries init", () => {
  it.each<[keyof InitValues, string, string]>([
    ["organization", "Contoso", "expected an organization of lower-case letters, digits and single hyphens"],
    ["region", "europe", "expected"],
    ["stateBucket", "My_Bucket", "expected"],
    ["sharedAccount", "12345", "expected"],
    ["environment", "shared", "expected an environment name"],
    ["account", "acme", "expected"],
    ["branch", "a..b", "expected"],
    ["service", "Shop", "expected a service name"],
    ["repository", "shop.git", "expected a CodeCommit repository name"],
    ["port", "http", "expected a port from 1 to 65535"],
    ["path", "shop", "expected"],
    ["healthCheckPath", "health", "expected"],
  ])("is one line that begins with its name: %s", (name, value, expected) => {
    expect(initFaults({ [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${flagOf(name)}: ${expected}.*, got "${value}"$`)),
    ]);
  });

  it("is reported together with all others", () => {
    expect(
      initFaults({ port: "0", account: "1", organization: "A" }).map((line) => line.split(":")[0]),
    ).toEqual(["--organization", "--account", "--port"]);
  });

  it.each(['a: "b"\n- c', "{}", "'", "#", "x # y", "*a", "!tag", "", "|"])(
    "cannot change the rest of the file: %j",
    (value) => {
      const names = INIT_OPTIONS.map(({ name }) => name).filter((name) => name !== "branch");
      for (const name of names)
        expect(initFaults({ [name]: value })).toEqual([
          expect.stringMatching(new RegExp(`^${flagOf(name)}: expected `)),
        ]);
    },
  );
});

it.each(["'", "#1", "!tag", "|", "null"])("a branch that YAML would read as something else: %s", (branch) => {
  expect(configOf(initValues({ branch }))).toMatchObject({ environments: { dev: { branch } } });
});
