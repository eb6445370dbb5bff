import type { Certainty } from "../catalogue/entry";
import type { Denial } from "./denial";
import type { Finding } from "./match";

/** One cause that the evidence shows. */
export interface Cause {
  /** Its name in the catalogue; undefined if the catalogue does not know the text. */
  readonly id?: string;
  readonly cause: string;
  /** What can be behind it. */
  readonly possible: readonly string[];
  readonly evidence: readonly Finding[];
  /** The calls that tell it from what looks alike. */
  readonly confirm: readonly string[];
  readonly remedy: string;
  /** What people take it for. */
  readonly misleading?: string;
}

/** How a release ended, or where it is. */
export type Status =
  | "none"
  | "running"
  | "waiting"
  | "stopped"
  | "superseded"
  | "succeeded"
  | "failed"
  | "rolled back";

/** Why a release is as it is. */
export interface Answer {
  readonly status: Status;
  /** The cause in one sentence. If several are possible, all of them. */
  readonly headline: string;
  /** `unknown`: the catalogue does not know the text, and the headline quotes it. */
  readonly certainty: Certainty | "unknown";
  /** Each of these can be the cause; the most likely first. */
  readonly causes: readonly Cause[];
  /** What else was found: effects of the cause. */
  readonly also: readonly Cause[];
  /** The permissions that AWS refused, by its texts. */
  readonly denied: readonly Denial[];
  /** The last lines of a log that show the failure. */
  readonly log?: { readonly group: string; readonly stream: string; readonly lines: readonly string[] };
  /** What became of the deployment, and where production traffic goes. */
  readonly production: readonly string[];
  /** Where to look next, if the cause is not certain. */
  readonly next: readonly string[];
  /** What could not be read, and anything else to know. */
  readonly notes: readonly string[];
}
