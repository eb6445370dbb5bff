import { z } from "zod";
import { schema } from "./schema";

/** The configuration's JSON Schema, from which editors complete and check `codeseries.yaml`. */
export function jsonSchema(): string {
  const generated = z.toJSONSchema(schema, { io: "input", target: "draft-7", unrepresentable: "any" });
  return `${JSON.stringify({ ...generated, title: "codeseries" }, null, 2)}\n`;
}
