import { appendFileSync } from "node:fs";
import { EmbeddedClients } from "../../aws/embedded-clients";
import { EMBEDDED_ROLE, lastEmulator } from "../emulator/emulator";
import { localFile } from "../folder";
import { Changes } from "./changes";
import { Documents } from "./documents";
import { timeWith, type Time } from "./time";

/** The embedded AWS as a controller sees it. */
export interface Embedded {
  /** The URL of moto. */
  readonly endpoint: string;
  readonly documents: Documents;
  readonly changes: Changes;
  readonly clients: EmbeddedClients;
  readonly time: Time;
  /** Writes a line of the log: who, and what was done. */
  readonly say: (who: string, text: string) => void;
  /** A file or folder below `.local`, where everything that a controller writes to disk lies. */
  readonly file: (name: string) => string;
}

/** Each call of a role of the system, as a line of JSON. */
export const CALLS = "calls.jsonl";

const say = (who: string, text: string) => {
  process.stderr.write(`${new Date().toISOString()} ${who.padEnd(12)} ${text}\n`);
};

/** @param timeFactor What one second here stands for. */
export function openEmbedded(timeFactor: number): Embedded {
  const emulator = lastEmulator();
  if (!emulator) throw new Error("no embedded AWS was started");
  const { url } = emulator;
  return {
    endpoint: url,
    documents: new Documents(url),
    changes: new Changes(url),
    clients: new EmbeddedClients(url, EMBEDDED_ROLE, (call) => {
      appendFileSync(localFile(CALLS), `${JSON.stringify(call)}\n`);
    }),
    time: timeWith(timeFactor),
    say,
    file: localFile,
  };
}
