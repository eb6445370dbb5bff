import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const src = join(__dirname, "..", "src");
const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

/** What each file of `src` imports: other files of `src`, and packages. */
const graph = (pattern: RegExp) =>
  new Map(
    files.map((file) => {
      const names = [...readFileSync(join(src, file), "utf8").matchAll(pattern)].map(([, name = ""]) => name);
      const imports = names.map((name) => {
        if (!name.startsWith(".")) return name;
        const path = normalize(join(dirname(file), name));
        return existsSync(join(src, `${path}.ts`)) ? `${path}.ts` : join(path, "index.ts");
      });
      return [file, imports];
    }),
  );

/** Everything that the imports of a file reach. */
function reached(imports: ReadonlyMap<string, readonly string[]>, file: string, found = new Set<string>()) {
  for (const one of imports.get(file) ?? []) if (!found.has(one)) reached(imports, one, found.add(one));
  return found;
}

/** A construct and its permissions: the import back is of a type. */
const KNOWN = ["constructs/build/build-permissions.ts", "constructs/build/image-build.ts"];

describe("src", () => {
  /** Folders of small files of one kind, of which a reader looks for one by its name. */
  const CATALOGUES = ["cli/commands", "review/rules"];

  it("has files of at most 150 lines", () => {
    const lines = (file: string) => readFileSync(join(src, file), "utf8").trimEnd().split("\n").length;
    expect(files.filter((file) => lines(file) > 150)).toEqual([]);
  });

  it("has folders of at most a dozen files", () => {
    const folders = files.map(dirname).filter((folder) => !CATALOGUES.includes(folder));
    const large = folders.filter((one) => folders.filter((folder) => folder === one).length > 12);
    expect([...new Set(large)]).toEqual([]);
  });
});

describe("the imports of src", () => {
  it("form no circle, not even of types or of imports that a command makes when it runs", () => {
    const imports = graph(/(?:from|import\()\s*"([^"]+)"/g);
    expect(imports.get("cli/run.ts")).toContain("cli/commands/index.ts");
    const circular = files.filter((file) => reached(imports, file).has(file));
    expect(circular.filter((file) => !KNOWN.includes(file))).toEqual([]);
  });

  it("load no AWS SDK for a permission proof, because that takes long", () => {
    const imports = graph(/^(?:import|export) (?!type)[^;]*?from "([^"]+)"/gm);
    const loaded = [...reached(imports, "cli/prove-permissions.ts")];
    expect(loaded).toContain("cdktf");
    expect(loaded.filter((name) => name.startsWith("@aws-sdk/"))).toEqual([]);
  });
});
