import type { ClientClass, Place } from "../../../../aws/embedded-clients";
import type { Recorded } from "../../../../aws/recorded-calls";
import type { Embedded } from "../../../reconcile/embedded";
import type { ActionExecution, Execution, Location, NamedLocation } from "../execution";
import type { Progress } from "../change";

/** An action that runs. */
export interface Action {
  readonly embedded: Embedded;
  /** The account of its role, and its region. */
  readonly place: Place;
  readonly execution: Execution;
  readonly attempt: ActionExecution;
  /** A client with the action's role, or else with the pipeline's. */
  readonly client: <Client extends Recorded>(Class: ClientClass<Client>) => Client;
  /**
   * Notes what was done, before the next call.
   *
   * @throws NotInProgress if the attempt was abandoned, or has ended, meanwhile.
   */
  readonly save: (progress: Progress) => Promise<void>;
}

/** How an action succeeded. */
export interface Success {
  readonly variables?: Readonly<Record<string, string>>;
  readonly summary?: string;
  readonly externalExecutionId?: string;
  readonly externalExecutionSummary?: string;
  readonly lastUpdatedBy?: string;
  /** What a source action found. */
  readonly revision?: { readonly id: string; readonly summary: string; readonly url?: string };
}

/**
 * Goes on with an action: it does what was not noted as done, and asks once how far it is.
 *
 * @returns undefined while it goes on; it is called again after the next change.
 * @throws ActionFailed if the action fails.
 */
export type Provider = (action: Action) => Promise<Success | undefined>;

/** AWS's codes of a failed action. */
export type ErrorCode = "JobFailed" | "ConfigurationError" | "PermissionError";

/** An action has failed, with what AWS says of it. */
export class ActionFailed extends Error {
  constructor(
    /** undefined for an approval that was rejected: AWS has no error for it. */
    public readonly code: ErrorCode | undefined,
    message: string,
    public readonly success: Pick<Success, "summary" | "externalExecutionSummary" | "lastUpdatedBy"> = {},
  ) {
    super(message);
  }
}

/** The attempt was abandoned, or has ended: nothing more must be done for it. */
export class NotInProgress extends Error {}

/** The only input artifact, or the named one. */
export function inputOf({ attempt }: Action, name?: string): NamedLocation {
  const { inputArtifacts } = attempt.input;
  const found = name === undefined ? inputArtifacts[0] : inputArtifacts.find((one) => one.name === name);
  if (found) return found;
  throw new ActionFailed(
    "ConfigurationError",
    `The action ${attempt.actionName} has no input artifact ${name ?? ""}`.trimEnd(),
  );
}

/** The key of the artifact store; undefined for Amazon S3's own. */
export const storeKey = ({ execution: { pipeline }, attempt }: Action): string | undefined =>
  (pipeline.artifactStore ?? pipeline.artifactStores?.[attempt.input.region])?.encryptionKey?.id;

export const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** An error of AWS's as its services quote it. */
export const quoted = (error: unknown) =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** `arn:aws:s3:::bucket/key` */
export const objectArn = ({ bucket, key }: Location) => `arn:aws:s3:::${bucket}/${key}`;
