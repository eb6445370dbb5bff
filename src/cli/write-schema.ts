import { writeFileSync } from "node:fs";
import { jsonSchema } from "../config/json-schema";
import { reference } from "../config/reference";

writeFileSync("codeseries.schema.json", jsonSchema());
writeFileSync("docs/configuration.md", reference());
