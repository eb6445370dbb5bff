import type { BuildPhaseType, StatusType } from "@aws-sdk/client-codebuild";
import type { ProjectVariable } from "./buildspec/variables";

/** The kind of moto's documents that builds are. */
export const KIND = "codebuild";

export interface BuildPhase {
  readonly phaseType: BuildPhaseType;
  readonly phaseStatus?: StatusType;
  /** Seconds since the epoch, as each time here. */
  readonly startTime: number;
  readonly endTime?: number;
  readonly durationInSeconds?: number;
  readonly contexts?: readonly { readonly statusCode: string; readonly message: string }[];
}

/** How a project returns files, as StartBuild was told it. */
export interface ArtifactSettings {
  readonly type: "CODEPIPELINE" | "S3" | "NO_ARTIFACTS";
  readonly packaging?: "ZIP" | "NONE";
  readonly artifactIdentifier?: string;
  readonly encryptionDisabled?: boolean;
  readonly overrideArtifactName?: boolean;
}

/** A build as moto holds it: AWS's shape, and what `src/local/moto/releases/codebuild.py` adds with `_`. */
export interface Build {
  readonly id: string;
  readonly arn: string;
  readonly buildNumber: number;
  readonly projectName: string;
  readonly startTime: number;
  readonly endTime?: number;
  readonly currentPhase: BuildPhaseType;
  readonly buildStatus: StatusType;
  readonly buildComplete: boolean;
  readonly phases: readonly BuildPhase[];
  readonly initiator?: string;
  readonly sourceVersion?: string;
  readonly resolvedSourceVersion?: string;
  readonly source: { readonly type: string; readonly location?: string; readonly buildspec?: string };
  /** The ARN of an object of S3; empty if nothing is returned. */
  readonly artifacts: { readonly location: string };
  readonly secondaryArtifacts: readonly { readonly location: string; readonly artifactIdentifier?: string }[];
  readonly cache?: { readonly type: "NO_CACHE" | "S3" | "LOCAL"; readonly location?: string };
  readonly environment: { readonly image: string; readonly environmentVariables: readonly ProjectVariable[] };
  readonly serviceRole: string;
  readonly timeoutInMinutes: number;
  readonly encryptionKey: string;
  readonly logs: {
    readonly groupName?: string;
    readonly streamName?: string;
    /** The location is a bucket and a prefix, such as `bucket/dev/logs`. */
    readonly s3Logs?: { readonly status: "ENABLED" | "DISABLED"; readonly location?: string };
  };
  readonly exportedEnvironmentVariables: readonly { readonly name: string; readonly value: string }[];
  /** Of the primary artifact, then of the secondary ones. */
  readonly _artifacts: readonly ArtifactSettings[];
}

/** The part of a build's id that is its own: the name of its log stream and of its folder. */
export const uniquePart = ({ id }: Pick<Build, "id">) => id.split(":")[1] ?? id;

/** An object of S3. */
export interface S3Place {
  readonly bucket: string;
  readonly key: string;
}

/** The object that an ARN such as `arn:aws:s3:::bucket/key` or a location such as `bucket/key` names. */
export function s3PlaceOf(text: string | undefined): S3Place | undefined {
  const [, bucket, key] = /^(?:arn:aws:s3:::)?([^/:]+)\/(.+)$/.exec(text ?? "") ?? [];
  return bucket === undefined || key === undefined ? undefined : { bucket, key };
}
