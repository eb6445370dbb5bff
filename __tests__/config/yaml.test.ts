import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../../src/config/load";
import { readYaml } from "../../src/config/positions";
import { edit, faultsIn, shippedYaml } from "../support/faults";

const anchors = `x-service: &service
  port: 8080
  healthCheckPath: /health
`;
/** The shipped file with three lines at its top, and a service that takes them over. */
const withMerge = (more = "") => `${anchors}${shippedYaml}  two:
    <<: *service
    path: /two
${more}`;

function loaded(bytes: Uint8Array | string) {
  const folder = mkdtempSync(join(tmpdir(), "codeseries-test-"));
  const file = join(folder, "c.yaml");
  writeFileSync(file, bytes);
  try {
    return loadConfig(file, []).config;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("anchors", () => {
  it("stand in top-level keys that begin with x-, and are merged with <<", () => {
    expect(loaded(withMerge()).services.two).toMatchObject({ port: 8080, path: "/two" });
  });

  it("are not taken over where the mapping has the key itself, and the first of a list goes first", () => {
    const { content } = readYaml(
      "c",
      "a: &a { x: 1, y: 1 }\nb: &b { y: 2, z: 2 }\nc: { x: 3, <<: [*a, *b] }\n",
    );
    expect(content).toMatchObject({ c: { x: 3, y: 1, z: 2 } });
  });

  it("may be used more than a hundred times", () => {
    const many = Array.from({ length: 150 }, (_, index) => `k${index}: { <<: *a }\n`).join("");
    expect(readYaml("c", `x-a: &a { one: &b { two: 1 } }\n${many}`).content).toHaveProperty(
      "k149.one.two",
      1,
    );
  });

  it.each([
    [
      "a merged key",
      "services.two.port: expected a port",
      withMerge().replace("port: 8080", "port: no"),
      "2:9",
    ],
    [
      "an own key beside a merged one",
      "services.two.path: expected",
      withMerge().replace("path: /two", "path: two"),
      "46:11",
    ],
    [
      "an unknown key that is merged",
      "services.two.prot: expected",
      withMerge().replace("port:", "prot:"),
      "2:3",
    ],
    [
      "a key behind an alias",
      "environments.dev.network.nat: expected one of",
      edit(`x-net: &net\n  cidr: 10.10.0.0/16\n  nat: two\n${shippedYaml}`, [
        "network:\n      cidr: 10.10.0.0/16",
        "network: *net",
      ]),
      "3:8",
    ],
    [
      "a value that is an alias",
      "environments.dev.branch: expected",
      edit(`x-b: &b "a..b"\n${shippedYaml}`, ["branch: develop", "branch: *b"]),
      "18:13",
    ],
    [
      "a key that is missing",
      "services.two.path: expected",
      withMerge().replace("    path: /two\n", ""),
      "44:3",
    ],
  ])("have faults where they are written: %s", (_, message, text, position) => {
    const lines = faultsIn(text).filter((line) => line.includes(message));
    expect(lines).toEqual([expect.stringContaining(`c.yaml:${position} ${message}`)]);
  });

  it.each([
    [
      "an alias without an anchor",
      "a: { <<: *b }\n",
      "c.yaml:1:10 not YAML: *b: expected an anchor &b before it",
    ],
    [
      "a merge of a text",
      "a: { <<: b }\n",
      "c.yaml:1:6 not YAML: <<: expected an alias of a mapping, or a list of them",
    ],
  ])("are refused, at their place: %s", (_, text, expected) => {
    expect(faultsIn(text)).toEqual([expected]);
  });

  it("that merge themselves are refused", () => {
    expect(faultsIn("a: &a { <<: *a }\n")).toEqual([expect.stringMatching(/^c\.yaml/)]);
  });

  it("below the top are keys like any other", () => {
    expect(faultsIn(shippedYaml.replace("protect: false", "protect: false\n    x-note: 1"))).toEqual([
      expect.stringMatching(/environments\.dev\.x-note: expected one of the keys/),
    ]);
  });
});

describe("a file that is not plain YAML", () => {
  it.each([
    ["one tab for each level", "services:\n\tweb:\n\t\tport: 1\n", "c.yaml:2:1"],
    ["spaces, then a tab", "services:\n  web:\n  \tport: 1\n", "c.yaml:3:3"],
  ])("names the first tab in one line: %s", (_, text, at) => {
    expect(faultsIn(text)).toEqual([`${at} not YAML: a tab indents this line; YAML allows spaces only`]);
  });

  it("names a second document", () => {
    expect(faultsIn("a: 1\n---\nb: 2\n")).toEqual([
      "c.yaml:2:1 not YAML: a second document starts here; a configuration is one document",
    ]);
  });

  it("names the first error only, because the others mostly follow from it", () => {
    expect(faultsIn("a: b: c\nd: [\n e: f")).toEqual([expect.stringMatching(/^c\.yaml:1:4 not YAML: /)]);
  });

  it("names every key that stands twice", () => {
    expect(faultsIn('a: 1\na: 2\n"b c": 1\n"b c": 2\n')).toEqual([
      "c.yaml:2:1 not YAML: a stands twice in its mapping",
      "c.yaml:4:1 not YAML: this key stands twice in its mapping",
    ]);
  });
});

describe("the encoding of a file", () => {
  const little = Buffer.from(shippedYaml, "utf16le");
  const mark = Buffer.from([0xff, 0xfe]);
  const refused = (bytes: Uint8Array, got: string) => {
    expect(() => loaded(bytes)).toThrow(`c.yaml: expected UTF-8, got ${got}: save the file as UTF-8`);
  };

  it("is named when it is UTF-16, with a byte order mark or without, in either order", () => {
    const big = Buffer.from(little).swap16();
    refused(Buffer.concat([mark, little]), "UTF-16");
    refused(Buffer.concat([Buffer.from([0xfe, 0xff]), big]), "UTF-16");
    refused(little, "UTF-16");
    refused(big, "UTF-16");
  });

  it("is UTF-8 and no other", () => {
    refused(Buffer.from("tags: { team: Gr\u00fcn }", "latin1"), "another encoding");
    refused(Buffer.from("tags: \0"), "a binary file");
  });

  it("may begin with a byte order mark, which moves no position", () => {
    expect(loaded(`\uFEFF${shippedYaml}`).organization).toBe("bys");
    expect(faultsIn("\uFEFFregion: [a\n---")).toEqual([expect.stringMatching(/^c\.yaml:2:1 /)]);
    expect(
      faultsIn(`\uFEFF${shippedYaml.slice(shippedYaml.indexOf("organization"))}`.replace("bys", "B")),
    ).toEqual([expect.stringContaining("c.yaml:1:15 organization: ")]);
  });
});
