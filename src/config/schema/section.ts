import { z } from "zod";

/** A mapping with these keys and no others, so that a misspelled key is a fault. */
export function section<Shape extends z.core.$ZodLooseShape>(shape: Shape, description?: string) {
  const expected = `one of the keys ${Object.keys(shape).join(", ")}`;
  const schema = z.strictObject(shape, {
    error: ({ code }) =>
      code === "unrecognized_keys" ? expected : `a mapping with the keys ${Object.keys(shape).join(", ")}`,
  });
  return description === undefined ? schema : schema.describe(description);
}

/** An optional section; without it, its defaults apply. */
export function defaulted<Section extends z.ZodObject>(schema: Section) {
  return schema.prefault({} as z.input<Section> & {});
}

type WithoutDefault<Schema> = Schema extends z.ZodDefault<infer Inner> | z.ZodPrefault<infer Inner>
  ? Inner
  : Schema;
type Override<Schema> =
  WithoutDefault<Schema> extends z.ZodObject<infer Shape, z.core.$strict>
    ? Overrides<Shape>
    : WithoutDefault<Schema> & z.core.$ZodType;
type Overrides<Shape extends z.core.$ZodLooseShape> = z.ZodObject<
  { [Key in keyof Shape]: z.ZodOptional<Override<Shape[Key]>> },
  z.core.$strict
>;

/** The same section with every key optional and no default, all the way down: what an environment may override. */
export function overrides<Shape extends z.core.$ZodLooseShape>(base: z.ZodObject<Shape, z.core.$strict>) {
  const shape = Object.entries(base.shape).map(
    ([key, schema]) => [key, z.optional(withoutDefaults(schema))] as const,
  );
  return section(Object.fromEntries(shape), base.description) as unknown as Overrides<Shape>;
}

function withoutDefaults(schema: unknown): z.core.$ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return withoutDefaults(schema.unwrap());
  if (schema instanceof z.ZodObject)
    return overrides(schema as z.ZodObject<z.core.$ZodLooseShape, z.core.$strict>);
  return schema as z.core.$ZodType;
}
