import { GetLogEventsCommand, type CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { BatchGetBuildsCommand, type Build } from "@aws-sdk/client-codebuild";
import type { Evidence, Log } from "../evidence";
import type { Reader } from "./reader";

/** Enough for the failed command and what a later phase prints. */
const LINES = 1000;

/** The last lines of a log stream; none if it does not exist. */
export async function tailOf(
  client: CloudWatchLogsClient,
  group: string,
  stream: string,
  limit: number,
): Promise<Log> {
  const { events = [] } = await client.send(
    new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, limit, startFromHead: false }),
  );
  return { group, stream, lines: events.map(({ message = "" }) => message.trimEnd()) };
}

/** Whether only the log has the cause. */
const needsLog = ({ phases = [] }: Build) =>
  phases.some(
    ({ contexts = [], phaseStatus }) =>
      phaseStatus === "TIMED_OUT" ||
      contexts.some(({ statusCode }) => statusCode === "COMMAND_EXECUTION_ERROR"),
  );

/** Reads a build, and its log if the phases do not have the cause. */
export async function readBuild(reader: Reader, id: string): Promise<Pick<Evidence, "build" | "buildLog">> {
  const { codebuild, logs } = reader.clients.shared;
  const answer = await reader.try("codebuild:BatchGetBuilds", () =>
    codebuild.send(new BatchGetBuildsCommand({ ids: [id] })),
  );
  const build = answer?.builds?.[0];
  const { groupName, streamName } = build?.logs ?? {};
  if (!build || !needsLog(build) || groupName === undefined || streamName === undefined) return { build };
  const buildLog = await reader.try("logs:GetLogEvents", () => tailOf(logs, groupName, streamName, LINES));
  return { build, buildLog };
}
