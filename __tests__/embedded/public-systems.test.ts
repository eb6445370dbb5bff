import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { stacksWithChanges } from "../support/deployed";
import { EmbeddedProject } from "../support/embedded-project";

const fileOf = (name: string) => join(__dirname, "..", "fixtures", "public-systems", `${name}.yaml`);

/** Services with scaling, two services of one repository. A third system is deployed by operate.test.ts. */
describe.each(["microservices-by-path", "data-app"])("%s", (name) => {
  const config = parse(readFileSync(fileOf(name), "utf8"), { merge: true }) as { environments: object };
  const system = new EmbeddedProject();
  beforeAll(() => {
    system.configure(config);
  });
  afterAll(() => system.end());

  it("is deployed, and its plans are empty", async () => {
    const { fault } = await system.local().ended;
    expect(fault).toBe("");
    // The bucket of the states is the same stack in every system.
    const stacks = [...Object.keys(config.environments), "shared"];
    expect(await stacksWithChanges(system, stacks)).toEqual([]);
  });
});
