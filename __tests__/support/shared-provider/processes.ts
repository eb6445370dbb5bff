import { spawn, type ChildProcess } from "node:child_process";
import { connect as connectHttp, type ClientHttp2Session } from "node:http2";
import { connect } from "node:net";
import { createInterface } from "node:readline";

/** What Terraform tells a provider that it starts. @see https://github.com/hashicorp/go-plugin */
const HANDSHAKE = {
  TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
  PLUGIN_PROTOCOL_VERSIONS: "5",
};

/** A running provider, and the connection to it. */
export interface Provider {
  readonly child: ChildProcess;
  readonly session: ClientHttp2Session;
}

async function start(program: string, env: NodeJS.ProcessEnv): Promise<Provider> {
  const child = spawn(program, {
    // A provider that has a bundle of certificates can be configured only once.
    env: { ...env, ...HANDSHAKE, AWS_CA_BUNDLE: undefined },
    stdio: ["ignore", "pipe", "ignore"],
  });
  // Such as 1|5|unix|/tmp/plugin1234|grpc|
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("error", reject).once("close", () => {
      reject(new Error(`${program} ended before it listened`));
    });
  });
  const [, , , socket = ""] = line.split("|");
  const session = connectHttp("http://localhost", { createConnection: () => connect(socket) });
  session.on("error", () => child.kill("SIGKILL"));
  return { child, session };
}

/** The providers of an embedded AWS: each serves one Terraform at a time, and the next one later. */
export class Providers {
  private readonly running = new Set<Provider>();
  private idle: Provider[] = [];
  private env: NodeJS.ProcessEnv = {};

  constructor(private readonly program: () => string) {}

  /** One that has the variables of the embedded AWS. */
  public async take(env: NodeJS.ProcessEnv): Promise<Provider> {
    if (env !== this.env) this.end();
    this.env = env;
    const free = this.idle.pop();
    if (free) return free;
    const provider = await start(this.program(), env);
    this.running.add(provider);
    return provider;
  }

  /** Ends one that may still be at work; the others wait for the next Terraform. */
  public give(provider: Provider, isDone: boolean): void {
    if (isDone && this.running.has(provider)) this.idle.push(provider);
    else this.kill(provider);
  }

  private kill(provider: Provider): void {
    this.running.delete(provider);
    provider.session.destroy();
    provider.child.kill("SIGKILL");
  }

  public end(): void {
    for (const provider of this.running) this.kill(provider);
    this.idle = [];
  }
}
