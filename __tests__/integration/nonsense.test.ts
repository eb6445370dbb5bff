import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { parseConfig } from "../../src/config/parse";
import { checks } from "../../src/system/checks";
import { entriesOf, replaced, type Content } from "../support/arbitrary-config";

const file = join(__dirname, "..", "fixtures", "three-environments.yaml");
const content = parse(readFileSync(file, "utf8")) as Content;
const paths = entriesOf(content)
  .map(({ path }) => path)
  .filter(({ length }) => length > 0);

/** Parses, or says at which path something was thrown. */
function thrownAt(path: readonly string[], value: unknown): string | undefined {
  try {
    const { config, faults } = parseConfig(replaced(content, path, value), checks);
    return config || faults.length > 0 ? undefined : `${path.join(".")}: neither a configuration nor a fault`;
  } catch (error) {
    return `${path.join(".")}: ${String(error)}`;
  }
}

describe("a configuration with every key, one of them nonsense", () => {
  it.each([[null], [[]], [""], [{ constructor: {} }]])(
    "is a configuration or has faults, whichever key is %j",
    (value) => {
      expect(paths.map((path) => thrownAt(path, value)).filter((thrown) => thrown !== undefined)).toEqual([]);
    },
  );
});
