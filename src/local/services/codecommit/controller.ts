import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { HOST } from "../../emulator/port";
import type { Controller } from "../../reconcile/controller";
import type { Embedded } from "../../reconcile/embedded";
import { portFor } from "../../reconcile/ports";
import { serveGit } from "./backend";
import { syncConnection } from "./connections";
import {
  connectedFolder,
  connectedRepositories,
  GIT_PORT,
  REPOSITORIES,
  repositoryFolder,
  requested,
  type RepositoryDocument,
  type Requested,
} from "./repositories";
import { syncRepository } from "./sync";

/** A repository that is served: where it is, and what follows a push. */
interface Served {
  readonly folder: string;
  readonly sync: () => Promise<void>;
}

/**
 * The git remotes of the embedded AWS: repositories of CodeCommit, and those that stand for repositories behind
 * connections. What is pushed is told to CodeCommit, and to pipelines, before the push ends.
 */
export class CodeCommitController implements Controller {
  public readonly name = "codecommit";
  private readonly server: Server;
  /** Folders of repositories that were compared with moto, and not pushed to since. */
  private readonly synced = new Set<string>();
  private readonly syncing = new Map<string, Promise<void>>();

  constructor(private readonly embedded: Embedded) {
    this.server = createServer((request, response) => {
      void this.answer(request, response).catch((error: unknown) => {
        embedded.say(this.name, error instanceof Error ? (error.stack ?? error.message) : String(error));
        response.destroy();
      });
    });
    // A push of any size may take its time.
    this.server.requestTimeout = 0;
  }

  /** Serves the repositories on the port that they had before. */
  public async listen(): Promise<this> {
    const port = await portFor(GIT_PORT);
    await once(this.server.listen(port, HOST), "listening");
    return this;
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await once(this.server.close(), "close");
  }

  /** Makes new repositories, and takes over what was pushed and not told. */
  public async reconcile(): Promise<void> {
    for (const read of await this.embedded.documents.list<RepositoryDocument>(REPOSITORIES)) {
      const served = this.ofCodeCommit(read);
      const key = `${served.folder} ${read.document.repositoryId}`;
      if (!this.synced.has(key)) await this.run(served).then(() => this.synced.add(key));
    }
    for (const name of await connectedRepositories(this.embedded.documents)) {
      const served = this.connected(name);
      if (!this.synced.has(served.folder)) await this.run(served).then(() => this.synced.add(served.folder));
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", `http://${HOST}`);
    const wanted = requested(url.pathname);
    const served = wanted && (await this.find(wanted));
    if (!wanted || !served || typeof served === "string") {
      const text = typeof served === "string" ? served : `${url.pathname} is the URL of no repository`;
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
      return;
    }
    await this.run(served);
    const target = { repository: served.folder, path: wanted.path, query: url.search.slice(1) };
    const say = (text: string) => {
      this.embedded.say("git", `${wanted.name}: ${text}`);
    };
    await serveGit(request, response, target, (path) => this.pushed(path, served), say);
  }

  /** A push is told before it ends. If that fails, the next reconciliation tells it. */
  private async pushed(path: string, served: Served): Promise<void> {
    if (path !== "/git-receive-pack") return;
    try {
      await this.run(served);
    } catch (error) {
      this.synced.clear();
      this.embedded.say(this.name, `after a push, tried again at the next change: ${String(error)}`);
    }
  }

  /** @returns why there is none, as a sentence. */
  private async find({ service, name }: Requested): Promise<Served | string> {
    if (service === "connection") {
      const known = await connectedRepositories(this.embedded.documents);
      if (known.has(name)) return this.connected(name);
      return `no pipeline has the repository ${name} as a source through a connection`;
    }
    const all = await this.embedded.documents.list<RepositoryDocument>(REPOSITORIES);
    const [read, ...others] = all.filter(({ id }) => id === name);
    if (!read) return `the repository ${name} does not exist in CodeCommit`;
    if (others.length === 0) return this.ofCodeCommit(read);
    const places = [read, ...others].map(({ account, region }) => `${account} (${region})`);
    return `the repository ${name} exists in several accounts or regions: ${places.join(", ")}; its URL does not say which`;
  }

  private ofCodeCommit(of: { account: string; region: string; id: string }): Served {
    return {
      folder: repositoryFolder(this.embedded, of),
      sync: async () => {
        const read = await this.embedded.documents.read<RepositoryDocument>(REPOSITORIES, of);
        if (read) await syncRepository(this.embedded, read);
      },
    };
  }

  private connected(name: string): Served {
    return { folder: connectedFolder(this.embedded, name), sync: () => syncConnection(this.embedded, name) };
  }

  /** Compares a repository with moto, after the comparison that is going on. */
  private async run({ folder, sync }: Served): Promise<void> {
    const before = this.syncing.get(folder) ?? Promise.resolve();
    const next = before.catch(() => undefined).then(sync);
    this.syncing.set(folder, next);
    try {
      await next;
    } finally {
      if (this.syncing.get(folder) === next) this.syncing.delete(folder);
    }
  }
}

/** Starts the git server. */
export const codeCommitController = (embedded: Embedded) => new CodeCommitController(embedded).listen();
