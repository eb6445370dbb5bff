import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { assumedRoleArn } from "../../../../system/arns";
import { EMBEDDED_ROLE } from "../../../emulator/emulator";
import { embeddedVariables } from "../../../variables";
import { readAppSpec } from "../model/app-spec";
import type { Begun } from "../model/document";
import { DeploymentEnds, hookFailure, hookTimeout } from "../model/ending";
import type { EventName } from "../model/events";
import { functionName } from "./function-name";
import { HookProcess } from "./hook-process";
import type { Session } from "../session";

/** Below `.local`: executables that stand for Lambda functions, by the functions' names. */
const HOOKS = "hooks";

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The variables of a hook: those of the controllers, and an operator's of the deployment's account. */
async function variablesFor({ embedded, place }: Session, name: string): Promise<NodeJS.ProcessEnv> {
  const roleArn = assumedRoleArn(place.accountId, EMBEDDED_ROLE);
  const credentials = await embedded.clients.credentialsOf({ roleArn, sessionName: name }, place.region)();
  const operator = { ...credentials, accountId: place.accountId };
  const own = Object.entries(process.env).filter(([variable]) => !variable.startsWith("AWS_"));
  return {
    ...Object.fromEntries(own),
    ...embeddedVariables({ url: embedded.endpoint, operator }, place.region, {}),
    ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_LAMBDA_FUNCTION_NAME: name,
  };
}

/** The hooks of one deployment, which run while alarms and requests are watched. */
export class Hooks {
  private readonly processes = new Map<string, HookProcess>();

  /** @param folder Where executables are looked for before `.local/hooks`. */
  constructor(
    private readonly session: Session,
    private readonly folder: string | undefined,
  ) {}

  /**
   * One look at the hook of an event.
   *
   * @returns undefined while it runs; Skipped if no executable stands for the function.
   * @throws DeploymentEnds if it fails, or takes longer than an hour.
   */
  public async look(deployment: Begun, event: EventName): Promise<"Succeeded" | "Skipped" | undefined> {
    const { [event]: reference = "" } = readAppSpec(deployment.appSpec).hooks;
    const { deadlines, hooks } = deployment.notes;
    const execution = hooks[event] ?? "";
    const reported = deployment.requests.hooks[execution];
    const succeeded =
      reported === undefined ? this.processes.get(execution)?.succeeded : reported === "Succeeded";
    if (succeeded === false) throw new DeploymentEnds(hookFailure);
    if (succeeded === true) return "Succeeded";
    if (Date.now() > (deadlines[event] ?? 0)) throw new DeploymentEnds(hookTimeout);
    if (!this.processes.has(execution)) return this.start(event, functionName(reference), execution);
    return undefined;
  }

  /** Ends what still runs. */
  public end(): void {
    for (const one of this.processes.values()) one.end();
  }

  private async start(event: EventName, name: string, execution: string): Promise<"Skipped" | undefined> {
    const { embedded } = this.session;
    const folders = [...(this.folder === undefined ? [] : [this.folder]), embedded.file(HOOKS)];
    const executable = folders.map((folder) => join(folder, name)).find(isExecutable);
    if (executable === undefined) {
      this.session.say(`${event} is skipped: there is no executable ${name} in ${folders.join(" or ")}`);
      return "Skipped";
    }
    this.session.say(`${event} runs ${executable}`);
    const input = { DeploymentId: this.session.id, LifecycleEventHookExecutionId: execution };
    const variables = await variablesFor(this.session, name);
    const process = new HookProcess(executable, input, variables, (line) => {
      this.session.say(`${event}: ${line}`);
    });
    this.processes.set(execution, process);
    return undefined;
  }
}
