import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Embedded } from "../../../src/local/reconcile/embedded";
import { timeWith } from "../../../src/local/reconcile/time";
import { EmbeddedAws } from "../embedded-aws";
import { runCodeDeploy } from "./controlled";
import { Hands } from "./hands";
import { createListeners, type Listeners } from "./load-balancer";
import { BlueGreenService } from "./system";

const ACCOUNT = "111111111111";

/** An embedded AWS with a load balancer. */
export class BlueGreenWorld {
  public readonly aws = new EmbeddedAws();
  private opened: { embedded: Embedded; hands: Hands; listeners: Listeners } | undefined;
  private endController: () => Promise<void> = () => Promise.resolve();

  /** @param factor A minute is a tenth of a second if left out. */
  public async start(factor = 600): Promise<void> {
    const embedded = { ...(await this.aws.start()), time: timeWith(factor) };
    const hands = new Hands(embedded);
    hands.start();
    this.opened = { embedded, hands, listeners: await createListeners(this.aws, ACCOUNT) };
  }

  private get open() {
    if (!this.opened) throw new Error("not started");
    return this.opened;
  }

  public get embedded(): Embedded {
    return this.open.embedded;
  }

  public get listeners(): Listeners {
    return this.open.listeners;
  }

  public get hands(): Hands {
    return this.open.hands;
  }

  /** Starts the controller of CodeDeploy. */
  public control(): void {
    this.endController = runCodeDeploy(this.embedded);
  }

  public service(name: string, settings?: Parameters<typeof BlueGreenService.create>[4]) {
    return BlueGreenService.create(this.aws, ACCOUNT, this.open.listeners, name, settings);
  }

  /** An executable that stands for a Lambda function. */
  public hook(name: string, ...commands: readonly string[]): void {
    const file = this.embedded.file(`hooks/${name}`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, ["#!/bin/sh", ...commands, ""].join("\n"));
    chmodSync(file, 0o755);
  }

  public async stop(): Promise<void> {
    await this.endController();
    await this.hands.end();
    await this.aws.stop();
  }
}
