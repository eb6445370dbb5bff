import * as http from "node:http";
import * as https from "node:https";
import { setTimeout as wait } from "node:timers/promises";
import { Tally, type LoadResult } from "./result";

export interface LoadOptions {
  readonly url: string;
  readonly perSecond: number;
  /** The load ends after this time, or when the signal is aborted. */
  readonly seconds?: number;
  readonly signal?: AbortSignal;
  /** Whether connections are kept; otherwise each request has its own. @default true */
  readonly keepAlive?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  /** Which version of the application an answer is of. @default - its header `x-version` */
  readonly versionOf?: (
    headers: Readonly<Record<string, string | string[] | undefined>>,
    body: string,
  ) => string;
  /** A request without an answer by then has failed. @default 30 */
  readonly timeoutSeconds?: number;
}

/** How often it is looked whether a request is due. */
const TICK_MS = 2;

const MAX_CONNECTIONS = 64;

/**
 * A connection without a request is closed after this time, or sooner if the server says so. A client that leaves it to
 * the server sends requests on connections that the server is just closing.
 */
const IDLE_MS = 5_000;

/** Seconds: while the requests of so long a time wait for their answers, no more are sent. */
const MAX_WAITING_SECONDS = 10;

const header: NonNullable<LoadOptions["versionOf"]> = (headers) => String(headers["x-version"] ?? "");

/** A load that is running. */
export interface Load {
  /** What was counted until now. */
  now(): LoadResult;
  /** Settles with the last answer. */
  readonly done: Promise<LoadResult>;
}

/**
 * Sends GET requests at a fixed rate, however long their answers take, and counts what comes back. The rate falls
 * only where the requests of ten seconds wait for their answers.
 */
export function startLoad(options: LoadOptions): Load {
  const { url, keepAlive = true, headers = {}, versionOf = header, timeoutSeconds = 30 } = options;
  const { Agent, request } = url.startsWith("https:") ? https : http;
  // The certificates of the embedded AWS are self-signed.
  const certificates = { rejectUnauthorized: false };
  const kept = { keepAlive, maxSockets: MAX_CONNECTIONS, timeout: IDLE_MS };
  const agent = new Agent({ ...(keepAlive && kept), ...certificates });
  const tally = new Tally();
  const began = performance.now();
  const open = new Set<Promise<void>>();

  const fire = () =>
    new Promise<void>((resolve) => {
      tally.send();
      const start = performance.now();
      const fail = (error: Error & { code?: string }) => {
        tally.error(error.code ?? error.message, start - began);
        resolve();
      };
      const sent = request(url, { agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", fail);
        response.on("end", () => {
          const version = versionOf(response.headers, Buffer.concat(chunks).toString());
          tally.answer(version, response.statusCode ?? 0, performance.now() - start, start - began);
          resolve();
        });
      });
      sent.setTimeout(timeoutSeconds * 1000, () => sent.destroy(new Error("timeout")));
      sent.on("error", fail);
      sent.end();
    });

  const run = async () => {
    let count = 0;
    while (!ended(options, performance.now() - began)) {
      for (; count < ((performance.now() - began) / 1000) * options.perSecond; count += 1) {
        if (open.size >= options.perSecond * MAX_WAITING_SECONDS) continue;
        const one: Promise<void> = fire().finally(() => open.delete(one));
        open.add(one);
      }
      await wait(TICK_MS);
    }
    await Promise.all(open);
    agent.destroy();
    return tally.result();
  };
  return { now: () => tally.result(), done: run() };
}

const ended = ({ seconds = Infinity, signal }: LoadOptions, elapsedMs: number) =>
  signal?.aborted === true || elapsedMs >= seconds * 1000;
