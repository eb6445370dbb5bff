import { repositoryAt, type Repository } from "./image-name";

/** What a request of the distribution protocol is about. */
export type Route =
  | { readonly kind: "base" }
  | {
      readonly kind: "blob" | "uploads" | "upload" | "manifest" | "tags";
      readonly repository: Repository;
      /** A digest, a tag or the id of an upload; empty for `uploads` and `tags`. */
      readonly reference: string;
    };

const PATHS = [
  [/^(.+)\/blobs\/uploads\/?()$/, "uploads"],
  [/^(.+)\/blobs\/uploads\/([0-9a-f-]{36})$/, "upload"],
  [/^(.+)\/blobs\/(sha256:[0-9a-f]{64})$/, "blob"],
  [/^(.+)\/manifests\/(sha256:[0-9a-f]{64}|\w[\w.-]{0,127})$/, "manifest"],
  [/^(.+)\/tags\/list()$/, "tags"],
] as const;

/**
 * The route of a path such as `/v2/<host of ECR>/<repository>/manifests/<tag>`; undefined if the registry has none.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#endpoints
 */
export function routeOf(pathname: string): Route | undefined {
  if (pathname === "/v2" || pathname === "/v2/") return { kind: "base" };
  const [, path = ""] = /^\/v2\/(.+)$/.exec(pathname) ?? [];
  for (const [pattern, kind] of PATHS) {
    const [, name = "", reference = ""] = pattern.exec(path) ?? [];
    const repository = repositoryAt(name);
    if (repository) return { kind, repository, reference };
  }
  return undefined;
}
