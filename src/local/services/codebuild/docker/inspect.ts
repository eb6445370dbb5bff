/** What `buildah inspect --type image` says, as far as it is used. */
export interface BuildahInspect {
  readonly FromImageID: string;
  readonly OCIv1: {
    readonly architecture: string;
    readonly os: string;
    readonly created?: string;
    readonly config?: object;
  };
}

/** An image as `docker inspect` says it. */
export const inspected = (image: string, { FromImageID, OCIv1 }: BuildahInspect) => ({
  Id: `sha256:${FromImageID}`,
  RepoTags: [image],
  RepoDigests: [] as string[],
  Created: OCIv1.created,
  Architecture: OCIv1.architecture,
  Os: OCIv1.os,
  Config: OCIv1.config,
});

const EXPRESSION = /\{\{\s*(?:(json)\s+|(index)\s+)?((?:\.\w+)+|\.)(?:\s+(\d+))?\s*\}\}/g;

const at = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;

/**
 * Fills a template of Docker's `--format`, as far as `{{.A.B}}`, `{{json .A}}` and `{{index .A 0}}` go.
 *
 * @returns undefined if the template has anything else, or if an index does not exist.
 */
export function format(template: string, value: object): string | undefined {
  const missing: string[] = [];
  const text = template.replace(
    EXPRESSION,
    (_, json: unknown, index: unknown, path: string, place: string) => {
      let found: unknown = value;
      for (const key of path.split(".").filter((part) => part !== "")) found = at(found, key);
      if (index !== undefined) found = at(found, place);
      if (index !== undefined && found === undefined) missing.push(path);
      return json === undefined && typeof found === "string" ? found : JSON.stringify(found);
    },
  );
  return missing.length > 0 || text.includes("{{") ? undefined : text;
}
