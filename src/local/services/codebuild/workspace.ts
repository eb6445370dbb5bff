import { mkdirSync, rmSync } from "node:fs";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { S3Client } from "@aws-sdk/client-s3";
import type { AssumedRole } from "../../../aws/embedded-clients";
import type { Document } from "../../reconcile/documents";
import type { Embedded } from "../../reconcile/embedded";
import { uniquePart, type Build } from "./build";
import { BuildProcesses } from "./buildspec/processes";
import { foldersIn, markOf, type BuildFolders } from "./environment";
import { BuildLog } from "./log";
import { logSender } from "./log-sender";
import { Cache } from "./storage/cache";
import { storeLog } from "./storage/stored-log";

/** Output of a build that is kept, in bytes. */
const OUTPUT_LIMIT = 100 * 2 ** 20;

/** What a build has on this machine, and its role's clients. */
export interface Workspace {
  readonly build: Build;
  readonly region: string;
  readonly role: AssumedRole;
  readonly folders: BuildFolders;
  readonly processes: BuildProcesses;
  readonly log: BuildLog;
  readonly s3: S3Client;
  readonly cache: Cache;
  /** Tells what a person is told who looks at the controllers. */
  readonly say: (text: string) => void;
  /** Ends the processes, sends the rest of the log, and removes all but the log. */
  close(): Promise<void>;
}

const folderOf = (embedded: Embedded, build: Build) => embedded.file(`builds/${uniquePart(build)}`);

/** The processes of a build, also of one that another process has begun. */
export function processesOf(embedded: Embedded, build: Build): BuildProcesses {
  const folder = folderOf(embedded, build);
  mkdirSync(folder, { recursive: true });
  return new BuildProcesses(`${folder}/processes.json`, markOf(build));
}

/** Prepares empty folders for a build. */
export function openWorkspace(embedded: Embedded, { account, document, region }: Document<Build>): Workspace {
  const { buildNumber, projectName, serviceRole } = document;
  const processes = processesOf(embedded, document);
  const folders = foldersIn(folderOf(embedded, document));
  const { bin, home, shell, source } = folders;
  const remove = () => {
    for (const name of [bin, home, shell, source]) rmSync(name, { recursive: true, force: true });
  };
  remove();
  for (const name of [bin, home, shell, source]) mkdirSync(name, { recursive: true });
  const say = (text: string) => {
    embedded.say("codebuild", `${projectName} #${buildNumber}: ${text}`);
  };
  const role = { roleArn: serviceRole, sessionName: `AWSCodeBuild-${uniquePart(document)}` };
  const s3 = embedded.clients.asRole(S3Client, role, region);
  const logs = embedded.clients.asRole(CloudWatchLogsClient, role, region);
  const send = logSender(logs, document.logs, ({ message, name }) => {
    say(`its log is not written to CloudWatch Logs: ${name}: ${message}`);
  });
  const logFile = `${folders.folder}/log`;
  const log = new BuildLog(logFile, send, OUTPUT_LIMIT);
  const local = embedded.file(`build-caches/${account}-${region}-${projectName}.zip`);
  const cache = new Cache(s3, document, local, folders, folders.folder);
  return {
    ...{ build: document, region, role, folders, processes, log, s3, cache, say },
    close: async () => {
      processes.kill();
      await log.end();
      await storeLog(s3, logFile, document).catch((error: unknown) => {
        say(`its log is not written to S3: ${String(error)}`);
      });
      remove();
      for (const name of ["docker", "source.zip", "artifact.zip", "cache.zip"])
        rmSync(`${folders.folder}/${name}`, { recursive: true, force: true });
    },
  };
}
