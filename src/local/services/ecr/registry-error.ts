import type { Repository } from "./image-name";

/** What the registry refuses, as a client of the distribution protocol reads it. */
export class RegistryError extends Error {
  /** @param code A code of the protocol, such as NAME_UNKNOWN. */
  constructor(
    public readonly status: number,
    public readonly code: string,
    message: string,
  ) {
    super(message);
  }

  public get body(): string {
    return JSON.stringify({ errors: [{ code: this.code, message: this.message }] });
  }
}

export const nameUnknown = ({ account, name }: Repository) =>
  new RegistryError(
    404,
    "NAME_UNKNOWN",
    `The repository with name '${name}' does not exist in the registry with id '${account}'`,
  );

export const manifestUnknown = () => new RegistryError(404, "MANIFEST_UNKNOWN", "Requested image not found");

export const blobUnknown = (digest: string) =>
  new RegistryError(404, "BLOB_UNKNOWN", `The layer with digest '${digest}' does not exist`);

export const uploadUnknown = (id: string) =>
  new RegistryError(404, "BLOB_UPLOAD_UNKNOWN", `The upload '${id}' does not exist`);

export const digestInvalid = (computed: string, given: string) =>
  new RegistryError(
    400,
    "DIGEST_INVALID",
    `Calculated digest ${computed} did not match provided digest ${given}`,
  );

/** @param limit Bytes. */
export const tooLarge = (limit: number) =>
  new RegistryError(
    413,
    "SIZE_INVALID",
    `a layer may have ${Math.floor(limit / 2 ** 20)} MiB, and this one has more`,
  );

const NO_SPACE = ["ENOSPC", "EDQUOT", "EFBIG"];

/** What a client is told of an error of the system. */
export function asRegistryError(error: unknown): RegistryError {
  if (error instanceof RegistryError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return NO_SPACE.includes(code ?? "")
    ? new RegistryError(507, "DENIED", "the disk of the embedded AWS is full: the layer was not kept")
    : new RegistryError(500, "UNKNOWN", message);
}
