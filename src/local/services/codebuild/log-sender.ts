import {
  type CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import type { SendLines } from "./log";

const ignoring = (name: string) => (error: unknown) => {
  if ((error as Error).name !== name) throw error;
};

/**
 * Sends lines to a stream of CloudWatch Logs, which it makes. A line that AWS refuses is told once: logs that are not
 * written fail no build.
 */
export function logSender(
  client: CloudWatchLogsClient,
  { groupName, streamName }: { readonly groupName?: string; readonly streamName?: string },
  onError: (error: Error) => void,
): SendLines {
  if (groupName === undefined || streamName === undefined) return () => Promise.resolve();
  const place = { logGroupName: groupName, logStreamName: streamName };
  const createStream = () =>
    client.send(new CreateLogStreamCommand(place)).catch(ignoring("ResourceAlreadyExistsException"));
  const prepare = async () => {
    try {
      await createStream();
    } catch (error) {
      ignoring("ResourceNotFoundException")(error);
      await client.send(new CreateLogGroupCommand(place));
      await createStream();
    }
  };
  let prepared: Promise<void> | undefined;
  let told = false;
  return async (lines) => {
    try {
      await (prepared ??= prepare());
      const timestamp = Date.now();
      const logEvents = lines.map((message) => ({ timestamp, message }));
      await client.send(new PutLogEventsCommand({ ...place, logEvents }));
    } catch (error) {
      if (!told) onError(error as Error);
      told = true;
    }
  };
}
