import { writeFileSync } from "node:fs";
import { jsonSchema } from "../config/json-schema";

writeFileSync("codeseries.schema.json", jsonSchema());
