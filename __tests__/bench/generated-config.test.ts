import { readFileSync } from "node:fs";
import { generatedConfig } from "../../bench/generated-config";
import { configOf } from "../support/synth-app";

const base = readFileSync("codeseries.yaml", "utf8");

test.each([1, 300])(
  "%d services pass every check, in the one environment of the shipped file",
  (services) => {
    const config = configOf(generatedConfig(base, services));
    expect(Object.keys(config.environments)).toEqual(["dev"]);
    expect(Object.keys(config.services)).toHaveLength(services);
    expect(config.services[`s${services}`]?.path).toBe(`/s${services}`);
    expect(config.accounts).toEqual(configOf(base).accounts);
  },
);
