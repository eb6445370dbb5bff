import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { parseConfig } from "../../src/config/parse";
import { checks } from "../../src/system/checks";
import { entriesOf, replaced, type Content } from "../support/arbitrary-config";

/** Every key: what is possible with a connection only, or needs AWS more than others, has a file of its own. */
const contents = ["three-environments", "sources"].map((name) => {
  const file = join(__dirname, "..", "fixtures", `${name}.yaml`);
  return parse(readFileSync(file, "utf8"), { merge: true }) as Content;
});

/** Parses, or says at which path something was thrown. */
function thrownAt(content: Content, path: readonly string[], value: unknown): string | undefined {
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
      const thrown = contents.flatMap((content) =>
        entriesOf(content).flatMap(({ path }) =>
          path.length > 0 ? thrownAt(content, path, value) : undefined,
        ),
      );
      expect(thrown.filter((one) => one !== undefined)).toEqual([]);
    },
  );
});
