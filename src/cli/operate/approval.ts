import { ExitCode, InputError, type ExitCode as Code } from "../../errors";
import type { Profiles } from "../../aws/operated-account";
import type { CommandContext } from "../command";
import { confirmed, YES } from "./confirm";
import { OPERATED, operatedDelivery } from "./operated";

/** What `approve` and `reject` have in common. */
export const APPROVAL = {
  arguments: {
    "[service]": "needed where there are several",
    "[environment]": "needed where there are several",
  },
  options: {
    show: { description: "shows what would be released, and answers nothing" },
    execution: { value: "<id>", description: "only this execution of the pipeline; another one is refused" },
    summary: { value: "<text>", description: "why, for those who look at the pipeline later" },
    yes: YES,
    ...OPERATED,
  },
  json: `{ "execution", "digest", "commit", "answer": "Approved|Rejected" or null,
  "changes": { "running", "commits": [{ "id", "message", "author" }], "more", "taskDefinition": [text] } }`,
  variables: ["CODESERIES_CONFIG"],
} as const;

interface Options {
  readonly execution?: string;
  readonly profile?: Profiles;
  readonly show?: boolean;
  readonly summary?: string;
  readonly yes?: boolean;
}

/** Shows the release that waits, asks, and answers. */
export async function answer(
  { args, env, ui }: Pick<CommandContext, "args" | "env" | "ui">,
  { execution, profile, show = false, summary = "", yes }: Options,
  result: "Approved" | "Rejected",
): Promise<Code> {
  const { answerApproval, MAX_SUMMARY } = await import("../../operate/approval/answer");
  const { readChanges } = await import("../../operate/approval/changes");
  const { approvalLines } = await import("../../operate/approval/lines");
  const { pendingApproval } = await import("../../operate/approval/pending");
  if (summary.length > MAX_SUMMARY)
    throw new InputError(`--summary: expected at most ${MAX_SUMMARY} characters, got ${summary.length}`);
  const { clients, delivery } = await operatedDelivery(env, args, profile);
  const { token, ...pending } = await pendingApproval(clients, delivery, execution);
  const changes = await readChanges(clients, delivery, pending.commit);
  const lines = approvalLines(delivery, { ...pending, token }, changes);
  const { commit, digest, execution: id } = pending;
  const data = { execution: id, digest, commit, changes };
  if (show) {
    ui.result(lines.join("\n"), { ...data, answer: null });
    return ExitCode.done;
  }
  for (const line of lines) ui.note(line);
  const verb = result === "Approved" ? "Approve" : "Reject";
  if (!(await confirmed(`${verb} ${id}?`, yes))) {
    ui.result("Nothing was answered.", { ...data, answer: null });
    return ExitCode.failed;
  }
  await answerApproval(clients.shared, delivery, { ...pending, token }, result, summary);
  ui.result(`${id} was ${result.toLowerCase()}`, { ...data, answer: result });
  return ExitCode.done;
}
