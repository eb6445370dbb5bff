import { join } from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import { s3PlaceOf, type ArtifactSettings, type Build } from "../build";
import { BuildError } from "../buildspec/build-error";
import type { Artifacts, FileSet } from "../buildspec/buildspec";
import { selectFiles } from "../buildspec/file-sets";
import { upload } from "./objects";
import { zip } from "./zip";

interface Artifact {
  readonly settings: ArtifactSettings;
  /** The ARN of its object. */
  readonly location: string;
  readonly set: FileSet & { readonly name?: string };
}

/** Each artifact that a project returns, with the files that the buildspec has for it. */
function artifactsOf(build: Build, { "secondary-artifacts": more = {}, ...own }: Artifacts): Artifact[] {
  return build._artifacts.flatMap((settings, index) => {
    const place = index === 0 ? build.artifacts : build.secondaryArtifacts[index - 1];
    const name = settings.artifactIdentifier ?? "";
    const set = index === 0 ? own : more[name];
    if (settings.type === "NO_ARTIFACTS" || !place) return [];
    if (!set) throw new BuildError("CLIENT_ERROR", `no definition for secondary artifact ${name}`);
    return [{ settings, location: place.location, set }];
  });
}

/** The files, as CodeBuild puts them together: one zip file, or each by itself. @throws BuildError */
export async function uploadArtifacts(
  s3: S3Client,
  build: Build,
  artifacts: Artifacts | undefined,
  source: string,
  scratch: string,
): Promise<void> {
  if (!artifacts) return;
  for (const { location, set, settings } of artifactsOf(build, artifacts)) {
    const files = selectFiles(source, set);
    const place = s3PlaceOf(location);
    if (!place) throw new BuildError("CLIENT_ERROR", `artifacts have no location: ${location}`);
    const named = settings.overrideArtifactName === true && set.name !== undefined;
    const key = named ? place.key.replace(/[^/]*$/, set.name) : place.key;
    const encryptionKey = settings.encryptionDisabled === true ? undefined : build.encryptionKey;
    if (settings.type === "S3" && settings.packaging !== "ZIP") {
      for (const { name, path } of files)
        await upload(s3, path, { ...place, key: `${key}/${name}` }, encryptionKey);
      continue;
    }
    const archive = join(scratch, "artifact.zip");
    await zip(files, archive);
    await upload(s3, archive, { ...place, key }, encryptionKey);
  }
}
