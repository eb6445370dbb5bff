import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { commands } from "../src/cli/commands";
import { edit, faultsIn, shippedYaml } from "./support/faults";

const root = join(__dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

/** The files in a folder of the repository, or the file itself. */
function filesOf(place: string): string[] {
  if (!statSync(join(root, place)).isDirectory()) return [place];
  const inside = readdirSync(join(root, place), { recursive: true, encoding: "utf8" });
  return inside.map((file) => join(place, file)).filter((file) => statSync(join(root, file)).isFile());
}

const atRoot = readdirSync(root).filter((file) => file.endsWith(".md"));
const documents = [...atRoot, ...["docs", ".github"].flatMap(filesOf)].filter((file) => file.endsWith(".md"));

/** What must read as plain English: documents, and comments and messages of the code. */
const PLAIN = [
  ...documents,
  "help",
  "main.ts",
  ...["src", "bin"].flatMap(filesOf).filter((file) => /\.(ts|mjs)$/.test(file)),
];

/** Words and phrases to avoid, each with what to write in its place. */
const AVOID: readonly (readonly [pattern: RegExp, write: string])[] = [
  [/\bshall\b/, "must"],
  [/\bbeside\b/, "in addition to, or next to"],
  [/\bwho(so)?ever\b/, "the person who, or anyone who"],
  [/\b(is|are|be) to be had\b/, "is available"],
  [/\bcan ?not be had\b/, "is not available"],
  [/\b(there|here|where)(of|by|upon|withal)\b/, "of it, by this"],
  [/\bhere(in|to|after|tofore)\b|\btherein\b|\bwherein\b/, "in it, in which"],
  [/\b(hence|thence|whence|hither|thither)\b/, "so, from there"],
  [/\b(whilst|amongst|lest|nought|naught|aught|ere)\b/, "while, among, so that … not"],
  [/\b(forthwith|notwithstanding|betimes|perchance|albeit)\b/, "at once, in spite of"],
  [/\banew\b/, "again"],
  [/\bupon\b/, "on"],
  [/\bmend(s|ed|ing)?\b/, "fix"],
  [/\b(of|for) ever\b/, "permanently"],
  [/\bwholly\b/, "completely"],
  [/\b(lies|lay) (in|at|on|below|beneath|under)\b/, "is in"],
  [/\bstands? (in|at|there|here|where|as)\b|\bwhat stands\b/, "is in, exists, is used as"],
  [/\btakes? (part|on) (the|a) \w*role\b/, "assumes the role"],
  [/\b(it|they) holds? nothing of value\b/, "deletes everything"],
  [/\bone an? (file|line|stack|service|module|command)\b/, "one for each file, one in each line"],
  [/\bmust needs\b|\bneed not be told\b/, "must"],
  [/\bsurroundings\b/, "environment"],
  [/\bleads? nowhere\b/, "does not exist"],
];

const COMMANDS = commands.map(({ name }) => name);
const scripts = Object.keys((JSON.parse(read("package.json")) as { scripts: object }).scripts);

/** Every match of a pattern, as `file: match`. */
const matches = (files: readonly string[], pattern: RegExp) =>
  files.flatMap((file) => [...read(file).matchAll(pattern)].map((match) => ({ file, match })));

const withoutCode = (text: string) => text.replaceAll(/^```.*?^```/gms, "").replaceAll(/`[^`\n]*`/g, "code");

/** Anchors of a page, as GitHub makes them from its headings. */
const anchorsOf = (file: string) =>
  [
    ...read(file)
      .replaceAll(/^```.*?^```/gms, "")
      .matchAll(/^#+ (.*)$/gm),
  ].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

/** Why a link of a document leads to no page or heading. */
function faultOf(file: string, link: string): string | undefined {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? file : normalize(join(dirname(file), path));
  if (!existsSync(join(root, target))) return `${file}: ${link}: no such file`;
  if (anchor !== undefined && !anchorsOf(target).includes(anchor)) return `${file}: ${link}: no such heading`;
  return undefined;
}

describe("documents", () => {
  it.each(AVOID)("avoid %s", (pattern, write) => {
    const found = matches(PLAIN, new RegExp(pattern.source, "gi"));
    expect(found.map(({ file, match: [text] }) => `${file}: "${text}"; write: ${write}`)).toEqual([]);
  });

  it("link to files and headings that exist", () => {
    const links = documents.flatMap((file) =>
      [...withoutCode(read(file)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => ({ file, link })),
    );
    const relative = links.filter(({ link }) => !/^\w+:/.test(link));
    expect(relative.length).toBeGreaterThan(40);
    expect(relative.flatMap(({ file, link }) => faultOf(file, link) ?? [])).toEqual([]);
  });

  it("name npm scripts that exist", () => {
    const named = matches(documents, /npm run (?:--silent )?([\w:-]+)/g);
    expect(named.length).toBeGreaterThan(40);
    // The changelog names what is gone.
    const unknown = named.filter(
      ({ file, match }) => file !== "CHANGELOG.md" && !scripts.includes(match[1] ?? ""),
    );
    expect(unknown.map(({ file, match: [text] }) => `${file}: ${text}`)).toEqual([]);
  });

  it("name commands of codeseries that exist", () => {
    const named = matches(documents, /(?:npx |`)codeseries (\w[\w-]*)/g);
    expect(named.length).toBeGreaterThan(5);
    const unknown = named.filter(({ match }) => !COMMANDS.includes(match[1] ?? ""));
    expect(unknown.map(({ file, match: [text] }) => `${file}: ${text}`)).toEqual([]);
  });

  it("state no counts that the next change makes wrong", () => {
    const counted =
      /\b\d[\d,]*( of \d[\d,]*)? (\w+ )?(calls?|resources|statements|wildcards|mutants|tests)\b/g;
    const found = matches(documents, counted).map(({ file, match: [text] }) => `${file}: ${text}`);
    expect(found).toEqual([]);
  });

  it("are all reachable from the index", () => {
    const index = read("docs/README.md");
    const pages = documents.filter((file) => file.startsWith("docs/") && file !== "docs/README.md");
    expect(pages.filter((page) => !index.includes(`(${page.slice("docs/".length)})`))).toEqual([]);
  });
});

describe("README", () => {
  it("has at most 100 lines", () => {
    expect(read("README.md").trimEnd().split("\n").length).toBeLessThanOrEqual(100);
  });

  it("shows the mistakes of a configuration as they are reported", () => {
    const faults = faultsIn(
      edit(
        shippedYaml,
        ["branch: develop", "account: dve\n    branch: develop"],
        ["10.10.0.0/16", "10.10.0.1/16"],
      ),
    );
    expect(faults).toHaveLength(2);
    expect(read("README.md")).toContain(
      faults.map((fault) => fault.replace(/^c\.yaml/, "codeseries.yaml")).join("\n"),
    );
  });
});

describe("the guide", () => {
  it("shows a smallest configuration that is valid", () => {
    const [, yaml = ""] = /^```yaml\n(.*?)^```/ms.exec(read("docs/guide/configure.md")) ?? [];
    expect(yaml).toContain("organization: acme");
    expect(faultsIn(yaml)).toEqual([]);
  });
});
