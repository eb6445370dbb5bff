import { z } from "zod";
import { ANCHORS_PREFIX, schema } from "./schema";
import { nameRows } from "./schema/name-table";

/** The configuration's JSON Schema, from which editors complete and check `codeseries.yaml`. */
export function jsonSchema(): string {
  const generated = z.toJSONSchema(schema, { io: "input", target: "draft-7", unrepresentable: "any" });
  const anchors = { [`^${ANCHORS_PREFIX}`]: {} };
  return `${JSON.stringify({ ...generated, patternProperties: anchors, title: "codeseries" }, null, 2)}\n`;
}

/** A key of the configuration. */
interface Place {
  readonly path: string;
  /** JSON; absent for a key that must be given. */
  readonly fallback?: string;
  readonly description?: string;
}

/** A key with what it expects, as its faults say it. */
interface Row extends Place {
  readonly expected: string;
}

const NAMES: Readonly<Record<string, string>> = {
  accounts: "<account>",
  environments: "<environment>",
  services: "<service>",
  sidecars: "<sidecar>",
};

/** Sections of a service that an environment overrides: they are documented once. */
const OVERRIDES = /^services\.<service>\.environments\.<environment>\.\w+$/;

/** Every key below a schema: the keys of sections, and a placeholder for the names of mappings. */
function rowsOf(schema: z.ZodType, place: Place): Row[] {
  const description = place.description ?? schema.description;
  const here = { ...place, description };
  if (schema instanceof z.ZodOptional)
    return rowsOf(schema.unwrap() as z.ZodType, { ...here, fallback: "none" });
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    const value = schema instanceof z.ZodDefault ? JSON.stringify(schema.def.defaultValue) : "its defaults";
    return rowsOf(schema.unwrap() as z.ZodType, { ...here, fallback: here.fallback ?? value });
  }
  if (OVERRIDES.test(place.path) && schema instanceof z.ZodObject)
    return [row(here, "the same keys as the service's section, each optional")];
  const below = (key: string) => (place.path === "" ? key : `${place.path}.${key}`);
  if (schema instanceof z.ZodObject)
    return [
      ...(place.path === "" ? [] : [row(here, "a section")]),
      ...Object.entries<z.ZodType>(schema.shape).flatMap(([key, value]) =>
        rowsOf(value, { path: below(key) }),
      ),
    ];
  const name = NAMES[place.path.split(".").at(-1) ?? ""];
  if (schema instanceof z.ZodRecord && name !== undefined)
    return [
      row(here, expectedBy(schema)),
      ...rowsOf(schema.valueType as z.ZodType, { path: below(name), fallback: "none" }).slice(1),
    ];
  if (schema instanceof z.ZodUnion) {
    const branches = schema.options as z.ZodType[];
    const keys = branches.filter((branch) => branch instanceof z.ZodObject);
    const values = branches.filter((branch) => !(branch instanceof z.ZodObject)).map(expectedBy);
    return [
      row(here, [...values, "a section of one of the forms below"].join(", or ")),
      ...keys.flatMap((branch) => rowsOf(branch, { path: place.path }).slice(1)),
    ];
  }
  return [row(here, expectedBy(schema))];
}

/** The default of a naming template comes from the table of names; the schema does not contain it. */
const templateOf = (path: string) => {
  const [section, name = ""] = path.split(".");
  return section === "names" ? nameRows.find((row) => row.name === name)?.template : undefined;
};

const row = (place: Place, expected: string): Row => {
  return { ...place, expected, fallback: templateOf(place.path) ?? place.fallback };
};

/** What a schema says of a value that cannot be right. */
const expectedBy = (schema: z.ZodType) => schema.safeParse(Symbol("wrong")).error?.issues[0]?.message ?? "";

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");

/** The configuration's reference, as a Markdown table. */
export function reference(): string {
  return [
    "# codeseries.yaml, key by key",
    "",
    "Written by `npm run schema` from the schema that checks the file. A key without a default must be given.",
    "",
    "| key | expects | default | description |",
    "| --- | --- | --- | --- |",
    ...rowsOf(schema, { path: "" }).map(
      ({ path, expected, fallback, description = "" }) =>
        `| \`${path}\` | ${cell(expected)} | ${fallback === undefined ? "" : `\`${fallback}\``} | ${cell(description)} |`,
    ),
    "",
  ].join("\n");
}
