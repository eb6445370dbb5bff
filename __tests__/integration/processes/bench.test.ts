import { readFileSync } from "node:fs";
import {
  bench,
  configurationFor,
  environmentsFor,
  optionsOf,
  row,
  type Measurement,
} from "../../../bench/bench";
import { systemOfYaml } from "../../support/synth-app";

const base = readFileSync("codeseries.yaml", "utf8");

function measurement(services: number, resources: number, cpuSeconds: number): Measurement {
  return { services, resources, cpuSeconds, environments: 1, seconds: cpuSeconds / 2, megabytes: 150.4 };
}

function run(...args: string[]) {
  const said = { out: [] as string[], err: [] as string[] };
  const to = { log: (text: string) => said.out.push(text), error: (text: string) => said.err.push(text) };
  const code = bench(args, to, (services) => measurement(services, services * 50, services / 10));
  return { code, ...said };
}

describe("a generated configuration", () => {
  it.each([1, 10, 100, 300, 1000])("passes every check and runs %d services", (services) => {
    const system = systemOfYaml(configurationFor(services, base));
    expect(system.deliveries).toHaveLength(services);
    expect(system.environments).toHaveLength(environmentsFor(services));
    expect(system.shared.id).toBe(systemOfYaml(base).shared.id);
  });

  it.each([
    [1, 1],
    [40, 1],
    [41, 41],
    [100, 4],
    [300, 10],
    [1000, 25],
    [3000, 75],
  ])("spreads %d services evenly over %d environments of at most 40", (services, environments) => {
    expect(environmentsFor(services)).toBe(environments);
  });
});

describe("sizes", () => {
  it("ascend, each once", () => {
    expect(optionsOf(["--sizes", "300,4,300,3000"]).sizes).toEqual([4, 300, 3000]);
  });

  it.each(["", "1,", "0", "-1", "1.5", "x", "3001", "1, 2"])("do not include %p", (list) => {
    expect(optionsOf([`--sizes=${list}`]).fault).toBe(
      `--sizes: expected numbers from 1 to 3000, separated by commas, got "${list}"`,
    );
  });
});

describe("the table", () => {
  it("has one line for each size, with columns of equal width, and growth from line to line", () => {
    const { code, out, err } = run("--sizes", "10,1");
    expect({ code, err }).toEqual({ code: 0, err: [] });
    expect(out.map((line) => line.trim().split(/\s{2,}/))).toEqual([
      ["services", "environments", "resources", "seconds", "cpu s", "peak MB", "cpu s/1000", "growth"],
      ["1", "1", "50", "0.05", "0.10", "150", "2.00"],
      ["10", "1", "500", "0.50", "1.00", "150", "2.00", "1.00"],
    ]);
    expect(new Set(out.map((line) => line.length)).size).toBe(1);
  });

  it("compares growth by resources, not by services", () => {
    expect(row(measurement(100, 6000, 30), measurement(10, 500, 1)).trim()).toMatch(/ 5\.00 +2\.50$/);
  });
});

describe("the options", () => {
  it("are explained by --help, which measures nothing", () => {
    const { code, out } = run("--help");
    expect(code).toBe(0);
    expect(out).toEqual([expect.stringMatching(/^Usage: npm run --silent bench.*--sizes <list>/)]);
  });

  it.each([[["--sizes", "1,x"]], [["--size", "1"]], [["--sizes"]], [["10"]]])(
    "%p end with exit code 2 and one line",
    (args) => {
      const { code, out, err } = run(...args);
      expect({ code, out }).toEqual({ code: 2, out: [] });
      expect(err).toEqual([expect.stringMatching(/^[^\n]+$/)]);
    },
  );
});
