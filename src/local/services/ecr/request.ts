import type { IncomingMessage, ServerResponse } from "node:http";
import type { Call } from "../../../aws/recorded-calls";
import type { Blobs } from "./blobs";
import { hostOf, type Repository } from "./image-name";
import type { Images } from "./images";
import type { Token } from "./token";

/** Where the registry keeps what it is given. */
export interface Stores {
  readonly blobs: Blobs;
  readonly images: Images;
  readonly record: (call: Call) => void;
  /** @throws RegistryError if ECR has no such repository. */
  readonly requireRepository: (repository: Repository) => Promise<void>;
}

/** A request of a client that has logged in, about one repository. */
export interface Request extends Stores {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  readonly token: Token;
  readonly repository: Repository;
  /** A digest, a tag or the id of an upload, as the path has it. */
  readonly reference: string;
}

export type Handler = (request: Request) => Promise<void>;

/** Records a call that a client of ECR makes without an SDK. */
export function note({ record, repository, token }: Request, action: string): void {
  if (token.roleArn === undefined) return;
  const time = new Date().toISOString();
  record({ time, roleArn: token.roleArn, action: `ecr:${action}`, resource: repository.name });
}

/** The path of something in a repository. */
export const locationOf = ({ repository }: Request, rest: string) =>
  `/v2/${hostOf(repository)}/${repository.name}/${rest}`;
