import { z } from "zod";

/** A mapping with these keys and no others: a misspelt key must not pass for a default. */
export function section<Shape extends z.core.$ZodLooseShape>(shape: Shape, description?: string) {
  const expected = `one of the keys ${Object.keys(shape).join(", ")}`;
  const schema = z.strictObject(shape, {
    error: ({ code }) =>
      code === "unrecognized_keys" ? expected : `a mapping with the keys ${Object.keys(shape).join(", ")}`,
  });
  return description === undefined ? schema : schema.describe(description);
}

/** A key that may be left out, as a whole section of defaults. */
export function defaulted<Section extends z.ZodObject>(schema: Section) {
  return schema.prefault({} as z.input<Section> & {});
}

type WithoutDefault<Schema> = Schema extends z.ZodDefault<infer Inner> ? Inner : Schema;
type Overrides<Shape extends z.core.$ZodLooseShape> = z.ZodObject<
  { [Key in keyof Shape]: z.ZodOptional<WithoutDefault<Shape[Key]> & z.core.$ZodType> },
  z.core.$strict
>;

/** The same section with every key optional and no default: what an environment may override. */
export function overrides<Shape extends z.core.$ZodLooseShape>(base: z.ZodObject<Shape, z.core.$strict>) {
  const shape = Object.entries(base.shape).map(([key, schema]) => {
    const inner = schema instanceof z.ZodDefault ? schema.unwrap() : (schema as z.core.$ZodType);
    return [key, z.optional(inner)] as const;
  });
  return section(Object.fromEntries(shape)) as unknown as Overrides<Shape>;
}
