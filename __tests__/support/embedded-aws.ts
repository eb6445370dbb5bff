import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClientClass } from "../../src/aws/embedded-clients";
import { startEmulator, stopEmulator, type Emulator } from "../../src/local/emulator/emulator";
import { freePort } from "../../src/local/emulator/port";
import { findPython } from "../../src/local/emulator/python";
import { openEmbedded, type Embedded } from "../../src/local/reconcile/embedded";

export const REGION = "ap-northeast-2";

const silent = { note: () => undefined, live: () => undefined, clear: () => undefined };

/** An empty embedded AWS without Terraform, in a folder of its own, for tests of controllers. */
export class EmbeddedAws {
  public readonly folder = mkdtempSync(join(tmpdir(), "codeseries-aws-"));
  /** What was said, as `who text`. */
  public readonly said: string[] = [];
  private emulator: Emulator | undefined;
  private opened: Embedded | undefined;

  public async start(timeFactor = 60): Promise<Embedded> {
    process.env.CODESERIES_LOCAL = this.folder;
    this.emulator = await startEmulator(findPython(process.env, silent), await freePort(), process.env);
    const say = (who: string, text: string) => void this.said.push(`${who} ${text}`);
    this.opened = { ...openEmbedded(timeFactor), say };
    return this.opened;
  }

  public get embedded(): Embedded {
    if (!this.opened) throw new Error("not started");
    return this.opened;
  }

  /** A client of an operator of an account. */
  public client<Client extends object>(
    Class: ClientClass<Client>,
    accountId: string,
    region = REGION,
  ): Client {
    return this.embedded.clients.asService(Class, { accountId, region });
  }

  public async stop(): Promise<void> {
    if (this.emulator) await stopEmulator(this.emulator);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
