import { getBorderCharacters, table } from "table";
import { shortDigest } from "./digests";
import type { Status } from "./status";

const SHORT_COMMIT = 8;
const MESSAGE = 40;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Such as `3 h`. */
export function ageOf(time: string, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - Date.parse(time)) / 1000);
  if (seconds < MINUTE) return `${Math.floor(seconds)} s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  return seconds < 2 * DAY ? `${Math.floor(seconds / HOUR)} h` : `${Math.floor(seconds / DAY)} d`;
}

const cut = (text: string) => (text.length > MESSAGE ? `${text.slice(0, MESSAGE - 1)}…` : text);

function versionOf({ commit, digests: [digest], state }: Status, now: Date): string {
  if (state === "absent") return "not deployed";
  if (state === "unreadable") return "cannot be read";
  if (state === "placeholder") return "placeholder: nothing has been released";
  const image = digest === undefined ? "no task runs" : shortDigest(digest);
  if (!commit) return image;
  const { author, id, message, time } = commit;
  const by = [author, time && `${ageOf(time, now)} ago`].filter(Boolean).join(", ");
  return [`${id.slice(0, SHORT_COMMIT)} ${cut(message ?? "")}`.trimEnd(), by, image]
    .filter(Boolean)
    .join("\n");
}

function trafficOf({ traffic: { blue, green } }: Status): string {
  const shares = Object.entries({ blue, green }).filter(([, weight]) => weight > 0);
  return shares.map(([color, weight]) => `${color} ${weight} %`).join("\n") || "-";
}

function releaseOf({ lastGood, release }: Status, now: Date): string {
  const good = lastGood ? `last good ${ageOf(lastGood.time, now)} ago` : "none succeeded yet";
  if (!release) return good;
  const since = release.since === undefined ? "" : `, since ${ageOf(release.since, now)}`;
  return `in flight: ${release.step ?? "begins"}${since}\n${good}`;
}

function alarmsOf({ alarms }: Status): string {
  const states = Object.entries(alarms).filter(([state]) => state !== "OK");
  if (states.length === 0) return Object.keys(alarms).length === 0 ? "-" : "OK";
  return states.map(([state, names]) => `${names.length} ${state}`).join("\n");
}

const isDeployed = ({ state }: Status) => state === "placeholder" || state === "released";

const HEADER = ["service", "environment", "runs", "healthy", "traffic", "release", "alarms"];

/** A table with a row for each delivery, and below it what a person should know. */
export function statusLines(statuses: readonly Status[], now: Date): string {
  const rows = statuses.map((status) => [
    status.service,
    status.environment,
    versionOf(status, now),
    isDeployed(status) ? `${status.tasks.healthy}/${status.tasks.desired}` : "-",
    trafficOf(status),
    isDeployed(status) ? releaseOf(status, now) : "-",
    alarmsOf(status),
  ]);
  const flags = statuses.flatMap(({ environment, flags: own, service }) =>
    own.map(({ text }) => `! ${service} ${environment}: ${text}`),
  );
  const drawn = table([HEADER, ...rows], {
    border: getBorderCharacters("void"),
    columnDefault: { paddingLeft: 0, paddingRight: 2 },
    drawHorizontalLine: () => false,
  });
  return [
    ...drawn
      .trimEnd()
      .split("\n")
      .map((line) => line.trimEnd()),
    ...flags,
  ].join("\n");
}
