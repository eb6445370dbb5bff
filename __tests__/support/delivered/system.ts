import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { EMBEDDED_ROLE } from "../../../src/local/emulator/emulator";
import { EmbeddedAws, REGION } from "../embedded-aws";
import { manyServices } from "../many-services";
import { systemOfYaml } from "../synth-app";
import { deliver } from "./world";

interface Configuration {
  readonly region: string;
  readonly accounts: Readonly<Record<string, object>>;
}

/** Services that are delivered to three environments without Terraform, and commands on them. */
export class DeliveredSystem {
  public readonly aws = new EmbeddedAws();

  /** @param services How many. */
  public async start(services: number): Promise<void> {
    const yaml = manyServices(services, REGION);
    const config = parse(yaml) as Configuration;
    const operate = { assumeRole: EMBEDDED_ROLE };
    const accounts = Object.entries(config.accounts).map(
      ([name, one]) => [name, { ...one, operate }] as const,
    );
    const operated = { ...config, accounts: Object.fromEntries(accounts) };
    this.write("codeseries", operated);
    this.write("other-region", { ...operated, region: "eu-north-1" });
    this.write("own-credentials", config);
    await this.aws.start();
    await deliver(this.aws, systemOfYaml(yaml));
  }

  private write(name: string, config: Configuration): void {
    writeFileSync(this.file(name), stringify(config));
  }

  private readonly file = (name: string) => join(this.aws.folder, `${name}.yaml`);

  public get endpoint(): string {
    return this.aws.embedded.endpoint;
  }

  public stop(): Promise<void> {
    return this.aws.stop();
  }

  /** Runs a command as a process. @param config Which of the configurations. */
  public async codeseries(args: readonly string[], endpoint = this.endpoint, config = "codeseries") {
    const env = {
      ...process.env,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      CODESERIES_CONFIG: this.file(config),
    };
    const start = performance.now();
    const child = spawn(process.execPath, ["bin/codeseries.mjs", ...args], { env });
    let out = "";
    let err = "";
    child.stdout.on("data", (piece: Buffer) => (out += piece.toString()));
    child.stderr.on("data", (piece: Buffer) => (err += piece.toString()));
    const code = await new Promise((resolve) => child.on("close", resolve));
    return { code, err, out, seconds: (performance.now() - start) / 1000 };
  }
}
